import type { CounterId } from "../metrics/counter.ts";

/**
 * What became of one contact. `left-before-queue` never reached the queue and is not offered to it;
 * `not-a-contact` is a technical record: kept as a fact, counted nowhere.
 */
export const CONTACT_OUTCOMES = ["answered", "abandoned", "left-before-queue", "flowed-out", "missed", "not-a-contact"] as const;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

/** One contact as known by one file. Durations are integer milliseconds; `null` is missing, never zero. */
export interface ContactRow {
  readonly contactId: string;
  readonly queue: string;
  readonly startMs: number;
  readonly outcome: ContactOutcome;
  readonly waitMs: number | null;
  readonly handleMs: number | null;
  readonly talkMs: number | null;
  readonly holdMs: number | null;
  readonly acwMs: number | null;
  /** 1 to 5. */
  readonly csat: number | null;
  /** Pseudonym of the agent, 10 of a-z and 2-7; `null` where nobody is named. */
  readonly agent: string | null;
  /** The source's own version of this record, where mapped; otherwise the receipt's number decides. */
  readonly version: number | null;
}

/** Limits of one row's numbers. Ten thousand rows at the limit still add up exactly in a double. */
export const MAX_COUNT = 1_000_000_000;
export const MAX_COUNTER_MS = 900_000_000_000;
/** 31 days: no single contact waits or is handled longer. */
export const MAX_CONTACT_MS = 2_678_400_000;

/** A figure the file itself printed, kept exactly: `94.01 %` is 9401 / 10^4. Durations are in seconds. */
export interface Claim {
  readonly mantissa: number;
  readonly dp: number;
}

/** Figures that a file may print: one per metric, and `average-wait`, which no metric recomputes. */
export const CLAIM_IDS = [
  "service-level",
  "answer-rate",
  "abandonment",
  "aht",
  "asa",
  "average-wait",
  "csat",
  "average-talk",
  "longest-wait",
  "tail-share",
  "blocked-calls",
  "hold-time",
  "after-call-work",
  "occupancy",
  "adherence",
  "conformance",
  "shrinkage",
  "schedule-coverage",
  "forecast-accuracy",
  "transfer-rate",
  "repeat-contact",
  "fcr",
  "nps",
  "response-rate",
  "qa-score",
  "accuracy",
  "calibration",
  "attrition",
  "early-survival",
  "tenure-mix",
  "backlog",
  "backlog-age",
] as const;
export type ClaimId = (typeof CLAIM_IDS)[number];

/** The counts of one queue in one interval or day; positions follow the feed's layout. */
export interface IntervalRow {
  readonly queue: string;
  readonly startMs: number;
  readonly lengthMs: number;
  readonly counters: readonly (number | null)[];
  readonly claims: readonly (Claim | null)[];
  readonly version: number | null;
}

/** Order of the numbers in a feed's interval rows and stored intervals. New entries are only ever appended. */
export interface Layout {
  readonly counters: readonly CounterId[];
  readonly claims: readonly ClaimId[];
}

/** What is wrong with one row, where, by which rule, and how to mend it. `line` is the row as a spreadsheet numbers it. */
export interface RowProblem {
  readonly line: number;
  readonly severity: "error" | "warning";
  readonly column: string;
  readonly value: string;
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}

/** One data row of a file: its canonical row, or the errors that refused it; warnings may stand beside a row. */
export interface ReadRow<Row> {
  readonly line: number;
  readonly cells: readonly string[];
  readonly row: Row | null;
  readonly problems: readonly RowProblem[];
}

/** Why a whole file cannot be read. Nothing of it is applied. */
export interface FileProblem {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}
