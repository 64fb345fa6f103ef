import type { Agreement } from "../agreement/agreement.ts";
import { type AgreementHistory, createHistory } from "../agreement/history.ts";
import { type Verdict, verdictKey } from "../agreement/verdict.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { type ReadTable, readTable } from "../feeds/table.ts";
import type { Bundle } from "./bundle.ts";
import { claimContent } from "./claim-content.ts";
import { ClaimsThen } from "./claims-then.ts";
import { documentFault, textHash, type TextHash } from "./check-documents.ts";
import type { ReadEntry } from "./check-entries.ts";
import { Derivation } from "./derive-verdict.ts";
import type { LedgerEntry, Sha256Function } from "./entry.ts";
import { type Finding, incomplete, wrongEntry, wrongStretch } from "./finding.ts";
import { PeriodsThen } from "./periods-then.ts";
import { createKnownPeople } from "./known-people.ts";
import { coversOf, readFault, rowsToApply } from "./read-fault.ts";
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
  /** Opens files as the live system does. Without it one that only the live system can open is a thing that is missing. */
  readonly table?: ReadTable | undefined;
  /** Receipts whose rows took the place of their file, by number. */
  readonly condensed: ReadonlyMap<number, Of<"raw-condensed">>;
}

/** What a replay has found out. */
export interface Replayed {
  readonly findings: readonly Finding[];
  readonly rows: number;
  /** How many sealed verdicts were derived anew. */
  readonly derived: number;
  /** How many could not be, because a file of their feed is missing. */
  readonly underived: number;
  /** The verdicts of closed windows as they were sealed last; those of closed periods as both sides signed them. */
  readonly verdicts: readonly Verdict[];
  readonly history: AgreementHistory | null;
  readonly claims: ClaimsThen;
}

/** What a gzip file of several members is to the stream of a browser. */
const UNOPENED: ReadonlySet<string> = new Set(["broken-archive"]);

/** Entries that one publication writes before the end of its receipt. */
const OF_A_STEP: ReadonlySet<string> = new Set(["verdict-sealed", "alert", "restatement", "period-replaced"]);

/**
 * Goes through a record entry by entry, as the live system went: takes each file's rows in where its receipt was settled,
 * and derives each sealed verdict from what was known, in force and claimed then. Its hash must be the same.
 */
export class Replay {
  private readonly input: ReplayInput;
  private readonly hash: TextHash;
  private readonly claims: ClaimsThen;
  private readonly periods: PeriodsThen;
  private readonly findings: Finding[] = [];
  private readonly inForce: Agreement[] = [];
  private readonly accepted = new Map<number, Accepted>();
  private readonly replaced = new Map<number, Of<"period-replaced">>();
  private readonly verdicts = new Map<string, Verdict>();
  /** Seals of the step at hand that what was known before it does not give: its receipt may. */
  private waiting: Sealed[] = [];
  private derivation: Derivation | null = null;
  private history: AgreementHistory | null = null;
  private rows = 0;
  private derived = 0;
  private underived = 0;
  /** Feeds of which a file is missing or cannot be opened here: their verdicts cannot be derived from there on. */
  private readonly blindTo = new Set<string>();

