import type { ScheduleCounter } from "./record-kinds.ts";

/** What rows that are records of their own share: each has a name for ever, and a later one of the same name replaces it. */
interface RecordRow {
  readonly recordId: string;
  readonly queue: string;
  readonly startMs: number;
  /** Pseudonym of the agent, 10 of a-z and 2-7; `null` where nobody is named. */
  readonly agent: string | null;
  /** The source's own version of this record, where mapped; otherwise the receipt's number decides. */
  readonly version: number | null;
}

/** One response to a survey, or one invitation; `null` where a question was not asked or not answered. */
export interface SurveyRow extends RecordRow {
  readonly invited: boolean;
  /** 1 to 5, whatever scale the survey has. */
  readonly csat: number | null;
  /** 0 to 10. */
  readonly nps: number | null;
  readonly resolved: boolean | null;
}

/** One evaluation on a form. Points are hundredths; after an auto-fail none were earned. */
export interface QaRow extends RecordRow {
  readonly evaluator: string | null;
  /** Form and version as counters name them, such as `sales-2`. */
  readonly form: string;
  readonly earned: number;
  readonly possible: number;
  readonly autoFail: boolean;
  /** Whether there was such an error; `null` where the form does not say. */
  readonly customerError: boolean | null;
  readonly businessError: boolean | null;
  readonly complianceError: boolean | null;
  readonly nonCriticalCorrect: number | null;
  readonly nonCriticalItems: number | null;
  /** Items that both sides scored, and those scored alike; `null` where the contact was scored once. */
  readonly calibrationItems: number | null;
  readonly calibrationMatches: number | null;
}

/** One agent in one snapshot. */
export interface RosterRow extends RecordRow {
  /** Days that the snapshot speaks of, the last of them its own; 0 for all days there were. */
  readonly coveredDays: number;
  /** Days of service up to the snapshot, or up to the last day of whoever left. */
  readonly serviceDays: number | null;
  readonly left: boolean;
  /** Days from the last day of whoever left to the snapshot. */
  readonly leftDaysAgo: number;
  readonly reason: string | null;
}

/** One scheduled activity of one agent, `startMs` to `endMs`. */
export interface ScheduleRow extends RecordRow {
  readonly endMs: number;
  readonly counts: readonly ScheduleCounter[];
}

/** Longest scheduled activity: one and a half days. */
export const MAX_SCHEDULED_MS = 129_600_000;
