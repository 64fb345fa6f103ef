/** Two-sided 95 % point of the standard normal distribution. */
export const Z_95 = 1.959963984540054;

/**
 * Wilson score interval of a proportion at 95 %.
 *
 * @param successes integer, 0 to `n`.
 * @param n integer, at least 1.
 * @returns limits within 0..1. Example: 4 of 5 gives 0.3755 to 0.9638 (Wilson 1927, JASA 22:209-212).
 * @throws RangeError when the counts are not a proportion.
 */
export function wilson(successes: number, n: number): { low: number; high: number } {
  if (!(n >= 1 && successes >= 0 && successes <= n)) throw new RangeError(`${successes} of ${n} is not a proportion`);
  const p = successes / n;
  const z2 = Z_95 * Z_95;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z_95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
