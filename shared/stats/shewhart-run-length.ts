import { normalCdf } from "./normal.ts";

/**
 * Average run length of a Shewhart chart: observations until one lies beyond the limits, it included.
 *
 * @param limit half width in standard deviations, at least 0.
 * @param shift mean of the independent normal scores in standard deviations; its sign does not matter.
 * @returns at least 1. Example: 3 gives 370.3983 at 0 and 43.8947 at 1.
 */
export function shewhartRunLength(limit: number, shift: number): number {
  return 1 / (normalCdf(-limit - shift) + normalCdf(shift - limit));
}
