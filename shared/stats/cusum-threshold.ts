import { cusumRunLength } from "./cusum-run-length.ts";

/** Where Siegmund's run length (e^x - x - 1) / 2k², x = 2k(h + 1.166), reaches the given one: a guess good to a few hundredths. */
function guess(k: number, runLength: number): number {
  let x = Math.log(1 + 2 * k * k * runLength);
  for (let pass = 0; pass < 30; pass++) x = Math.log(1 + x + 2 * k * k * runLength);
  return Math.max(0.05, x / (2 * k) - 1.166);
}

/**
 * Threshold of a one-sided tabular CUSUM for a wanted run length between false alarms: secant steps on the logarithm of the
 * run length, which is nearly straight in the threshold. Two sides of it share the run length: ask for twice as much.
 *
 * @param k allowance in standard deviations, 0.05 to 5.
 * @param runLength observations between false alarms on average; above what a threshold of 0 gives, at most 1e9.
 * @returns h in standard deviations, error below 1e-6. Example: k = 0.5 and 370.4 give 4.0965... of Moustakides' table at
 *   shift 1 (k is half the shift): h = 4.0965, found after 8.5751 observations.
 * @throws RangeError when no threshold up to 100 gives that run length.
 */
export function cusumThreshold(k: number, runLength: number): number {
  const missing = (h: number): number => Math.log(cusumRunLength({ k, h }, 0) / runLength);
  let [before, h] = [guess(k, runLength), guess(k, runLength) + 0.05];
  let [gapBefore, gap] = [missing(before), missing(h)];
  for (let pass = 0; pass < 40 && Math.abs(h - before) > 1e-9; pass++) {
    const next = Math.max(h / 4, h - (gap * (h - before)) / (gap - gapBefore));
    [before, gapBefore] = [h, gap];
    [h, gap] = [next, missing(next)];
  }
  if (!(Math.abs(gap) < 1e-6)) throw new RangeError(`no threshold gives k = ${k} a run length of ${runLength}`);
  return h;
}