  constructor(input: ReplayInput) {
    this.input = input;
    this.hash = textHash(input.sha256);
    this.claims = new ClaimsThen(input.bundle.claims);
    this.periods = new PeriodsThen(this.hash);
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
      case "period-replaced":
        this.replaced.set(entry.receipt, entry);
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
      case "period-closed":
        return this.closePeriod(index, entry);
      case "period-refused":
        return this.periods.refuse(entry.period);
      default:
        return undefined;
    }
  }

  finish(entries: number): Replayed {
    const [first] = this.accused();
    const what = "the last verdicts do not follow from what was known: one was changed, or the end of their step is missing";
    if (first !== undefined) this.findings.push({ ...wrongStretch(first.index, entries, what), kind: first.entry.kind });
    const { findings, rows, derived, underived, history, claims } = this;
    return { findings, rows, derived, underived, history, claims, verdicts: this.periods.verdicts };
  }

  /** A step ends with its receipt, or before the first entry that it cannot have written. */
  private endStep({ kind }: LedgerEntry): void {
    if (!OF_A_STEP.has(kind) && kind !== "receipt-settled") this.blame();
  }

  private blame(): void {
    for (const { index, entry } of this.accused()) {
      const what = `${entry.target} in ${entry.window}: what was known, agreed and claimed then gives another verdict`;
      this.findings.push(wrongEntry(index, entry.kind, what, "others"));
    }
    this.waiting = [];
  }

  /** Seals that do not follow from what was known, of feeds of which everything was known. */
  private accused(): Sealed[] {
    const accused = this.waiting.filter(({ entry }) => !this.inForce.some((agreement) => this.isBlindTo(agreement, entry.target)));
    this.underived += this.waiting.length - accused.length;
    return accused;
  }

  private isBlindTo({ targets, volume }: Agreement, target: string): boolean {
    // A member of a target is named with its queue: service-level@sales.
    const id = target.split("@", 1)[0];
    const feeds = targets.filter((one) => one.id === id).map(({ feed }) => feed);
    return [...feeds, ...(volume === undefined ? [] : [volume.feed])].some((feed) => this.blindTo.has(feed));
  }

  private enterForce(index: number, { version }: Of<"version-in-force">): void {
    const agreement = this.input.agreements.find((one) => one.version === version);
    if (agreement === undefined) {
      this.findings.push(incomplete(index, "version-in-force", `the bundle lacks the text of version ${version}`));
      return;
    }
    this.inForce.push(agreement);
    this.history = createHistory(this.inForce.map((one) => ({ agreement: one, feeds: this.input.feeds })));
    if (this.derivation === null) this.derivation = new Derivation(this.history, this.claims, this.reading());
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

  private closePeriod(index: number, entry: Of<"period-closed">): void {
    if (this.blindTo.size > 0) {
      this.findings.push(
        incomplete(index, entry.kind, `what ${entry.period} was closed with cannot be derived without the files that are missing`),
      );
      return;
    }
    const known = { versions: this.history?.versions ?? [], claims: this.claims.all, receipts: this.accepted.size };
    const fault = this.periods.sign(entry, known);
    if (fault !== null) this.findings.push(wrongEntry(index, entry.kind, fault, "others"));
  }

  private async settle(index: number, entry: Of<"receipt-settled">): Promise<void> {
    const { waiting } = this;
    this.waiting = [];
    const accepted = this.accepted.get(entry.receipt);
    const days = accepted === undefined ? new Set<string>() : await this.applyFile(index, entry, accepted);
    this.waiting = waiting.filter((sealed) => !this.matches(sealed));
    const sealedNow = new Set(waiting.map((sealed) => nameOf(sealed.entry)));
    if (accepted !== undefined) this.missSeals(index, entry, this.changedBy(accepted.entry.feed, days, entry.atMs), sealedNow);
    if (waiting.some((sealed) => sealed.entry.atMs !== entry.atMs && !this.waiting.includes(sealed)))
      this.findings.push(wrongEntry(index, entry.kind, "has another time than the verdicts of its own step", "others"));
    this.blame();
  }

  /** What a receipt has made of closed windows. */
  private changedBy(feed: string, days: ReadonlySet<string>, nowMs: number): Verdict[] {
    if (this.derivation === null || this.inForce.some(({ volume }) => volume !== undefined && this.blindTo.has(volume.feed))) return [];
    return this.blindTo.has(feed) ? [] : this.derivation.touched(feed, days, nowMs);
  }

  /** Whoever changes what is known and leaves the former verdict standing has hidden one. */
  private missSeals(
    index: number,
    { kind, receipt }: Of<"receipt-settled">,
    changed: readonly Verdict[],
    sealed: ReadonlySet<string>,
  ): void {
    for (const verdict of changed) {
      const name = verdictKey(verdict.targetId, verdict.window);
      if (sealed.has(name) || this.verdicts.get(name)?.hash === sealVerdict(verdict, this.input.sha256).hash) continue;
      const what = `receipt ${receipt} makes ${name} ${verdict.status}, and no such verdict was sealed`;
      this.findings.push(wrongEntry(index, kind, what, "others"));
    }
  }

  private async applyFile(index: number, settled: Of<"receipt-settled">, { index: at, entry }: Accepted): Promise<ReadonlySet<string>> {
    const feed = this.input.feeds.find(({ id }) => id === entry.feed);
    const [bytes, condensed] = [this.input.bundle.raw(entry.sha256), this.input.condensed.get(entry.receipt)];
    const rows = bytes === null && condensed !== undefined ? this.input.bundle.rows(condensed.sha256) : null;
    const found = bytes ?? rows;
    if (feed === undefined || found === null || this.derivation === null) {
      const what = feed === undefined ? `feed ${entry.feed}` : `file ${entry.sha256}`;
      this.blindTo.add(entry.feed);
      this.findings.push(incomplete(at, entry.kind, `the bundle lacks ${what}`));
      return new Set();
    }
    const isCondensed = bytes === null;
    const file = { feed, bytes: found, receipt: entry.receipt, handedInMs: entry.atMs, most: rowsToApply(settled, isCondensed) };
    const replaced = this.replaced.get(entry.receipt) ?? null;
    const told = { condensed: isCondensed, replaced };
    const read = await this.derivation.apply({ ...file, condensed: isCondensed, ...coversOf(settled, told) }, settled.state === "applied");
    this.rows += read.rows;
    const isUnread = read.refused !== null && this.cannotOpen(read.refused) && settled.state !== "rejected";
    const fault = isUnread ? null : readFault(settled, read, told);
    if (isUnread) this.unread(index, entry);
    if (fault !== null) this.findings.push(wrongEntry(index, settled.kind, fault, "others"));
    return read.days;
  }

  /** An archive that the live system opened and this reader cannot. */
  private cannotOpen(rule: string): boolean {
    return this.input.table === undefined && UNOPENED.has(rule);
  }

  private unread(index: number, { feed, receipt }: Of<"receipt-accepted">): void {
    this.blindTo.add(feed);
    const what = `the archive of receipt ${receipt} cannot be opened here, nor what follows from it be checked; accord verify can`;
    this.findings.push(incomplete(index, "receipt-settled", what));
  }

  private reading() {
    const { bundle, sha256, table = readTable } = this.input;
    return { table, pseudonym: createKnownPeople(bundle.people, sha256) };
  }

  private matches({ entry }: Sealed): boolean {
    const derived = this.derive(entry);
    if (derived === null || derived.hash !== entry.sha256 || !agrees(derived, entry)) return false;
    this.derived++;
    this.verdicts.set(nameOf(entry), derived);
    this.periods.seal(derived);
    return true;
  }

  private derive(entry: Of<"verdict-sealed">): Verdict | null {
    const { sha256 } = this.input;
    const verdict = this.derivation?.verdict(entry, entry.atMs) ?? null;
    if (verdict !== null) return sealVerdict(verdict, sha256);
    const former = this.verdicts.get(nameOf(entry)) ?? this.derivation?.formerVerdict(entry, entry.atMs) ?? null;
    return former === null ? null : retireVerdict(former, entry.version, sha256);
  }
}

function nameOf({ target, window }: Of<"verdict-sealed">): string {
  return `${target}.${window}`;
}

/** What the entry itself says must be what its hash stands for. */
function agrees({ status, value, version, default: fault }: Verdict, entry: Of<"verdict-sealed">): boolean {
  const [num, den] = [value?.num ?? 0, value?.den ?? 0];
  return status === entry.status && num === entry.num && den === entry.den && version === entry.version && fault === entry.default;
}
