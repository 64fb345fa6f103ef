import type { Shaken } from "./shaken-run-length.ts";

/** What is known of how well a baseline was estimated. */
export interface KnownBaseline {
  /** Subgroups of the baseline, at least 8. */
  readonly subgroups: number;
  /** Degrees of freedom that a season took from them, 0 when left out: its errors spread the scores. */
  readonly taken?: number;
  /** Degrees of freedom of the estimated standard deviation, at least 4; Infinity where it is known. `subgroups` - 1 - `taken` when left out. */
  readonly freedom?: number;
}

/** What an estimated baseline may do to the scores, and how likely that is. */
export interface BaselineError extends Shaken {
  readonly weight: number;
}

/** The grid goes so far to either side, in standard deviations, by so much: the trapezoidal rule is exact enough for what is smooth. */
const GRID = { farthest: 5.5, step: 0.5 };

/** Quantile of an estimated standard deviation over the true one, by Wilson and Hilferty 1931, at a standard normal quantile. */
function estimatedSpread(freedom: number, z: number): number {
  const part = 2 / (9 * freedom);
  return Math.max(0.1, 1 - part + z * Math.sqrt(part)) ** 1.5;
}

/**
 * The sampling distribution of a baseline's mean and standard deviation over independent normal subgroups, as a weighted grid of what
 * they do to the scores. The mean of n subgroups is off by 1 / sqrt(n); correlated days scored by their one-step residuals as well.
 *
 * @returns cases whose weights sum to 1, symmetric in the offset.
 * @throws RangeError when there are too few subgroups or degrees of freedom.
 */
export function baselineErrors({ subgroups, taken = 0, freedom = subgroups - 1 - taken }: KnownBaseline): readonly BaselineError[] {
  if (!(subgroups >= 8)) throw new RangeError(`a baseline has at least 8 subgroups, not ${subgroups}`);
  if (!(freedom >= 4)) throw new RangeError(`a standard deviation needs 4 degrees of freedom, not ${freedom}`);
  const grid = Array.from({ length: (2 * GRID.farthest) / GRID.step + 1 }, (_, place) => place * GRID.step - GRID.farthest);
  const total = grid.reduce((sum, z) => sum + Math.exp(-0.5 * z * z), 0);
  const season = Math.sqrt(1 + taken / subgroups);
  const spreads = freedom === Infinity ? [0] : grid;
  const spreadTotal = freedom === Infinity ? 1 : total;
  return spreads.flatMap((ofSpread) => {
    const estimated = freedom === Infinity ? 1 : estimatedSpread(freedom, ofSpread);
    return grid.map((ofMean) => ({
      offset: ofMean / Math.sqrt(subgroups) / estimated,
      scale: season / estimated,
      weight: Math.exp(-0.5 * (ofSpread * ofSpread + ofMean * ofMean)) / (spreadTotal * total),
    }));
  });
}
