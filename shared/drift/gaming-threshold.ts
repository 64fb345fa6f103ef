import { limitText } from "../metrics/number-text.ts";
import { type EdgeDay, edgeMassOf, spanMs } from "./edge-mass.ts";
import { ASKED_AT, type Question } from "./question.ts";
import { countText, oddsText } from "./question-words.ts";

/** Waiting times around a limit that the agreement names. */
export interface EdgeInput {
  readonly about: string;
  readonly limitMs: number;
  /** One per day, of the same queue or target. */
  readonly days: readonly EdgeDay[];
  /** How many questions of this kind are looked for in the same month; the level is shared among them. At least 1. */
  readonly looks?: number;
}

function evidenceOf({ limitMs, days, looks = 1 }: EdgeInput, what: string): { evidence: string[]; chance: number; inside: number } | null {
  const found = edgeMassOf(days, ASKED_AT / looks);
  if (found === null) return null;
  const span = limitText(spanMs(limitMs) / 1000);
  const { inside, expected, outside, chance } = found;
  return {
    inside,
    chance,
    evidence: [
      `${countText(inside)} ${what} in the last ${span} up to ${limitText(limitMs / 1000)}, ${countText(outside)} in the ${span} after it, on ${found.days} days.`,
      `If they went on smoothly across the limit there would be ${countText(expected)} up to it: ${countText(inside - expected)} fewer.`,
      `Chance and the differences between days make such a step in ${oddsText(chance)} months.`,
    ],
  };
}

/** Are answers heaped just inside the threshold of the service level? Needs 30 contacts in each span around it, on 10 days. */
export function askAboutThreshold(input: EdgeInput): Question | null {
  const found = evidenceOf(input, "contacts answered");
  if (found === null) return null;
  return {
    rule: "threshold-mass",
    about: input.about,
    question: `Why are so many contacts answered just before ${limitText(input.limitMs / 1000)}?`,
    evidence: found.evidence,
    innocent: [
      "A routing rule that widens the group of agents shortly before the threshold.",
      "An announcement whose end frees the call at that moment.",
      "A system that writes times rounded, or stops its clock at the limit.",
    ],
    chance: found.chance,
  };
}

/** Are abandons heaped just under the time below which they do not count? */
export function askAboutShortAbandons(input: EdgeInput): Question | null {
  const found = evidenceOf(input, "contacts abandoned");
  if (found === null) return null;
  return {
    rule: "short-abandons",
    about: input.about,
    question: `Why are so many contacts abandoned just within the ${limitText(input.limitMs / 1000)} in which they do not count?`,
    evidence: found.evidence,
    innocent: [
      "An announcement that ends there and sends callers elsewhere, such as to a website.",
      "A dialler or a carrier that ends calls after a fixed time.",
      "A system that writes times rounded.",
    ],
    chance: found.chance,
  };
}
