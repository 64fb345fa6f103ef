import type { Claim, ContactRow, Layout } from "./canonical.ts";
import type { TimeWriter } from "./csv-out-time.ts";
import type { CountFeed } from "./feed-kinds.ts";
import type { RosterFeed } from "./record-kinds.ts";
import type { QaRow, RosterRow, ScheduleRow, SurveyRow } from "./record-rows.ts";

/** What is known of a row, without its name: that is kept as a hash only. */
export type Known<Row> = Omit<Row, "contactId" | "recordId" | "version"> & { readonly revision: number };

/** The columns of what is known of one kind, and how a fact fills them. */
export interface FactShape<Fact> {
  readonly columns: readonly string[];
  readonly cellsOf: (fact: Fact, time: TimeWriter) => readonly string[];
}

/** What every exported fact begins with; `record` is the stored name: the first 12 bytes of the id's SHA-256, in hex. */
export const RECORD_COLUMNS = ["record", "revision", "start", "queue"] as const;

const number = (value: number | null): string => (value === null ? "" : String(value));
const flag = (value: boolean | null): string => (value === null ? "" : value ? "yes" : "no");

export const CONTACT_SHAPE: FactShape<Known<ContactRow>> = {
  columns: ["outcome", "wait_ms", "handle_ms", "talk_ms", "hold_ms", "acw_ms", "csat", "agent"],
  cellsOf: ({ outcome, waitMs, handleMs, talkMs, holdMs, acwMs, csat, agent }) => [
    outcome,
    ...[waitMs, handleMs, talkMs, holdMs, acwMs, csat].map(number),
    agent ?? "",
  ],
};

export const SURVEY_SHAPE: FactShape<Known<SurveyRow>> = {
  columns: ["invited", "csat", "nps", "resolved", "agent"],
  cellsOf: ({ invited, csat, nps, resolved, agent }) => [flag(invited), number(csat), number(nps), flag(resolved), agent ?? ""],
};

/** Points are kept in hundredths and written in points. */
export const QA_SHAPE: FactShape<Known<QaRow>> = {
  columns: [
    "form",
    "earned",
    "possible",
    "auto_fail",
    "customer_error",
    "business_error",
    "compliance_error",
    "non_critical_correct",
    "non_critical_items",
    "calibration_items",
    "calibration_matches",
    "agent",
    "evaluator",
  ],
  cellsOf: (fact) => [
    fact.form,
    ...[fact.earned, fact.possible].map((mantissa) => decimalText({ mantissa, dp: 2 })),
    ...[fact.autoFail, fact.customerError, fact.businessError, fact.complianceError].map(flag),
    ...[fact.nonCriticalCorrect, fact.nonCriticalItems, fact.calibrationItems, fact.calibrationMatches].map(number),
    fact.agent ?? "",
    fact.evaluator ?? "",
  ],
};

const DAY_MS = 86_400_000;

/** Day of a snapshot, less so many days. */
function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}

export function rosterShape({ leftOn }: RosterFeed): FactShape<Known<RosterRow>> {
  return {
    columns: ["day", "covered_days", "service_days", "left", "left_on", "reason", "agent"],
    cellsOf: ({ startMs, coveredDays, serviceDays, left, leftDaysAgo, reason, agent }, time) => {
      const day = time.day(startMs);
      const lastDay = left && leftOn !== undefined ? dayBefore(day, leftDaysAgo) : "";
      return [day, String(coveredDays), number(serviceDays), flag(left), lastDay, reason ?? "", agent ?? ""];
    },
  };
}

/** What an activity counts as, in one cell: `scheduled-ms paid-ms`, or `nothing`. */
export function countsText(counts: readonly string[]): string {
  return counts.length === 0 ? "nothing" : counts.join(" ");
}

export const SCHEDULE_SHAPE: FactShape<Known<ScheduleRow>> = {
  columns: ["end", "counts", "agent"],
  cellsOf: ({ endMs, counts, agent }, time) => [time.instant(endMs), countsText(counts), agent ?? ""],
};

/** A decimal with all its digits: 9401 / 10^4 is `0.9401`. */
export function decimalText({ mantissa, dp }: Claim): string {
  const digits = String(Math.abs(mantissa)).padStart(dp + 1, "0");
  const whole = digits.slice(0, digits.length - dp);
  return `${mantissa < 0 ? "-" : ""}${whole}${dp === 0 ? "" : `.${digits.slice(-dp)}`}`;
}

type ClaimUnit = NonNullable<CountFeed["claims"][keyof CountFeed["claims"]]>["unit"];

/** Shares with at least two decimals are written as percent, so that no digit is lost and none is added. */
function claimText(claim: Claim | null | undefined, unit: ClaimUnit): string {
  if (claim === null || claim === undefined) return "";
  const isPercent = (unit === "percent" || unit === "percent-or-fraction") && claim.dp >= 2;
  return isPercent ? `${decimalText({ mantissa: claim.mantissa, dp: claim.dp - 2 })}%` : decimalText(claim);
}

export function claimColumn(id: string): string {
  return `${id} as printed`;
}

export interface KnownCounts {
  readonly revision: number;
  readonly startMs: number;
  readonly queue: string;
  readonly counters: readonly (number | null)[];
  readonly claims: readonly (Claim | null)[];
}

/** @param layout the order in which the feed's numbers are stored. */
export function countShape(feed: CountFeed, { counters, claims }: Layout): FactShape<KnownCounts> {
  const units = claims.map((id) => feed.claims[id]?.unit ?? "score");
  return {
    columns: ["day", "revision", "start", "queue", ...counters, ...claims.map(claimColumn)],
    cellsOf: (fact, time) => [
      time.day(fact.startMs),
      String(fact.revision),
      time.instant(fact.startMs),
      fact.queue,
      ...counters.map((_, i) => number(fact.counters[i] ?? null)),
      ...claims.map((_, i) => claimText(fact.claims[i], units[i] ?? "score")),
    ],
  };
}
