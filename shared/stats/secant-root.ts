/** Smaller gaps are zero; larger ones up to `rounding` are as well once they stop shrinking. */
const GAP = { zero: 1e-9, rounding: 1e-4 };

/**
 * Where a nearly straight, rising function is zero, by secant steps that never go below a quarter of the last place.
 *
 * @param gap the function; for thresholds the logarithm of a run length over the one wanted.
 * @param first a first guess, above 0; the second lies 0.05 higher.
 * @returns the place where the function is below 1e-9, or, where its own rounding does not let it, below 1e-4; null when there is none
 *   in 40 steps. Example: x - 2 from 1 gives 2.
 */
export function secantRoot(gap: (at: number) => number, first: number): number | null {
  let [before, at] = [first, first + 0.05];
  let [gapBefore, gapNow] = [gap(before), gap(at)];
  for (let pass = 0; pass < 40; pass++) {
    const size = Math.abs(gapNow);
    if (size < GAP.zero || (size < GAP.rounding && size > Math.abs(gapBefore) / 2)) return at;
    const next = Math.max(at / 4, at - (gapNow * (at - before)) / (gapNow - gapBefore));
    [before, gapBefore, at] = [at, gapNow, next];
    gapNow = gap(at);
  }
  return null;
}
