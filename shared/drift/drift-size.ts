import type { Onset } from "./onset.ts";

/** A shift on the scale of scoring, with 90 % limits. */
export interface DriftSize {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const Z_90 = 1.6448536269514722;

/**
 * How far a level moved, drawn towards nothing as far as chance may have made it: the mean of the posterior under a normal prior around no
 * shift, averaged over all days on which the shift may have begun by how likely each is. A raw mean since the likeliest day would be too
 * large, because both the alarm and the day were chosen for being extreme.
 *
 * @param usual standard deviation of a usual day: that of the prior.
 * @param levelVariance variance of the baseline's level, which the difference inherits.
 */
export function driftSize({ candidates, best }: Onset, usual: number, levelVariance: number): DriftSize {
  const prior = 1 / (usual * usual);
  let [weights, mean, square] = [0, 0, 0];
  for (const { score, information, logRatio } of candidates) {
    const precision = information + prior;
    const weight = Math.exp(logRatio - best.logRatio) / Math.sqrt(precision);
    const estimate = score / precision;
    weights += weight;
    mean += weight * estimate;
    square += weight * (estimate * estimate + 1 / precision);
  }
  const estimate = mean / weights;
  const half = Z_90 * Math.sqrt(Math.max(0, square / weights - estimate * estimate) + levelVariance);
  return { estimate, low: estimate - half, high: estimate + half };
}
