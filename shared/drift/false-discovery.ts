/**
 * Adjusted p-values of Benjamini and Hochberg 1995 (JRSS B 57:289-300): of all with a value up to q, at most the share q is named wrongly.
 *
 * @param p 0..1 each.
 * @returns in the same order, each at least its p. Example: 0.01, 0.02, 0.03, 0.5 give 0.04, 0.04, 0.04, 0.5.
 */
export function falseDiscoveryRates(p: readonly number[]): number[] {
  const ranked = p.map((value, at) => ({ value, at })).toSorted((a, b) => b.value - a.value);
  const q = p.map(() => 1);
  let least = 1;
  for (const [i, { value, at }] of ranked.entries()) {
    least = Math.min(least, (value * p.length) / (p.length - i));
    q[at] = least;
  }
  return q;
}
