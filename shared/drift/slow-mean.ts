import { normalScore, pullOf, type Doubt } from "./learned-level.ts";
import type { ScoredPoint } from "./score-points.ts";
import { normalisedScore } from "./skewness.ts";

/** A slow mean of the distances from the frozen baseline. Plain data: a snapshot of it is its JSON. */
export interface SlowMean {
  readonly mean: number;
  /** Its variance by the points' own chance. */
  readonly spread: number;
  /** Sum of the weights of the points. */
  readonly weight: number;
  /** How much an error of the baseline's level moves it. */
  readonly pull: number;
}

export const NO_SLOW_MEAN: SlowMean = { mean: 0, spread: 0, weight: 0, pull: 0 };

/** Remembers some two months of days. */
const LAMBDA = 0.03;

export function slowStep({ mean, spread, weight, pull }: SlowMean, point: Pick<ScoredPoint, "fresh" | "sd" | "carry">): SlowMean {
  return {
    mean: mean + LAMBDA * (point.fresh - mean),
    spread: (1 - LAMBDA) ** 2 * spread + LAMBDA * LAMBDA,
    weight: weight + LAMBDA * (1 - weight),
    pull: pull + LAMBDA * (pullOf(point.sd, point.carry) - pull),
  };
}

/** When the slow mean may give an alarm. */
export interface SlowRules {
  /** Standard deviations. */
  readonly limit: number;
  /** Days that must stand behind it: fewer have no normal mean, and nothing creeps in a week. */
  readonly fromDays: number;
  /** Skewness of a day. */
  readonly skew: number;
}

/** The third moment of exponential weights is that of so many times 1 / sqrt(days) equal ones. */
const UNEQUAL = 1.1;

/**
 * The slow mean as a standard normal score, the baseline's own error of estimation in its variance.
 *
 * @returns 0 while too few days stand behind it.
 */
export function slowScore({ mean, spread, weight, pull }: SlowMean, doubt: Doubt, { fromDays, skew }: Omit<SlowRules, "limit">): number {
  const days = (weight * weight) / spread;
  if (!(days >= fromDays)) return 0;
  const standard = mean / Math.sqrt(spread + (pull * pull) / doubt.information);
  return normalScore(normalisedScore(standard, (UNEQUAL * skew) / Math.sqrt(days)), doubt.degrees);
}

/**
 * Where the slow mean gives an alarm: it crosses c at a rate of 2 c phi(c) lambda a day at most (upcrossings of an Ornstein-Uhlenbeck
 * process; Leadbetter, Lindgren and Rootzen 1983, 12.2).
 *
 * @param runLength days between false alarms on average, above 10. Example: 3,700 gives 3.5.
 */
export function slowLimit(runLength: number): number {
  let [low, high] = [1, 40];
  for (let halving = 0; halving < 50; halving++) {
    const c = (low + high) / 2;
    const rate = 2 * c * LAMBDA * Math.exp(-0.5 * c * c) * Math.sqrt(1 / (2 * Math.PI));
    if (rate > 1 / runLength) low = c;
    else high = c;
  }
  return high;
}
