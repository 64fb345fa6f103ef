import { polynomial } from "./polynomial.ts";

const INVERSE_SQRT_2PI = 0.3989422804014327;
const MIDDLE_TO = 0.67448975;
const TAIL_FROM = 5.656854249492381;

/** Coefficients of Cody 1969 (Mathematics of Computation 23:631-637), from the highest power down. */
const MIDDLE = [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356] as const;
const MIDDLE_BELOW = [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.789335026726] as const;
const SHOULDER = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726,
  6848.190450536283, 11602.65143764735, 9842.714838383978,
] as const;
const SHOULDER_BELOW = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097, 34900.95272114598, 38912.00328609327,
  19685.429676859992,
] as const;
const TAIL = [
  0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934, 2.9112874951168793e-5,
] as const;
const TAIL_BELOW = [1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5] as const;

/** P(Z > x) divided by exp(-x^2 / 2), for x above `MIDDLE_TO`. */
function tailFactor(x: number): number {
  if (x <= TAIL_FROM) return polynomial(x, SHOULDER) / polynomial(x, SHOULDER_BELOW);
  const square = 1 / (x * x);
  return (INVERSE_SQRT_2PI - (square * polynomial(square, TAIL)) / polynomial(square, TAIL_BELOW)) / x;
}

/** x in sixteenths, whose square is exact, and what x^2 has beyond that square: so exp(-x^2 / 2) keeps its last digits. */
function squareInTwo(x: number): { coarse: number; rest: number } {
  const short = Math.trunc(x * 16) / 16;
  return { coarse: short * short, rest: (x - short) * (x + short) };
}

/** P(0 < Z < x) in the middle, with the sign of x. */
function middle(x: number): number {
  const square = x * x;
  return (x * polynomial(square, MIDDLE)) / polynomial(square, MIDDLE_BELOW);
}

/**
 * P(Z > x) of the standard normal distribution: the upper tail with all its digits.
 *
 * @param x any number.
 * @returns 0..1, relative error below 1e-15 down to 1e-307. Example: `normalSurvival(10)` is 7.61985302416053e-24.
 */
export function normalSurvival(x: number): number {
  if (Math.abs(x) <= MIDDLE_TO) return 0.5 - middle(x);
  const size = Math.abs(x);
  const { coarse, rest } = squareInTwo(size);
  const tail = size > 40 ? 0 : Math.exp(-0.5 * coarse) * Math.exp(-0.5 * rest) * tailFactor(size);
  return x < 0 ? 1 - tail : tail;
}

/**
 * P(Z <= x) of the standard normal distribution, by the rational approximations of Cody 1969.
 *
 * @param x any number.
 * @returns 0..1, relative error below 1e-15 down to 1e-307. Example: `normalCdf(1.959963984540054)` is 0.975.
 */
export function normalCdf(x: number): number {
  return normalSurvival(-x);
}

/**
 * The natural logarithm of P(Z > x), which goes on where the chance itself is too small for a number.
 *
 * @param x any number up to 1e154.
 * @returns at most 0, relative error below 1e-14. Example: `normalLogSurvival(50)` is -1254.8313611394.
 */
export function normalLogSurvival(x: number): number {
  if (x < MIDDLE_TO) return Math.log1p(-normalSurvival(-x));
  const { coarse, rest } = squareInTwo(x);
  return Math.log(tailFactor(x)) - 0.5 * rest - 0.5 * coarse;
}
