import type { BankArm } from "./cusum-bank.ts";
import { armRunLength } from "./arm-run-length.ts";

/** How much rarer the quickest arm alarms that stays as it is. */
const QUICKEST_LENGTH = 1.12;
/** Leave an error of less than a millionth. */
const HALVINGS = 40;

function thresholdFor(k: number, runLength: number): number {
  let [low, high] = [0, 100];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const h = (low + high) / 2;
    if (armRunLength({ k, h }) < runLength) low = h;
    else high = h;
  }
  return high;
}

/**
 * Arms of a bank for the fresh part of days that hang on the day before. A lasting shift by one standard deviation of a day moves it by
 * sqrt((1 - r) / (1 + r)) only, so every allowance is drawn down by as much, with the threshold that gives the arm the run length it had.
 * On its first day a shift is all fresh: so the quickest arm stays as well, at nine tenths of its rate of false alarms; more of them would
 * take from small shifts what it gives to large ones.
 *
 * @param correlation r of a day with the one before, 0 to below 1.
 * @returns the arms themselves where it is 0. Example: k = 0.25, 0.5 and 1 become 0.183, 0.367, 0.734 and 1 at r = 0.3.
 */
export function correlatedArms(arms: readonly BankArm[], correlation: number): readonly BankArm[] {
  if (correlation <= 0) return arms;
  const worth = Math.sqrt((1 - correlation) / (1 + correlation));
  const quickest = arms
    .filter(({ k }) => arms.every((other) => other.k <= k))
    .map((arm) => ({ k: arm.k, h: thresholdFor(arm.k, QUICKEST_LENGTH * armRunLength(arm)) }));
  const drawn = arms.map((arm) => ({ k: arm.k * worth, h: thresholdFor(arm.k * worth, armRunLength(arm)) }));
  return [...drawn, ...quickest];
}
