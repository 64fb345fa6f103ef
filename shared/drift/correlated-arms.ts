import type { BankArm } from "./cusum-bank.ts";
import { armRunLength } from "./shaken-run-length.ts";

const UNSHAKEN = { offset: 0, scale: 1 } as const;
/** Leave an error of less than a millionth. */
const HALVINGS = 40;

function thresholdFor(k: number, runLength: number): number {
  let [low, high] = [0, 100];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const h = (low + high) / 2;
    if (armRunLength({ k, h }, UNSHAKEN) < runLength) low = h;
    else high = h;
  }
  return high;
}

/** Of the logarithm of what a shift is worth so much is taken from the allowance of an arm between the slow ones and the quickest. */
const IN_BETWEEN = 0.17;

function drawnDown(k: number, quickest: number, worth: number): number {
  if (k >= quickest) return k;
  return k < quickest / 2 ? k * worth : k * worth ** IN_BETWEEN;
}

/**
 * Arms of a bank for the fresh part of days that hang on the day before. A lasting shift by one standard deviation of a day moves it by
 * sqrt((1 - r) / (1 + r)) only, but by more on its first day: so slow arms are drawn down by as much, the next one slightly, and the
 * quickest stays. Thresholds then give each arm the run length it had. Found by simulation at r = 0.3 (`npm run bench:drift`).
 *
 * @param correlation r of a day with the one before, 0 to below 1.
 * @returns the arms themselves where it is 0. Example: k = 0.25, 0.5 and 1 become 0.183, 0.474 and 1 at r = 0.3.
 */
export function correlatedArms(arms: readonly BankArm[], correlation: number): readonly BankArm[] {
  if (correlation <= 0) return arms;
  const worth = Math.sqrt((1 - correlation) / (1 + correlation));
  const quickest = Math.max(...arms.map(({ k }) => k));
  return arms.map((arm) => {
    const k = drawnDown(arm.k, quickest, worth);
    return k === arm.k ? arm : { k, h: thresholdFor(k, armRunLength(arm, UNSHAKEN)) };
  });
}
