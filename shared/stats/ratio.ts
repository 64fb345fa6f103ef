import type { Decimal } from "./decimal.ts";

/** An exact quotient of two integers. `den` is positive; a ratio with nothing in its denominator does not exist. */
export interface Ratio {
  readonly num: number;
  readonly den: number;
}

/**
 * Compares a ratio with a decimal exactly, by cross-multiplication in integers of any size.
 *
 * @returns -1, 0 or 1 for less, equal, greater. Example: 60/75 against 0.80 is 0.
 */
export function compareRatio(ratio: Ratio, limit: Decimal): -1 | 0 | 1 {
  const left = BigInt(ratio.num) * 10n ** BigInt(limit.dp);
  const right = BigInt(limit.mantissa) * BigInt(ratio.den);
  if (left < right) return -1;
  return left > right ? 1 : 0;
}
