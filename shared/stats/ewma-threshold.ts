import { ewmaRunLength } from "./ewma-run-length.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { secantRoot } from "./secant-root.ts";

/**
 * Limits of a two-sided EWMA chart for a wanted run length between false alarms.
 *
 * @param weight weight of the newest score, 0.01 to 1.
 * @param runLength observations between false alarms on average, 10 to 1e7.
 * @returns half width in standard deviations that the mean has in the long run, error below 1e-6.
 *   Example: 0.1 and 499.5796 give 2.8140.
 * @throws RangeError when a part is out of range.
 */
export function ewmaThreshold(weight: number, runLength: number): number {
  if (!(runLength >= 10 && runLength <= 1e7)) throw new RangeError(`a run length lies from 10 to 1e7, not at ${runLength}`);
  // The limits of single points are wider than those of any mean of them, but not by much.
  const guess = -normalQuantile(1 / (2 * runLength)) * (1 - 0.3 * Math.sqrt(1 - weight));
  const limit = secantRoot((at) => Math.log(ewmaRunLength({ weight, limit: at }, 0) / runLength), guess);
  if (limit === null) throw new RangeError(`no limit gives the weight ${weight} a run length of ${runLength}`);
  return limit;
}
