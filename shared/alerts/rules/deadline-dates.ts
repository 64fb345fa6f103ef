import { DAY_MS } from "../../calendar/day.ts";
import type { Zone } from "../../calendar/zone.ts";
import type { Agreement } from "../../agreement/agreement.ts";
import type { ExclusionClaim } from "../../settlement/claim.ts";
import type { Closing } from "../../settlement/closing.ts";
import { dueAfter } from "../../settlement/due-at.ts";
import { otherParty, type Party } from "../../settlement/party.ts";
import type { Deadline, Settlement } from "../../settlement/settlement.ts";
import type { AlertSubject } from "../subject.ts";

/** Something that must be done, or can be done, until an instant. */
export interface DeadlineDate {
  readonly subject: Extract<AlertSubject, { kind: "deadline" }>;
  /** Who must act. */
  readonly party: Party;
  readonly says: string;
  readonly dueAtMs: number;
  /** How long there was from its beginning. */
  readonly lengthMs: number;
  /** `lost`: a duty was not done or money is gone. `ended`: a right that nobody had to use. */
  readonly outcome: "lost" | "ended";
}

export interface DeadlineSource {
  readonly agreement: Agreement;
  readonly zone: Zone;
  readonly settlement: Pick<Settlement, "deadlines">;
  readonly claims: readonly ExclusionClaim[];
  readonly closings: Iterable<Closing>;
}

function lengthOf(term: string | undefined): number {
  return term === undefined ? 0 : Temporal.Duration.from(term).total({ unit: "millisecond" });
}

type PeriodDeadline = Exclude<Deadline["kind"], "exclusion-decision">;

/** Which clause sets the length, and how the alert names it. A termination's notice has the length of the longest such clause. */
function termOf({ deadlines, exclusions, termination }: Agreement, kind: PeriodDeadline): number {
  switch (kind) {
    case "report":
      return lengthOf(deadlines.reportWithin);
    case "claim-credit":
      return lengthOf(deadlines.claimCreditWithin);
    case "dispute":
      return lengthOf(deadlines.disputeWithin);
    case "exclusion-notice":
      return lengthOf(exclusions?.noticeWithin);
    case "termination-notice":
      return Math.max(DAY_MS, ...termination.map(({ notice }) => lengthOf(notice)));
  }
}

function subjectOf(kind: PeriodDeadline, day: string): DeadlineDate["subject"] {
  switch (kind) {
    case "report":
      return { kind: "deadline", deadline: "report", ref: day };
    case "claim-credit":
      return { kind: "deadline", deadline: "credit", ref: day };
    case "dispute":
    case "exclusion-notice":
    case "termination-notice":
      return { kind: "deadline", deadline: "notice", ref: `${kind}.${day}` };
  }
}

/** Until when the report, the credit and the dispute of periods could be seen to that both sides have closed by their signatures. */
function settledDues({ agreement, closings }: DeadlineSource): Set<string> {
  const { deadlines, timeZone } = agreement;
  const terms = { report: deadlines.reportWithin, "claim-credit": deadlines.claimCreditWithin, dispute: deadlines.disputeWithin };
  return new Set(
    [...closings]
      .filter(({ state }) => state === "closed")
      .flatMap(({ toMs }) =>
        Object.entries(terms).flatMap(([kind, term]) => (term === undefined ? [] : [`${kind}.${dueAfter(term, toMs, timeZone)}`])),
      ),
  );
}

/** A right to dispute or to ask for time to be left out matters only where there is money in it; each period has one. */
function isOfInterest({ kind, amount }: Deadline): boolean {
  return kind !== "dispute" || amount !== null;
}

function periodDates(source: DeadlineSource): DeadlineDate[] {
  const { agreement, zone, settlement } = source;
  const settled = settledDues(source);
  return settlement.deadlines.flatMap((deadline): DeadlineDate[] => {
    const { kind, dueAtMs, party, says } = deadline;
    if (kind === "exclusion-decision" || !isOfInterest(deadline) || settled.has(`${kind}.${dueAtMs}`)) return [];
    const subject = subjectOf(kind, zone.localDay(dueAtMs - 1));
    const outcome = kind === "report" || kind === "claim-credit" ? "lost" : "ended";
    return [{ subject, party, says, dueAtMs, lengthMs: termOf(agreement, kind), outcome }];
  });
}

function claimDates({ agreement, claims }: DeadlineSource): DeadlineDate[] {
  const counts = agreement.exclusions?.undecided ?? "lapsed";
  return claims.flatMap((claim): DeadlineDate[] => {
    const by = claim.steps[0]?.by?.party;
    if (claim.state !== "claimed" || by === undefined) return [];
    const says = `Decide claim ${claim.id} (${claim.kind.replaceAll("-", " ")}); undecided it counts as ${counts}`;
    const lengthMs = claim.decideByMs - claim.noticeAtMs;
    const subject = { kind: "deadline", deadline: "claim", ref: claim.id } as const;
    return [{ subject, party: otherParty(by), says, dueAtMs: claim.decideByMs, lengthMs, outcome: "ended" }];
  });
}

/** Every deadline that somebody is to be told of, the next first. */
export function deadlineDates(source: DeadlineSource): DeadlineDate[] {
  return [...periodDates(source), ...claimDates(source)].toSorted((a, b) => a.dueAtMs - b.dueAtMs);
}
