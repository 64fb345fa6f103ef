import { expectedSteps } from "./expected-steps.ts";
import { gaussLegendre } from "./gauss-legendre.ts";

/** An exponentially weighted mean of standard scores: m = (1 - weight) m + weight z from 0, alarm when |m| exceeds its limits. */
export interface EwmaDesign {
  /** Weight of the newest score, 0.01 to 1 ("lambda"). */
  readonly weight: number;
  /** Half width of the limits in standard deviations that the mean has in the long run, above 0 and at most 10 ("L"). */
  readonly limit: number;
}

const INVERSE_SQRT_2PI = 0.3989422804014327;
/** Points for each standard deviation that one step moves the mean, and at least: more adds nothing but rounding. */
const POINTS = { least: 30, perStep: 2.5 };

/**
 * Average run length of a two-sided EWMA chart with the limits of the long run, ±limit √(weight / (2 - weight)), over
 * independent normal scores from 0. Integral equation solved by Gauss-Legendre (Nystrom); Crowder 1987, Technometrics 29:401;
 * Lucas and Saccucci 1990, Technometrics 32:1.
 *
 * @param design `weight` and `limit`.
 * @param shift mean of the scores in standard deviations, from the first observation; its sign does not matter.
 * @returns observations until the alarm, it included; relative error below 1e-8 up to run lengths of 1e6.
 *   Example: weight 0.1 and limit 2.814 give 499.5796 at 0 and 10.3307 at 1.
 * @throws RangeError when a part of the design is out of range.
 */
export function ewmaRunLength({ weight, limit }: EwmaDesign, shift: number): number {
  if (!(weight >= 0.01 && weight <= 1)) throw new RangeError(`the weight lies from 0.01 to 1, not at ${weight}`);
  if (!(limit > 0 && limit <= 10)) throw new RangeError(`the limit lies above 0 and at most at 10, not at ${limit}`);
  const edge = limit * Math.sqrt(weight / (2 - weight));
  const points = Math.ceil(POINTS.least + (POINTS.perStep * 2 * edge) / weight);
  const { nodes, weights } = gaussLegendre(points, -edge, edge);
  // The first state is the start at 0, which nothing returns to.
  const moves = Array.from(Float64Array.of(0, ...nodes), (from) => {
    const row = new Float64Array(points + 1);
    for (const [at, to] of nodes.entries()) {
      const z = (to - (1 - weight) * from) / weight - shift;
      row[at + 1] = (((weights[at] ?? 0) * INVERSE_SQRT_2PI) / weight) * Math.exp(-0.5 * z * z);
    }
    return row;
  });
  return expectedSteps(moves)[0] ?? 1;
}
