import type { AgreementContext } from "../agreement/context.ts";
import { type Verdict, verdictKey } from "../agreement/verdict.ts";
import type { ExclusionClaim } from "../settlement/claim.ts";
import { figuresOf, liesIn, periodsOver } from "../settlement/close-period.ts";
import type { PeriodRef } from "../settlement/closing.ts";
import { canonicalText } from "./canonical.ts";
import type { LedgerEntry } from "./entry.ts";

type Closed = Extract<LedgerEntry, { kind: "period-closed" }>;

/** What is known when a period is signed. */
export interface KnownThen {
  readonly versions: readonly AgreementContext[];
  readonly claims: readonly ExclusionClaim[];
  /** How many were accepted so far. */
  readonly receipts: number;
}

interface Signed extends Pick<Closed, "sha256" | "watermark"> {
  readonly parties: ReadonlySet<string>;
}

/** Periods as they were closed along a record: once both sides have signed, their verdicts stay, whatever is sealed later. */
export class PeriodsThen {
  private readonly hash: (text: string) => string;
  private readonly published = new Map<string, Verdict>();
  private readonly signed = new Map<string, Signed>();
  private readonly closed: PeriodRef[] = [];

  constructor(hash: (text: string) => string) {
    this.hash = hash;
  }

  /** The verdicts that count: those of closed periods as closed. */
  get verdicts(): readonly Verdict[] {
    return [...this.published.values()];
  }

  seal(verdict: Verdict): void {
    if (!this.closed.some((period) => liesIn(verdict.window, period)))
      this.published.set(verdictKey(verdict.targetId, verdict.window), verdict);
  }

  refuse(period: string): void {
    this.signed.delete(period);
  }

  /** A party signs. @returns what is wrong with it, if anything is. */
  sign(entry: Closed, { versions, claims, receipts }: KnownThen): string | null {
    const input = { versions, claims, verdicts: this.verdicts, nowMs: entry.atMs };
    const period = periodsOver(input).find(({ id }) => id === entry.period);
    if (period === undefined) return `signs ${entry.period}, which was not over or has no verdicts`;
    const digest = (list: readonly (readonly string[])[]): string => this.hash(canonicalText(list));
    const { sha256 } = figuresOf(input, period, { watermark: entry.watermark, digest });
    if (sha256 !== entry.sha256) return `signs ${entry.period} with a hash that its verdicts do not have`;
    const before = this.signed.get(entry.period);
    const same = before?.sha256 === entry.sha256 ? before : null;
    if (entry.watermark !== receipts && entry.watermark !== same?.watermark)
      return `signs ${entry.period} up to receipt ${entry.watermark} where ${receipts} had been accepted`;
    const parties = new Set([...(same?.parties ?? []), entry.party]);
    this.signed.set(entry.period, { sha256, watermark: entry.watermark, parties });
    if (parties.size > 1) this.closed.push(period);
    return null;
  }
}
