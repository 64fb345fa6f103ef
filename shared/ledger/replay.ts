import type { Agreement } from "../agreement/agreement.ts";
import { type AgreementHistory, createHistory } from "../agreement/history.ts";
import type { Verdict } from "../agreement/verdict.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { Bundle } from "./bundle.ts";
import { claimContent } from "./claim-content.ts";
import { ClaimsThen } from "./claims-then.ts";
import { documentFault, textHash, type TextHash } from "./check-documents.ts";
import type { ReadEntry } from "./check-entries.ts";
import { Derivation } from "./derive-verdict.ts";
import type { LedgerEntry, Sha256Function } from "./entry.ts";
import { type Finding, incomplete, wrongEntry, wrongStretch } from "./finding.ts";
import { retireVerdict } from "./retire-verdict.ts";
import { sealVerdict } from "./seal-verdict.ts";

type Of<K extends LedgerEntry["kind"]> = Extract<LedgerEntry, { kind: K }>;
type Sealed = { readonly index: number; readonly entry: Of<"verdict-sealed"> };
type Accepted = { readonly index: number; readonly entry: Of<"receipt-accepted"> };

export interface ReplayInput {
  readonly bundle: Bundle;
  /** The bundle's texts, read by whoever can read YAML. */
  readonly agreements: readonly Agreement[];
  readonly feeds: readonly FeedDefinition[];
  readonly sha256: Sha256Function;
}

/** What a replay has found out. */
export interface Replayed {
  readonly findings: readonly Finding[];
  readonly rows: number;
  /** How many sealed verdicts were derived anew. */
  readonly derived: number;
  /** The verdicts of closed windows as they were sealed last. */
  readonly verdicts: readonly Verdict[];
  readonly history: AgreementHistory | null;
  readonly claims: ClaimsThen;
}

/** Entries that one publication writes before the end of its receipt. */
const OF_A_STEP: ReadonlySet<string> = new Set(["verdict-sealed", "alert", "restatement"]);

/**
 * Goes through a record entry by entry, as the live system went: takes each file's rows in where its receipt was settled,
 * and derives each sealed verdict from what was known, in force and claimed then. Its hash must be the same.
 */
export class Replay {
  private readonly input: ReplayInput;
  private readonly hash: TextHash;
  private readonly claims: ClaimsThen;
  private readonly findings: Finding[] = [];
  private readonly inForce: Agreement[] = [];
  private readonly accepted = new Map<number, Accepted>();
  private readonly verdicts = new Map<string, Verdict>();
  /** Seals of the step at hand that what was known before it does not give: its receipt may. */
  private waiting: Sealed[] = [];
  private derivation: Derivation | null = null;
  private history: AgreementHistory | null = null;
  private rows = 0;
  private derived = 0;

  constructor(input: ReplayInput) {
    this.input = input;
    this.hash = textHash(input.sha256);
    this.claims = new ClaimsThen(input.bundle.claims);
  }

  async take({ index, entry }: ReadEntry, isLastOfForecast: (entry: LedgerEntry) => boolean): Promise<void> {
    if (entry === null) return;
    this.endStep(entry);
    const fault = documentFault(entry, this.input.bundle, this.hash, isLastOfForecast(entry));
    if (fault !== null) this.findings.push(wrongEntry(index, entry.kind, fault));
    switch (entry.kind) {
      case "version-in-force":
        return this.enterForce(index, entry);
      case "receipt-accepted":
        this.accepted.set(entry.receipt, { index, entry });
        return undefined;
      case "receipt-settled":
        return await this.settle(index, entry);
      case "claim":
        return this.claim(index, entry);
      case "forecast":
        return this.foretell(index, entry);
      case "verdict-sealed":
        if (!this.matches({ index, entry })) this.waiting.push({ index, entry });
        return undefined;
      default:
        return undefined;
    }
  }

  finish(entries: number): Replayed {
    const [first] = this.waiting;
    const what = "the last verdicts do not follow from what was known: one was changed, or the end of their step is missing";
    if (first !== undefined) this.findings.push({ ...wrongStretch(first.index, entries, what), kind: first.entry.kind });
    const { findings, rows, derived, history, claims } = this;
    return { findings, rows, derived, history, claims, verdicts: [...this.verdicts.values()] };
  }

  /** A step ends with its receipt, or before the first entry that it cannot have written. */
  private endStep({ kind }: LedgerEntry): void {
    if (!OF_A_STEP.has(kind) && kind !== "receipt-settled") this.blame();
  }

  private blame(): void {
    for (const { index, entry } of this.waiting) {
      const what = `${entry.target} in ${entry.window}: what was known, agreed and claimed then gives another verdict`;
      this.findings.push(wrongEntry(index, entry.kind, what, "others"));
    }
    this.waiting = [];
  }

