import { type Decimal, parseDecimal } from "../stats/decimal.ts";

/** An exact rational number that is not negative; `den` is positive. Money is rounded once, where it becomes minor units. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

export const NOTHING: Fraction = { num: 0n, den: 1n };
export const ONE: Fraction = { num: 1n, den: 1n };

export function fractionOf(num: number, den = 1): Fraction {
  return { num: BigInt(num), den: BigInt(den) };
}

export function fromDecimal({ mantissa, dp }: Decimal): Fraction {
  return { num: BigInt(mantissa), den: 10n ** BigInt(dp) };
}

/**
 * Reads a share such as `"12.5 %"` exactly: 125/1000.
 *
 * @throws RangeError when it is not a percentage; the agreement's schema refuses that before.
 */
export function readShare(text: string): Fraction {
  const decimal = parseDecimal(text.replace("%", "").trim());
  if (decimal === null || !text.includes("%")) throw new RangeError(`"${text}" is not a percentage`);
  return multiply(fromDecimal(decimal), { num: 1n, den: 100n });
}

/** @throws RangeError when the text is not a plain decimal; the agreement's schema refuses that before. */
export function readFactor(text: string | undefined): Fraction {
  const decimal = parseDecimal(text ?? "1");
  if (decimal === null) throw new RangeError(`"${text}" is not a factor`);
  return fromDecimal(decimal);
}

export function multiply(...factors: readonly Fraction[]): Fraction {
  return factors.reduce((product, { num, den }) => ({ num: product.num * num, den: product.den * den }), ONE);
}

export function add(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

/** @returns the distance between the two, which is not negative. */
export function distance(a: Fraction, b: Fraction): Fraction {
  const num = a.num * b.den - b.num * a.den;
  return { num: num < 0n ? -num : num, den: a.den * b.den };
}

export function isLess(a: Fraction, b: Fraction): boolean {
  return a.num * b.den < b.num * a.den;
}

/** The nearest integer, a tie upwards. Example: 1/2 is 1, 2/3 is 1, 1/3 is 0. */
export function roundHalfUp({ num, den }: Fraction): number {
  return Number((num * 2n + den) / (den * 2n));
}
