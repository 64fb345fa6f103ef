import type { SettlementPeriod } from "../agreement/money-clauses.ts";
import { formatAmount } from "./amount.ts";
import type { ExclusionClaim } from "./claim.ts";
import { dueAfter } from "./due-at.ts";
import { otherParty, type Party } from "./party.ts";
import { periodName } from "./period-name.ts";
import type { Deadline, PeriodSettlement, TerminationProgress } from "./settlement.ts";
import { settlementKind, type SettlementVersion } from "./version.ts";

/** What has lapsed stays in the list for so long, so that nobody overlooks it. */
const KEPT_LAPSED_MS = 31 * 86_400_000;

/** A calendar period as its deadlines see it: parts of several versions together, under the clauses of the last. */
export interface DuePeriod {
  readonly version: SettlementVersion;
  /** First day of the whole period. */
  readonly from: string;
  readonly parts: readonly PeriodSettlement[];
}

type Due = Omit<Deadline, "lapsed">;

interface Facts {
  readonly kind: SettlementPeriod;
  readonly name: string;
  readonly toMs: number;
  readonly open: boolean;
  readonly credit: number;
  readonly defaults: number;
}

function factsOf({ version, from, parts }: DuePeriod): Facts {
  const kind = settlementKind(version);
  return {
    kind,
    name: periodName(kind, from),
    toMs: Math.max(...parts.map(({ toMs }) => toMs)),
    open: parts.some(({ open }) => open),
    credit: parts.reduce((sum, { credit }) => sum + credit, 0),
    defaults: parts.flatMap(({ lines }) => lines).filter((line) => line.default !== null).length,
  };
}

function after(term: string | undefined, facts: Facts, timeZone: string): number | null {
  return term === undefined ? null : dueAfter(term, facts.toMs, timeZone);
}

function closedDues({ version }: DuePeriod, facts: Facts): Due[] {
  const { timeZone, deadlines, exclusions, fees } = version.agreement;
  const { name, credit, defaults } = facts;
  const amount = credit > 0 ? credit : null;
  const money = formatAmount(credit, fees?.currency ?? "");
  const dues: Due[] = [];
  const claimMs = after(deadlines.claimCreditWithin, facts, timeZone);
  if (claimMs !== null && credit > 0) {
    dues.push({ kind: "claim-credit", party: "client", says: `Claim the credit of ${money} for ${name}`, dueAtMs: claimMs, amount });
  }
  const disputeMs = after(deadlines.disputeWithin, facts, timeZone);
  if (disputeMs !== null) {
    const party: Party = credit > 0 ? "provider" : "client";
    dues.push({ kind: "dispute", party, says: `Dispute the result of ${name}`, dueAtMs: disputeMs, amount });
  }
  const noticeMs = after(exclusions?.noticeWithin, facts, timeZone);
  if (noticeMs !== null && defaults > 0) {
    const says = `Claim that time at the end of ${name} be left out; for earlier days the right ends earlier`;
    dues.push({ kind: "exclusion-notice", party: "provider", says, dueAtMs: noticeMs, amount });
  }
  return dues;
}

function periodDues(period: DuePeriod): Due[] {
  const facts = factsOf(period);
  const reportMs = after(period.version.agreement.deadlines.reportWithin, facts, period.version.agreement.timeZone);
  const report: Due[] =
    reportMs === null
      ? []
      : [{ kind: "report", party: "provider", says: `Hand in the report for ${facts.name}`, dueAtMs: reportMs, amount: null }];
  return facts.open ? report : [...report, ...closedDues(period, facts)];
}

function claimDue(claim: ExclusionClaim, versions: readonly SettlementVersion[]): Due[] {
  const by = claim.steps[0]?.by?.party;
  if (claim.state !== "claimed" || by === undefined) return [];
  const undecided = versions.at(-1)?.agreement.exclusions?.undecided ?? "lapsed";
  const says = `Decide claim ${claim.id} (${claim.kind.replaceAll("-", " ")}); undecided it counts as ${undecided}`;
  return [{ kind: "exclusion-decision", party: otherParty(by), says, dueAtMs: claim.decideByMs, amount: null }];
}

function terminationDue({ noticeUntilMs, id, says }: TerminationProgress): Due[] {
  if (noticeUntilMs === null) return [];
  return [
    { kind: "termination-notice", party: "client", says: `Give notice under "${id}" (${says})`, dueAtMs: noticeUntilMs, amount: null },
  ];
}

export interface DeadlineInput {
  readonly versions: readonly SettlementVersion[];
  readonly periods: readonly DuePeriod[];
  readonly claims: readonly ExclusionClaim[];
  readonly terminations: readonly TerminationProgress[];
  readonly nowMs: number;
}

/** Every right and duty with a clock, the next to run out first; lapsed ones are kept for 31 days. */
export function deadlinesOf({ versions, periods, claims, terminations, nowMs }: DeadlineInput): Deadline[] {
  return [...periods.flatMap(periodDues), ...claims.flatMap((claim) => claimDue(claim, versions)), ...terminations.flatMap(terminationDue)]
    .filter(({ dueAtMs }) => dueAtMs + KEPT_LAPSED_MS > nowMs)
    .map((due) => ({ ...due, lapsed: nowMs >= due.dueAtMs }))
    .toSorted((a, b) => a.dueAtMs - b.dueAtMs || (a.says < b.says ? -1 : 1));
}
