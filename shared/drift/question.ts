/** What asks it; each rule is one pattern. */
export const QUESTION_RULES = [
  "threshold-mass",
  "short-abandons",
  "weekend-catch-up",
  "late-schedule-edits",
  "short-calls",
  "fewer-invitations",
  "quicker-but-worse",
  "met-with-a-tail",
] as const;
export type QuestionRule = (typeof QUESTION_RULES)[number];

/**
 * Something in the figures that asks for an explanation. It is a question and never a verdict: no figure changes by it, and what
 * may explain it without anybody's fault stands beside it.
 */
export interface Question {
  readonly rule: QuestionRule;
  /** The target, the feed or the agent's pseudonym that it is about. */
  readonly about: string;
  readonly question: string;
  /** What it rests on, each a sentence with its numbers. */
  readonly evidence: readonly string[];
  readonly innocent: readonly string[];
  /** P(evidence so strong or stronger) where there is no such pattern, 0..1. */
  readonly chance: number;
}

/** Of a thousand months without the pattern, one raises the question, whatever number of targets or agents is looked at in it. */
export const ASKED_AT = 0.001;
