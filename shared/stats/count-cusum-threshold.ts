import { bernoulliCusumRunLength, poissonCusumRunLength } from "./count-cusum-run-length.ts";

const MOST_STEPS = 1_000;

/** The smallest number of steps whose run length is not below the one wanted, by doubling and halving. */
function fewestSteps(runLength: number, lengthAt: (steps: number) => number): number {
  if (!(runLength >= 1)) throw new RangeError(`a run length is at least 1, not ${runLength}`);
  let [below, enough] = [0, 1];
  while (lengthAt(enough) < runLength) {
    if (enough >= MOST_STEPS) throw new RangeError(`no threshold up to ${MOST_STEPS} steps gives a run length of ${runLength}`);
    [below, enough] = [enough, Math.min(2 * enough, MOST_STEPS)];
  }
  while (enough - below > 1) {
    const middle = Math.floor((below + enough) / 2);
    if (lengthAt(middle) < runLength) below = middle;
    else enough = middle;
  }
  return enough;
}

/**
 * Smallest threshold at which a Poisson CUSUM runs at least so long between false alarms.
 *
 * @param design the allowance `k` in events, a multiple of 1 / `grain` (1 when left out); (m1 - m0) / ln(m1 / m0) finds a rise from m0 to m1 soonest.
 * @param mean events usual in an interval, above 0. @param runLength intervals between false alarms on average, at least 1.
 * @returns the threshold in events, a multiple of 1 / `grain`. Example: k = 2, mean 1 and 1,900 give 5 (whose run length is 1903.5).
 * @throws RangeError when a part is out of range or no threshold up to 1,000 steps is enough.
 */
export function poissonCusumThreshold(
  { k, grain = 1 }: { readonly k: number; readonly grain?: number },
  mean: number,
  runLength: number,
): number {
  return fewestSteps(runLength, (steps) => poissonCusumRunLength({ k, h: steps / grain, grain }, mean)) / grain;
}

/**
 * Smallest threshold at which a Bernoulli CUSUM runs at least so long between false alarms.
 *
 * @param up what a failure adds, a whole number from 1; a pass takes 1 away.
 * @param chance usual share of failures, above 0 and at most 1. @param runLength units between false alarms on average, at least 1.
 * @returns a whole number. Example: up = 6, chance 0.1 and 1,000 give 31 (whose run length is 1043.6).
 * @throws RangeError when a part is out of range or no threshold up to 1,000 is enough.
 */
export function bernoulliCusumThreshold(up: number, chance: number, runLength: number): number {
  return fewestSteps(runLength, (h) => bernoulliCusumRunLength({ up, h }, chance));
}
