const MOST_FACTORS = 5;

function factorial(count: number): number {
  return count <= 1 ? 1 : count * factorial(count - 1);
}

function sizeOf(set: number): number {
  return set === 0 ? 0 : (set & 1) + sizeOf(set >>> 1);
}

/**
 * What each of several crossed factors contributes to a change, averaged over all orders in which they may have come (Shapley 1953),
 * exactly: contributions sum to `valueOf(all) - valueOf(none)`.
 *
 * @param count 1 to 5 factors.
 * @param valueOf the figures when the factors of the set (bit i stands for factor i) are as they are after, the others as before;
 *   several figures at once, each split by itself.
 * @returns by factor, for each figure.
 * @throws RangeError for more factors.
 */
export function shapley(count: number, valueOf: (set: number) => readonly number[]): number[][] {
  if (count < 1 || count > MOST_FACTORS) throw new RangeError(`1 to ${MOST_FACTORS} factors can be crossed, not ${count}`);
  const values = Array.from({ length: 2 ** count }, (_, set) => valueOf(set));
  const orders = factorial(count);
  return Array.from({ length: count }, (_, factor) => {
    const sums = (values[0] ?? []).map(() => 0);
    for (const [set, without] of values.entries()) {
      if (((set >>> factor) & 1) === 1) continue;
      const weight = (factorial(sizeOf(set)) * factorial(count - sizeOf(set) - 1)) / orders;
      const having = values[set | (1 << factor)] ?? without;
      for (const [at, value] of without.entries()) sums[at] = (sums[at] ?? 0) + weight * ((having[at] ?? value) - value);
    }
    return sums;
  });
}
