import { betaLogOdds } from "./beta.ts";
import { betaFactor, betaTailsFrom } from "./incomplete-beta.ts";

/** Above this its square swallows the 1 beside it. */
const FAR = 1e8;

function checkDegrees(df: number): void {
  if (!(df > 0 && df < Infinity)) throw new RangeError(`degrees of freedom are above 0, not ${df}`);
}

/** P(T > t) for t above 0: half an incomplete beta function of df / (df + t^2), which is not needed itself to say its logarithm. */
function upperTail(t: number, df: number): number {
  const shapes = { a: df / 2, b: 0.5 };
  const ratio = t / Math.sqrt(df);
  const square = ratio * ratio;
  const logSum = ratio > FAR ? 2 * Math.log(ratio) : Math.log1p(square);
  const share = { x: 1 / (1 + square), rest: ratio > FAR ? 1 : square / (1 + square) };
  // The part of the density that Stirling's formula leaves of 1 / B(a, b) has its own powers of the shares.
  const balance = 0.5 * Math.log1p(df) - shapes.a * Math.log1p(-1 / (df + 1));
  const front = { factor: betaFactor(shapes) * Math.sqrt(share.rest), exponent: balance - shapes.a * logSum };
  return 0.5 * betaTailsFrom(front, share, shapes).lower;
}

/**
 * P(T <= t) of Student's t distribution, by the incomplete beta function (Abramowitz and Stegun 26.7.1).
 *
 * @param t any finite number; for a small upper tail ask for -t, which keeps its digits.
 * @param df degrees of freedom, above 0, not necessarily whole.
 * @returns 0..1, relative error below 1e-12 down to 1e-300. Example: `studentTCdf(2.2281388519649385, 10)` is 0.975.
 * @throws RangeError when `df` is not above 0.
 */
export function studentTCdf(t: number, df: number): number {
  checkDegrees(df);
  if (t === 0) return 0.5;
  const tail = upperTail(Math.abs(t), df);
  return t < 0 ? tail : 1 - tail;
}

/**
 * The t below which a number of Student's t distribution lies with probability `p`: the inverse of `studentTCdf`.
 *
 * @param p 0..1; for a small upper tail q use `-studentTQuantile(q, df)`, which keeps its digits.
 * @param df above 0.
 * @returns relative error below 1e-12 for df from 0.2 to 10^6. Example: `studentTQuantile(0.975, 10)` is 2.228138852.
 *   0 gives -Infinity, 1 gives Infinity.
 * @throws RangeError when `p` is not a probability or `df` is not above 0.
 */
export function studentTQuantile(p: number, df: number): number {
  checkDegrees(df);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  if (p === 0.5) return 0;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  const tail = Math.min(p, 1 - p);
  const shapes = { a: df / 2, b: 0.5 };
  const logOdds = tail <= 0.25 ? betaLogOdds(2 * tail, "lower", shapes) : betaLogOdds(1 - 2 * tail, "upper", shapes);
  const size = Math.sqrt(df) * Math.exp(-logOdds / 2);
  return p < 0.5 ? -size : size;
}
