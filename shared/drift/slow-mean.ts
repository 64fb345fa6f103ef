import { normalScore, pullOf, type Doubt } from "./learned-level.ts";
import type { ScoredPoint } from "./score-points.ts";

/** A slow mean of the distances from the frozen baseline. Plain data: a snapshot of it is its JSON. */
export interface SlowMean {
  readonly mean: number;
  /** Its variance by the points' own chance. */
  readonly spread: number;
  /** How much an error of the baseline's level moves it. */
  readonly pull: number;
}

export const NO_SLOW_MEAN: SlowMean = { mean: 0, spread: 0, pull: 0 };

/** Remembers some two months of days. */
const LAMBDA = 0.03;

export function slowStep({ mean, spread, pull }: SlowMean, point: Pick<ScoredPoint, "fresh" | "sd" | "carry">): SlowMean {
  return {
    mean: mean + LAMBDA * (point.fresh - mean),
    spread: (1 - LAMBDA) ** 2 * spread + LAMBDA * LAMBDA,
    pull: pull + LAMBDA * (pullOf(point.sd, point.carry) - pull),
  };
}

/** The slow mean as a standard normal score, the baseline's own error of estimation in its variance. */
export function slowScore({ mean, spread, pull }: SlowMean, doubt: Doubt): number {
  return normalScore(mean / Math.sqrt(spread + (pull * pull) / doubt.information), doubt.degrees);
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
