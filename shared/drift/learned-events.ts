import { logLikelihoodRatio, movedChance } from "./event-alternatives.ts";
import type { ScoredPoint } from "./score-points.ts";
import type { EventRules } from "./watch-rules.ts";

/** What steady days since the baseline had of the rarer outcome, what was expected, and of how many units. Plain data. */
export interface LearnedEvents {
  readonly rarer: number;
  readonly expected: number;
  readonly size: number;
}

export const NO_EVENTS: LearnedEvents = { rarer: 0, expected: 0, size: 0 };

/** A day that is e^200 times likelier decides by itself; more would overflow, and infinite evidence times none is no number. */
const MOST_LOG = 200;

/** From logarithms to ratios; all of a wild day are drawn in alike, so that the likeliest alternative stays the likeliest. */
function ratiosOf(logs: readonly number[]): number[] {
  const most = Math.max(...logs.map(Math.abs));
  return logs.map((log) => Math.exp(most > MOST_LOG ? (log / most) * MOST_LOG : log));
}

interface ScoredEvents {
  readonly ratios: readonly number[];
  readonly learned: LearnedEvents;
}

/**
 * How many times likelier a day is under each alternative than while nothing has moved, the chance taken from the baseline together with
 * the steady days since, and evidence weakened as far as that chance is itself uncertain.
 */
export function eventRatios(point: ScoredPoint, learned: LearnedEvents, rules: EventRules): ScoredEvents {
  const { alternatives, kind, damping, known } = rules;
  const rate = kind === "rate";
  // A chance is never taken for exactly 0 or 1: half an event in all that is known (Jeffreys).
  const least = 0.5 / known.size;
  const flipped = !rate && point.expected > 0.5;
  const expected = Math.max(least, Math.min(rate ? Infinity : 1 - least, point.expected));
  const usual = flipped ? 1 - expected : expected;
  const factor = (known.rarer + learned.rarer) / (known.rarer + learned.expected);
  const rarer = Math.max(least, Math.min(rate ? Infinity : 0.9, usual * factor));
  const was = flipped ? 1 - rarer : rarer;
  const day = { events: point.x * point.size, size: point.size };
  const doubt = 1 + point.size / (known.size + learned.size);
  const ratios = ratiosOf(
    alternatives.map(({ factor: by }) => logLikelihoodRatio(day, kind, { was, is: movedChance(was, by, kind) }) / damping / doubt),
  );
  return {
    ratios,
    learned: {
      rarer: learned.rarer + (flipped ? day.size - day.events : day.events),
      expected: learned.expected + usual * day.size,
      size: learned.size + day.size,
    },
  };
}
