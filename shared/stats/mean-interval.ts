import { Z_95 } from "./wilson.ts";

/**
 * Normal 95 % interval of the mean of a histogram of scores, with the sample variance (n - 1).
 *
 * @param histogram counts >= 0 by score.
 * @returns limits in points; the whole line when fewer than two answers exist, because then nothing is known about spread.
 *   Example: scores 3, 4, 5, 4 (mean 4, s = 0.8165) give 3.2 to 4.8 (4 +- 1.96 x 0.8165 / 2).
 */
export function meanInterval(histogram: readonly { readonly score: number; readonly count: number }[]): { low: number; high: number } {
  const n = histogram.reduce((sum, { count }) => sum + count, 0);
  if (n < 2) return { low: -Infinity, high: Infinity };
  const mean = histogram.reduce((sum, { score, count }) => sum + score * count, 0) / n;
  const squares = histogram.reduce((sum, { score, count }) => sum + count * (score - mean) ** 2, 0);
  const half = Z_95 * Math.sqrt(squares / (n - 1) / n);
  return { low: mean - half, high: mean + half };
}
