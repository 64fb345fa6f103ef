import { betaTails } from "./incomplete-beta.ts";
import { ALL_ABOVE, ALL_BELOW, type Tails } from "./tails.ts";

/** `n` trials, each with the same chance of success. */
export interface Trials {
  /** A whole number >= 0. */
  readonly n: number;
  /** 0..1. */
  readonly p: number;
}

function binomialTails(k: number, { n, p }: Trials): Tails {
  if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`trials are a whole number from 0 on, not ${n}`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a chance lies between 0 and 1, not at ${p}`);
  const whole = Math.floor(k);
  if (whole < 0) return ALL_ABOVE;
  if (whole >= n) return ALL_BELOW;
  const { lower, upper, logLower, logUpper } = betaTails({ x: p, rest: 1 - p }, { a: whole + 1, b: n - whole });
  return { lower: upper, upper: lower, logLower: logUpper, logUpper: logLower };
}

/**
 * P(X <= k) successes, by the incomplete beta function (Abramowitz and Stegun 26.5.24).
 *
 * @param k any number.
 * @returns 0..1, relative error below 1e-12 down to 1e-300 for n up to 10^6. Example: `binomialCdf(3, { n: 10, p: 0.5 })` is 0.171875.
 * @throws RangeError when `n` or `p` is not as said.
 */
export function binomialCdf(k: number, trials: Trials): number {
  return binomialTails(k, trials).lower;
}

/**
 * P(X > k) successes, small ones with all their digits.
 *
 * @returns as `binomialCdf`. Example: `binomialSurvival(3, { n: 10, p: 0.5 })` is 0.828125.
 * @throws RangeError as `binomialCdf`.
 */
export function binomialSurvival(k: number, trials: Trials): number {
  return binomialTails(k, trials).upper;
}
