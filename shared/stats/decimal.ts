/** An exact decimal: `mantissa / 10^dp`. Thresholds and claims are kept this way so that no comparison ever meets a float. */
export interface Decimal {
  readonly mantissa: number;
  readonly dp: number;
}

const GRAMMAR = /^(-?)(\d{1,15})(?:\.(\d{1,9}))?$/u;

/**
 * Reads a plain decimal such as `80`, `0.805` or `-3.2`.
 *
 * @param text digits with an optional point; no exponent, no grouping, no unit.
 * @returns the exact value, or `null` when the text is not such a number or exceeds 2^53 - 1 in its mantissa.
 */
export function parseDecimal(text: string): Decimal | null {
  const match = GRAMMAR.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", fraction = ""] = match;
  const mantissa = Number(`${sign}${whole}${fraction}`);
  return Number.isSafeInteger(mantissa) ? { mantissa: mantissa === 0 ? 0 : mantissa, dp: fraction.length } : null;
}

/** Moves the decimal point: `shiftDecimal({ mantissa: 80, dp: 0 }, -2)` is 0.80. Exact in both directions. */
export function shiftDecimal(value: Decimal, places: number): Decimal {
  const dp = value.dp - places;
  return dp >= 0 ? { mantissa: value.mantissa, dp } : { mantissa: value.mantissa * 10 ** -dp, dp: 0 };
}

/** The nearest float, for charts and labels only. */
export function decimalToNumber(value: Decimal): number {
  return value.mantissa / 10 ** value.dp;
}
