import { z } from "zod";
import { AlertSeverity } from "../agreement/alert-clauses.ts";
import { Party } from "../settlement/party.ts";
import type { Passage } from "./passage.ts";

/** Several lengths of time in ms; mean and median are `null` where there is none. */
export const Lengths = z.strictObject({ n: z.int().min(0), meanMs: z.number().nullable(), medianMs: z.number().nullable() });
export type Lengths = z.infer<typeof Lengths>;

/** How one company answered alerts of one severity, the worst that each had been. */
export const AnswerTimes = z.strictObject({
  /** Of whoever answered first; `null` for people who are no longer in the agreement. */
  party: Party.nullable(),
  severity: AlertSeverity,
  /** From raising to the first answer: acknowledged, snoozed or closed. */
  acknowledge: Lengths,
  /** From raising to the end, of those that are over. */
  resolve: Lengths,
});
export type AnswerTimes = z.infer<typeof AnswerTimes>;

/** The party of a person by the id that alerts carry; `null` for nobody of the agreement. */
export type PartyOf = (personId: string) => Party | null;

const PARTIES = ["provider", "client", null] as const;
const SEVERITIES = ["critical", "high", "warning"] as const;

/** The middle of an even number of lengths is the mean of the two in the middle. */
export function lengthsOf(lengths: readonly number[]): Lengths {
  const n = lengths.length;
  if (n === 0) return { n, meanMs: null, medianMs: null };
  const sorted = lengths.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(n / 2) - 1, Math.floor(n / 2) + 1);
  const mean = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / all.length;
  return { n, meanMs: mean(sorted), medianMs: mean(middle) };
}

/**
 * How long each company took, by severity. Only what people were told of counts, and nothing that wrong data had raised. An
 * alert that was raised again is one episode: its time runs from the first raising.
 */
export function answerTimes(passages: readonly Passage[], partyOf: PartyOf): AnswerTimes[] {
  const answered = passages.flatMap(({ alert, told, answer, end }) => {
    if (!told || answer?.byId === undefined || alert.restated === "voided") return [];
    const { raisedAtMs, peak, severity } = alert;
    const resolveMs = end === null ? null : end.atMs - raisedAtMs;
    return [{ party: partyOf(answer.byId), severity: peak ?? severity, answerMs: answer.atMs - raisedAtMs, resolveMs }];
  });
  return PARTIES.flatMap((party) =>
    SEVERITIES.flatMap((severity) => {
      const theirs = answered.filter((one) => one.party === party && one.severity === severity);
      if (theirs.length === 0) return [];
      const resolved = theirs.map(({ resolveMs }) => resolveMs).filter((ms) => ms !== null);
      return [{ party, severity, acknowledge: lengthsOf(theirs.map(({ answerMs }) => answerMs)), resolve: lengthsOf(resolved) }];
    }),
  );
}
