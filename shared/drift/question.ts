import { z } from "zod";

/** What asks it; each rule is one pattern. */
const QUESTION_RULES = [
  "threshold-mass",
  "short-abandons",
  "weekend-catch-up",
  "late-schedule-edits",
  "short-calls",
  "fewer-invitations",
  "quicker-but-worse",
  "met-with-a-tail",
] as const;
export const QuestionRule = z.enum(QUESTION_RULES);
export type QuestionRule = z.infer<typeof QuestionRule>;

/**
 * Something in the figures that asks for an explanation. It is a question and never a verdict: no figure changes by it, and what
 * may explain it without anybody's fault stands beside it.
 */
export const Question = z.strictObject({
  rule: QuestionRule,
  /** The target, the feed or the agent's pseudonym that it is about. */
  about: z.string(),
  question: z.string(),
  /** What it rests on, each a sentence with its numbers. */
  evidence: z.array(z.string()).readonly(),
  innocent: z.array(z.string()).readonly(),
  /** P(evidence so strong or stronger) where there is no such pattern, 0..1. */
  chance: z.number(),
});
export type Question = z.infer<typeof Question>;

/** A question as it stands. */
export const AskedQuestion = z.strictObject({
  ...Question.shape,
  /** The month whose figures raise it. */
  month: z.string().regex(/^\d{4}-\d{2}$/u),
  askedAtMs: z.int(),
});
export type AskedQuestion = z.infer<typeof AskedQuestion>;

/** Of a thousand months without the pattern, one raises the question, whatever number of targets or agents is looked at in it. */
export const ASKED_AT = 0.001;
