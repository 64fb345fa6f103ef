import { climb } from "./climb.ts";
import { gammaFront, gammaTails } from "./incomplete-gamma.ts";
import { logGamma } from "./log-gamma.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** Below e to this a tail is its leading term: what follows would not change a digit. */
const LEADING_TERM_TO = -600;

/**
 * P(X <= x) of the gamma distribution of scale 1.
 *
 * @param x 0 or above.
 * @param shape above 0.
 * @returns 0..1, accurate as `gammaTails` says. Example: `gammaCdf(2, 3)` is 0.3233235838.
 * @throws RangeError when `shape` is not above 0 or `x` is below 0.
 */
export function gammaCdf(x: number, shape: number): number {
  return gammaTails(x, shape).lower;
}

/**
 * P(X > x) of the gamma distribution of scale 1, small ones with all their digits.
 *
 * @returns 0..1. Example: `gammaSurvival(2, 3)` is 0.6766764162.
 * @throws RangeError as `gammaCdf`.
 */
export function gammaSurvival(x: number, shape: number): number {
  return gammaTails(x, shape).upper;
}

/** ln x by Wilson and Hilferty's cube (1931), not left of where the lower tail's leading term alone would put it. */
function firstGuess(lower: number, z: number, shape: number): number {
  const leading = (Math.log(lower) + logGamma(shape + 1)) / shape;
  const cube = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return shape >= 0.5 && cube > 0 ? Math.max(leading, Math.log(shape) + 3 * Math.log(cube)) : leading;
}

function quantile(p: number, side: "lower" | "upper", shape: number): number {
  if (!(shape > 0 && shape < Infinity)) throw new RangeError(`a gamma distribution needs a shape above 0, not ${shape}`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  if (p === 0 || p === 1) return (p === 0) === (side === "lower") ? 0 : Infinity;
  const isLower = p <= 0.5 === (side === "lower");
  const tail = Math.min(p, 1 - p);
  const start = firstGuess(isLower ? tail : 1 - tail, (isLower ? 1 : -1) * normalQuantile(tail), shape);
  if (start < LEADING_TERM_TO) return Math.exp(start);
  const logX = climb(Math.log(tail), start, {
    scale: 1 / Math.sqrt(shape),
    at: (place) => {
      const x = Math.exp(place);
      const front = gammaFront(x, shape);
      const { logLower, logUpper } = gammaTails(x, shape);
      const log = isLower ? logLower : logUpper;
      const slope = Math.exp(Math.log(front.factor) + front.exponent - log);
      return { log, slope: isLower ? slope : -slope };
    },
  });
  return Math.exp(logX);
}

/**
 * The x below which a number of the gamma distribution of scale 1 lies with probability `p`: the inverse of `gammaCdf`.
 *
 * @param p 0..1.
 * @param shape above 0.
 * @returns 0 to Infinity, relative error below 1e-12 for shapes from 0.1 to 10^6. Example: `gammaQuantile(0.025, 4)` is 1.0898653736.
 * @throws RangeError when `p` is not a probability or `shape` is not above 0.
 */
export function gammaQuantile(p: number, shape: number): number {
  return quantile(p, "lower", shape);
}

/**
 * The x above which a number of the gamma distribution of scale 1 lies with probability `p`.
 *
 * @returns as `gammaQuantile`. Example: `gammaUpperQuantile(0.025, 4)` is 8.7672730697.
 * @throws RangeError as `gammaQuantile`.
 */
export function gammaUpperQuantile(p: number, shape: number): number {
  return quantile(p, "upper", shape);
}
