import { logBeta } from "./log-gamma.ts";

const MOST_STEPS = 10_000;
const TINY = 1e-300;

/** Keeps a partial denominator of the continued fraction away from 0. */
function apart(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** The continued fraction of the incomplete beta function by Lentz's method (Numerical Recipes 6.4); converges for x < (a+1)/(a+b+2). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / apart(1 + even * d);
    c = apart(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / apart(1 + odd * d);
    c = apart(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

/** The regularised incomplete beta function; `rest` is 1 - x, given apart so that no digit of it is lost. */
function incompleteBeta(x: number, rest: number, { a, b }: { a: number; b: number }): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log(rest) - logBeta(a, b));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(rest, b, a)) / b;
}

/**
 * P(T <= t) of Student's t distribution, by the incomplete beta function (Abramowitz and Stegun 26.7.1).
 *
 * @param t any finite number.
 * @param df degrees of freedom, above 0, not necessarily whole.
 * @returns 0..1, error below 1e-12. Example: `studentTCdf(2.2281388519649385, 10)` is 0.975.
 * @throws RangeError when `df` is not above 0.
 */
export function studentTCdf(t: number, df: number): number {
  if (!(df > 0)) throw new RangeError(`degrees of freedom are above 0, not ${df}`);
  const tail = 0.5 * incompleteBeta(df / (df + t * t), (t * t) / (df + t * t), { a: df / 2, b: 0.5 });
  return t < 0 ? tail : 1 - tail;
}
