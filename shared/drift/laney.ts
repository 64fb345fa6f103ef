/** Mean distance of two neighbours of a standard normal series: 2 / sqrt(pi). */
const D2 = 1.128;

/**
 * How much more neighbouring days differ than chance alone makes them: the mean distance between neighbours over 1.128.
 *
 * @param z standardised by chance alone, in order of time; at least two.
 * @returns 1 where nothing but chance is at work. Source: Laney 2002, Quality Engineering 14:531-537.
 */
export function sigmaZ(z: readonly number[]): number {
  const moves = z.slice(1).map((value, i) => Math.abs(value - (z[i] ?? value)));
  return moves.length === 0 ? 1 : moves.reduce((sum, move) => sum + move, 0) / moves.length / D2;
}

/** Shares over time whose days differ by more than chance. */
export interface LaneyChart {
  readonly mean: number;
  readonly sigmaZ: number;
  /** Limits for a day of `n` units, not cut at 0 and 1. */
  limits(n: number, sigmas: number): { readonly low: number; readonly high: number };
}

/**
 * Laney's p' chart: limits mean +- sigmas x sqrt(mean (1 - mean) / n) x sigma-z.
 *
 * @param days `good` of `n`, n above 0; at least two, not all good nor all bad.
 * @returns Example: ten days of about 400 (see the test) have mean 0.10630408, sigma-z 1.80285454 and for 400 units 0.02295 to 0.18966 at 3 sigmas.
 */
export function laneyChart(days: readonly { readonly good: number; readonly n: number }[]): LaneyChart {
  const [good, n] = days.reduce(([g, m], day) => [g + day.good, m + day.n], [0, 0]);
  const mean = good / n;
  const spread = mean * (1 - mean);
  const wider = sigmaZ(days.map((day) => (day.good / day.n - mean) / Math.sqrt(spread / day.n)));
  return {
    mean,
    sigmaZ: wider,
    limits: (units, sigmas) => {
      const half = sigmas * Math.sqrt(spread / units) * wider;
      return { low: mean - half, high: mean + half };
    },
  };
}
