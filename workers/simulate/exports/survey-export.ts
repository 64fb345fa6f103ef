import { z } from "zod";
import type { Zone } from "../../../shared/calendar/zone.ts";
import type { FinishedCall } from "../centre/call.ts";
import { clockText } from "./clock-text.ts";
import { INTERVAL_S } from "./split-interval.ts";

/** Answers to the survey after the call, by score 1 to 5, in one interval. */
export const SurveyInterval = z.strictObject({ startS: z.int(), scores: z.array(z.int().min(0)).length(5) });
export type SurveyInterval = z.infer<typeof SurveyInterval>;

/** Adds the answers of calls that are over to the interval in which the call ended. */
export function bookAnswers(intervals: readonly SurveyInterval[], finished: readonly FinishedCall[]): readonly SurveyInterval[] {
  let booked = intervals;
  for (const { score, endedS } of finished) {
    if (score === null) continue;
    const startS = Math.floor(endedS / INTERVAL_S) * INTERVAL_S;
    const found = booked.find((interval) => interval.startS === startS);
    const scores = (found?.scores ?? [0, 0, 0, 0, 0]).map((count, index) => (index === score - 1 ? count + 1 : count));
    booked = [...booked.filter((interval) => interval !== found), { startS, scores }];
  }
  return booked;
}

const HEADER = "date,time,very_dissatisfied,dissatisfied,neutral,satisfied,very_satisfied";

/** The survey tool's export of the second provider: one row per quarter of an hour with answers, absolute counts. */
export function surveyExport(zone: Zone, intervals: readonly SurveyInterval[]): string {
  const lines = intervals
    .toSorted((a, b) => a.startS - b.startS)
    .map(({ startS, scores }) => {
      const { day, minute } = clockText(zone, startS);
      return [day, minute, ...scores].join(",");
    });
  return `${[HEADER, ...lines].join("\n")}\n`;
}
