import { shareDeviance } from "./deviance.ts";
import { stirlingRest } from "./log-gamma.ts";
import { ALL_ABOVE, ALL_BELOW, type Scaled, type Tails, tailsFrom } from "./tails.ts";

/** Two numbers above 0; the mean is a / (a + b). */
export interface BetaShapes {
  readonly a: number;
  readonly b: number;
}

/** A share and what is left to 1, given apart so that no digit of the smaller one is lost. */
export interface Share {
  readonly x: number;
  readonly rest: number;
}

const MOST_STEPS = 200_000;
const TINY = 1e-300;

export function checkShapes({ a, b }: BetaShapes): void {
  if (!(a > 0 && b > 0 && a + b < Infinity)) throw new RangeError(`a beta distribution needs two numbers above 0, not ${a} and ${b}`);
}

/** 1 / B(a, b) without its part that `shareDeviance` brings. */
export function betaFactor({ a, b }: BetaShapes): number {
  return Math.sqrt(((a / (a + b)) * b) / (2 * Math.PI)) * Math.exp(stirlingRest(a + b) - stirlingRest(a) - stirlingRest(b));
}

/** x^a (1 - x)^b / B(a, b). */
export function betaFront({ x, rest }: Share, shapes: BetaShapes): Scaled {
  return { factor: betaFactor(shapes), exponent: -shareDeviance({ x, y: rest }, shapes) };
}

/** Keeps a partial denominator of the continued fraction away from 0. */
function apart(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** The continued fraction by Lentz's method (Numerical Recipes 6.4, after Abramowitz and Stegun 26.5.8); quick for x < (a+1)/(a+b+2). */
function fraction(x: number, { a, b }: BetaShapes): number {
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m <= MOST_STEPS; m++) {
    const even = (((m * (b - m)) / (a + 2 * m - 1)) * x) / (a + 2 * m);
    d = 1 / apart(1 + even * d);
    c = apart(1 + even / c);
    product *= d * c;
    const odd = (((-(a + m) * (a + b + m)) / (a + 2 * m)) * x) / (a + 2 * m + 1);
    d = 1 / apart(1 + odd * d);
    c = apart(1 + odd / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < 5e-16) break;
  }
  return product;
}

/** Both tails, when x^a (1 - x)^b / B(a, b) is known. */
export function betaTailsFrom(front: Scaled, { x, rest }: Share, { a, b }: BetaShapes): Tails {
  return x < (a + 1) / (a + b + 2)
    ? tailsFrom("lower", { ...front, factor: (front.factor * fraction(x, { a, b })) / a })
    : tailsFrom("upper", { ...front, factor: (front.factor * fraction(rest, { a: b, b: a })) / b });
}

/**
 * The regularised incomplete beta function I_x(a, b) and its complement: P(X <= x) and P(X > x) of the beta distribution.
 *
 * @param share x from 0 to 1, and 1 - x.
 * @param shapes above 0.
 * @returns relative error of either tail below 1e-12 down to 1e-300, for shapes from 0.01 to 10^6 (docs/drift.md has the
 *   measured ones). Example: x = 0.3, a = 2, b = 5 have 0.579825 and 0.420175.
 * @throws RangeError when a shape is not above 0.
 */
export function betaTails({ x, rest }: Share, shapes: BetaShapes): Tails {
  checkShapes(shapes);
  if (!(x >= 0 && rest >= 0)) throw new RangeError(`a share lies between 0 and 1, not at ${x}`);
  if (x === 0) return ALL_ABOVE;
  if (rest === 0) return ALL_BELOW;
  return betaTailsFrom(betaFront({ x, rest }, shapes), { x, rest }, shapes);
}
