import { z } from "zod";
import type { Rating } from "./alert.ts";
import { AlertRule, ruleKey, ruleOf } from "./alert-rule.ts";
import type { Passage } from "./passage.ts";

const MINUTE_MS = 60_000;
/** What is over so soon, and unanswered, was hardly worth a message. */
export const SOON_MS = 10 * MINUTE_MS;
const HOLDS_MS = [5, 10, 15, 30, 60].map((minutes) => minutes * MINUTE_MS);
/** One alert spared is chance. */
const LEAST_SPARED = 2;

/**
 * A change of the agreement that would have spared alerts, none of which anybody had answered or called useful.
 *
 * `hold`: a breach must last as long before it is told. `warning-level`: warn later, for those that never became worse.
 */
export const Suggestion = z.discriminatedUnion("change", [
  z.strictObject({ change: z.literal("hold"), holdMs: z.int().positive(), spared: z.int().min(1) }),
  z.strictObject({ change: z.literal("warning-level"), spared: z.int().min(1) }),
]);
export type Suggestion = z.infer<typeof Suggestion>;

/** What one rule raised in a span of time, and what people made of it. */
export const RuleNoise = z.strictObject({
  rule: AlertRule,
  episodes: z.int().min(1),
  /** Ratings by people, at most one each for an episode. */
  useful: z.int().min(0),
  noise: z.int().min(0),
  /** Ended by themselves within ten minutes without an answer. */
  endedSoon: z.int().min(0),
  /** Episodes that went up and down too often to be told each time. */
  flapped: z.int().min(0),
  suggestion: Suggestion.nullable(),
});
export type RuleNoise = z.infer<typeof RuleNoise>;

function rated({ alert }: Passage, rating: Rating): number {
  return Object.values(alert.ratings).filter((one) => one === rating).length;
}

/** Somebody answered it, or more people called it useful than noise. */
function isWanted(passage: Passage): boolean {
  return passage.answer !== null || rated(passage, "useful") > rated(passage, "noise");
}

function endedSoon({ alert, answer, end }: Passage): boolean {
  return end?.kind === "resolved" && answer === null && end.atMs - alert.raisedAtMs <= SOON_MS;
}

/** How long its breach had lasted, from before it was told. What came again has no one length. */
function lastedMs({ alert, clearedAtMs }: Passage, holdMs: number): number {
  return clearedAtMs === null || alert.reopened > 0 ? Infinity : clearedAtMs - alert.raisedAtMs + holdMs;
}

/** The shortest of the usual holds that would have spared the most. */
function longerHold(passages: readonly Passage[], holdMs: number): Suggestion | null {
  const found = HOLDS_MS.filter((each) => each > holdMs).map((each) => {
    const below = passages.filter((passage) => lastedMs(passage, holdMs) < each);
    return { change: "hold" as const, holdMs: each, spared: below.some(isWanted) ? 0 : below.length };
  });
  const spared = Math.max(0, ...found.map((each) => each.spared));
  return spared < LEAST_SPARED ? null : (found.find((each) => each.spared === spared) ?? null);
}

function laterWarning(passages: readonly Passage[]): Suggestion | null {
  const mild = passages.filter(({ alert }) => (alert.peak ?? alert.severity) === "warning" && alert.status === "resolved");
  return mild.length < LEAST_SPARED || mild.some(isWanted) ? null : { change: "warning-level", spared: mild.length };
}

/** A figure may be bad by chance for a while, so its breach can be held; a probability has levels. The rest is told as it is. */
function suggestionOf({ kind }: AlertRule, passages: readonly Passage[], holdMs: number): Suggestion | null {
  if (kind === "target" || kind === "spend") return longerHold(passages, holdMs);
  return kind === "outlook" ? laterWarning(passages) : null;
}

function nuisance({ noise, endedSoon: soon, flapped }: RuleNoise): number {
  return noise + soon + flapped;
}

/**
 * What each rule raised, the noisiest first. What is attached to another alert was not told and is left out.
 *
 * @param holdMs how long a breach must last now before it is told. That three of the last five evaluations tell it whatever the
 *   hold cannot be replayed, so that `spared` is the most that the change can spare.
 */
export function noiseOf(passages: readonly Passage[], holdMs: number): RuleNoise[] {
  const byRule = Map.groupBy(
    passages.filter(({ told }) => told),
    ({ alert }) => ruleKey(ruleOf(alert.subject)),
  );
  const sum = (all: readonly Passage[], count: (one: Passage) => number) => all.reduce((total, one) => total + count(one), 0);
  const rules = [...byRule.values()].flatMap((all): RuleNoise[] => {
    const [first] = all;
    if (first === undefined) return [];
    const rule = ruleOf(first.alert.subject);
    return [
      {
        rule,
        episodes: all.length,
        useful: sum(all, (one) => rated(one, "useful")),
        noise: sum(all, (one) => rated(one, "noise")),
        endedSoon: all.filter(endedSoon).length,
        flapped: all.filter(({ alert }) => alert.history.some(({ kind }) => kind === "flap-started")).length,
        suggestion: suggestionOf(rule, all, holdMs),
      },
    ];
  });
  return rules.toSorted((a, b) => nuisance(b) - nuisance(a) || b.episodes - a.episodes || (ruleKey(a.rule) < ruleKey(b.rule) ? -1 : 1));
}