  private enterForce(index: number, { version }: Of<"version-in-force">): void {
    const agreement = this.input.agreements.find((one) => one.version === version);
    if (agreement === undefined) {
      this.findings.push(incomplete(index, "version-in-force", `the bundle lacks the text of version ${version}`));
      return;
    }
    this.inForce.push(agreement);
    this.history = createHistory(this.inForce.map((one) => ({ agreement: one, feeds: this.input.feeds })));
    if (this.derivation === null) this.derivation = new Derivation(this.history, this.claims);
    else this.derivation.inForce(this.history);
  }

  private claim(index: number, entry: Of<"claim">): void {
    const claim = this.claims.step(entry.claim, entry.seq);
    this.derivation?.claimed();
    if (claim === null) {
      this.findings.push(incomplete(index, "claim", `the bundle lacks step ${entry.seq} of claim ${entry.claim}`));
      return;
    }
    const note = entry.seq === 1 ? claimContent(claim) : (claim.steps[entry.seq - 1]?.note ?? "");
    if (claim.state !== entry.state || this.hash(note) !== entry.noteSha256)
      this.findings.push(wrongEntry(index, "claim", `the bundle's claim ${entry.claim} is not the one that was made`));
  }

  private foretell(index: number, { month }: Of<"forecast">): void {
    const forecast = this.input.bundle.forecasts.find((one) => one.month === month);
    if (forecast === undefined) this.findings.push(incomplete(index, "forecast", `the bundle lacks the forecast of ${month}`));
    else this.derivation?.foretell(month, forecast);
  }

  private async settle(index: number, entry: Of<"receipt-settled">): Promise<void> {
    const { waiting } = this;
    this.waiting = [];
    const accepted = this.accepted.get(entry.receipt);
    if (accepted !== undefined) await this.applyFile(index, entry, accepted);
    this.waiting = waiting.filter((sealed) => !this.matches(sealed));
    if (waiting.some((sealed) => sealed.entry.atMs !== entry.atMs && !this.waiting.includes(sealed)))
      this.findings.push(wrongEntry(index, entry.kind, "has another time than the verdicts of its own step", "others"));
    this.blame();
  }

  private async applyFile(index: number, settled: Of<"receipt-settled">, { index: at, entry }: Accepted): Promise<void> {
    const feed = this.input.feeds.find(({ id }) => id === entry.feed);
    const bytes = this.input.bundle.raw(entry.sha256);
    if (feed === undefined || bytes === null || this.derivation === null) {
      this.findings.push(
        incomplete(at, entry.kind, `the bundle lacks ${feed === undefined ? `feed ${entry.feed}` : `file ${entry.sha256}`}`),
      );
      return;
    }
    const isRejected = settled.state === "rejected";
    const file = { feed, bytes, receipt: entry.receipt, handedInMs: entry.atMs, most: isRejected ? appliedRows(settled) : Infinity };
    const read = await this.derivation.apply(file, settled.state === "applied");
    this.rows += read.rows;
    const wrong = (what: string): unknown =>
      this.findings.push(wrongEntry(index, settled.kind, `receipt ${entry.receipt} ${what}`, "others"));
    if (isRejected) {
      if (!read.refused && read.refusedRows < read.rows && settled.applied === 0) wrong("was rejected, but its file can be read");
    } else if (read.refused) wrong("was applied, but its file cannot be read");
    else if (read.rows !== settled.rows || read.refusedRows !== settled.rejected)
      wrong(`says ${settled.rows} rows, ${settled.rejected} refused; the file has ${read.rows} and ${read.refusedRows}`);
  }

  private matches({ entry }: Sealed): boolean {
    const derived = this.derive(entry);
    if (derived === null || derived.hash !== entry.sha256 || !agrees(derived, entry)) return false;
    this.derived++;
    this.verdicts.set(`${entry.target}.${entry.window}`, derived);
    return true;
  }

  private derive(entry: Of<"verdict-sealed">): Verdict | null {
    const { sha256 } = this.input;
    const verdict = this.derivation?.verdict(entry, entry.atMs) ?? null;
    if (verdict !== null) return sealVerdict(verdict, sha256);
    const former = this.verdicts.get(`${entry.target}.${entry.window}`) ?? this.derivation?.formerVerdict(entry, entry.atMs) ?? null;
    return former === null ? null : retireVerdict(former, entry.version, sha256);
  }
}

/** What a file that was set aside had applied before: whole chunks from its beginning. */
function appliedRows({ rows, applied }: Of<"receipt-settled">): number {
  return applied === 0 ? 0 : rows;
}

/** What the entry itself says must be what its hash stands for. */
function agrees({ status, value, version, default: fault }: Verdict, entry: Of<"verdict-sealed">): boolean {
  const [num, den] = [value?.num ?? 0, value?.den ?? 0];
  return status === entry.status && num === entry.num && den === entry.den && version === entry.version && fault === entry.default;
}
