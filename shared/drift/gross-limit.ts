import { studentTQuantile } from "../stats/student-t.ts";
import type { BankPromise } from "./bank-thresholds.ts";
import type { KnownBaseline } from "./baseline-errors.ts";

/** What single days far out may use of the promised false alarms. */
export const GROSS_SHARE = 0.05;
const LEAST = 4.5;

/**
 * From how many standard deviations on a single day is an alarm by itself: at least 4.5, and so far that such days use at most a
 * twentieth of the promised false alarms, with the mean and the standard deviation estimated (the prediction limit of one more normal day).
 *
 * @param promise run length, sides, and what is known of the baseline.
 * @returns standard deviations. Example: 370 on two sides of 56 subgroups gives 4.5, 9,000 gives 5.075.
 */
export function grossLimit({
  runLength,
  sides,
  subgroups,
  taken = 0,
  freedom = subgroups - 1 - taken,
}: BankPromise & KnownBaseline): number {
  const tail = GROSS_SHARE / runLength / sides;
  const t = -studentTQuantile(tail, Math.min(freedom, 1e6));
  return Math.max(LEAST, t * Math.sqrt(1 + (1 + taken) / subgroups));
}
