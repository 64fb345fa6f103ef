import { climb } from "./climb.ts";
import { type BetaShapes, betaFactor, betaFront, betaTails, checkShapes } from "./incomplete-beta.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** Below e to this a tail is its leading term: what follows would not change a digit. */
const LEADING_TERM_TO = -600;

/**
 * P(X <= x) of the beta distribution.
 *
 * @param x 0..1.
 * @returns 0..1, accurate as `betaTails` says. Example: `betaCdf(0.3, { a: 2, b: 5 })` is 0.579825.
 * @throws RangeError when a shape is not above 0 or `x` is not in 0..1.
 */
export function betaCdf(x: number, shapes: BetaShapes): number {
  return betaTails({ x, rest: 1 - x }, shapes).lower;
}

/**
 * P(X > x) of the beta distribution, small ones with all their digits.
 *
 * @returns 0..1. Example: `betaSurvival(0.3, { a: 2, b: 5 })` is 0.420175.
 * @throws RangeError as `betaCdf`.
 */
export function betaSurvival(x: number, shapes: BetaShapes): number {
  return betaTails({ x, rest: 1 - x }, shapes).upper;
}

/** ln(x / (1 - x)) of the x below which lies `p`, at most some 0.5: on this scale the logarithm of the tail is concave. */
function logOddsBelow(p: number, { a, b }: BetaShapes): number {
  const logFactor = Math.log(betaFactor({ a, b }));
  const fromLeft = (Math.log(p) + Math.log(a) - logFactor + a * Math.log(a / (a + b)) + b * Math.log(b / (a + b))) / a;
  if (fromLeft < LEADING_TERM_TO) return fromLeft;
  const scale = Math.sqrt(1 / a + 1 / b);
  const asNormal = Math.log(a / b) + normalQuantile(p) * scale;
  return climb(Math.log(p), a >= 1 && b >= 1 ? Math.max(fromLeft, asNormal) : fromLeft, {
    scale,
    at: (logOdds) => {
      const share = { x: 1 / (1 + Math.exp(-logOdds)), rest: 1 / (1 + Math.exp(logOdds)) };
      const front = betaFront(share, { a, b });
      const log = betaTails(share, { a, b }).logLower;
      return { log, slope: Math.exp(Math.log(front.factor) + front.exponent - log) };
    },
  });
}

/**
 * ln(x / (1 - x)) of a quantile of the beta distribution: what stays exact where x itself is next to 0 or 1.
 *
 * @param p above 0 and below 1: below x when `side` is `lower`, above it when `upper`.
 * @throws RangeError when a shape is not above 0.
 */
export function betaLogOdds(p: number, side: "lower" | "upper", shapes: BetaShapes): number {
  checkShapes(shapes);
  const [tail, near] = p <= 0.5 ? [p, side] : [1 - p, side === "lower" ? "upper" : "lower"];
  return near === "lower" ? logOddsBelow(tail, shapes) : -logOddsBelow(tail, { a: shapes.b, b: shapes.a });
}

function quantile(p: number, side: "lower" | "upper", shapes: BetaShapes): number {
  checkShapes(shapes);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  if (p === 0 || p === 1) return (p === 0) === (side === "lower") ? 0 : 1;
  return 1 / (1 + Math.exp(-betaLogOdds(p, side, shapes)));
}

/**
 * The x below which a number of the beta distribution lies with probability `p`: the inverse of `betaCdf`, by Newton's method.
 *
 * @param p 0..1.
 * @returns 0..1, relative error below 1e-12 for shapes from 0.1 to 10^6. Example: `betaQuantile(0.025, { a: 4, b: 2 })`
 *   is 0.2835820638.
 * @throws RangeError when `p` is not a probability or a shape is not above 0.
 */
export function betaQuantile(p: number, shapes: BetaShapes): number {
  return quantile(p, "lower", shapes);
}

/**
 * The x above which a number of the beta distribution lies with probability `p`: for small `p` it keeps digits that 1 - p would lose.
 *
 * @returns 0..1, as `betaQuantile`. Example: `betaUpperQuantile(0.025, { a: 5, b: 1 })` is 0.9949492366.
 * @throws RangeError as `betaQuantile`.
 */
export function betaUpperQuantile(p: number, shapes: BetaShapes): number {
  return quantile(p, "upper", shapes);
}
