/**
 * Divides a sum among shares in proportion to their weights, by largest remainder: the parts are integers and add up exactly.
 * Of equal remainders the earlier one is served first.
 *
 * @param total integer >= 0.
 * @param weights integers >= 0. If `total` is at most their sum, no part exceeds its weight.
 * @returns one part per weight; all 0 where the weights are. Example: 100 by 1, 1, 1 is 34, 33, 33.
 */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(weight) * BigInt(total));
  const parts = exact.map((share) => Number(share / sum));
  const left = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = exact
    .map((share, i) => ({ i, rest: share % sum }))
    .toSorted((a, b) => {
      if (a.rest === b.rest) return a.i - b.i;
      return a.rest > b.rest ? -1 : 1;
    });
  const served = new Set(byRemainder.slice(0, left).map(({ i }) => i));
  return parts.map((part, i) => (served.has(i) ? part + 1 : part));
}
