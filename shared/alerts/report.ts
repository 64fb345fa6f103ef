import { z } from "zod";
import type { Alert } from "./alert.ts";
import { AnswerTimes, answerTimes, type PartyOf } from "./answer-times.ts";
import { noiseOf, RuleNoise } from "./noise.ts";
import { passageOf } from "./passage.ts";

/** How the two companies answered the alerts that were raised in a span of time, and which rules were noise. */
export const AlertReport = z.strictObject({
  fromMs: z.int(),
  toMs: z.int(),
  /** Episodes that people were told of. */
  told: z.int().min(0),
  /** Of them: went to the next step of the chain before anybody answered. */
  escalated: z.int().min(0),
  /** Of them: over without an answer, and standing without one. */
  endedUnanswered: z.int().min(0),
  stillUnanswered: z.int().min(0),
  /** Of them: raised by data that were corrected later. They count in no time. */
  voided: z.int().min(0),
  times: z.array(AnswerTimes),
  rules: z.array(RuleNoise),
});
export type AlertReport = z.infer<typeof AlertReport>;

export interface ReportQuery {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly partyOf: PartyOf;
  /** How long a breach must last now before it is told. */
  readonly holdMs: number;
}

/** The report on the episodes that were raised in [`fromMs`, `toMs`). */
export function alertReport(alerts: readonly Alert[], { fromMs, toMs, partyOf, holdMs }: ReportQuery): AlertReport {
  const passages = alerts.filter(({ raisedAtMs }) => raisedAtMs >= fromMs && raisedAtMs < toMs).map(passageOf);
  const told = passages.filter((passage) => passage.told);
  const unanswered = told.filter(({ answer }) => answer === null);
  return {
    fromMs,
    toMs,
    told: told.length,
    escalated: told.filter(({ escalated }) => escalated).length,
    endedUnanswered: unanswered.filter(({ end }) => end !== null).length,
    stillUnanswered: unanswered.filter(({ end }) => end === null).length,
    voided: told.filter(({ alert }) => alert.restated === "voided").length,
    times: answerTimes(told, partyOf),
    rules: noiseOf(told, holdMs),
  };
}
