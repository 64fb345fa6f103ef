/**
 * Where a nearly straight, rising function is zero, by secant steps that never go below a quarter of the last place.
 *
 * @param gap the function; for thresholds the logarithm of a run length over the one wanted.
 * @param first a first guess, above 0; the second lies 0.05 higher.
 * @returns the place, within 1e-9 of the next step, or null when it is not found in 40 steps.
 */
export function secantRoot(gap: (at: number) => number, first: number): number | null {
  let [before, at] = [first, first + 0.05];
  let [gapBefore, gapNow] = [gap(before), gap(at)];
  for (let pass = 0; pass < 40; pass++) {
    if (Math.abs(at - before) < 1e-9 || gapNow === 0) return Math.abs(gapNow) < 1e-6 ? at : null;
    const next = Math.max(at / 4, at - (gapNow * (at - before)) / (gapNow - gapBefore));
    [before, gapBefore, at] = [at, gapNow, next];
    gapNow = gap(at);
  }
  return null;
}
