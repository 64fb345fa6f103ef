import type { Decimal } from "./decimal.ts";
import type { Ratio } from "./ratio.ts";

/**
 * Rounds a ratio of integers to `dp` decimals, exactly.
 *
 * @param ratio may lie below zero, as a net promoter score may; `den` is positive.
 * @param mode `down` cuts off, towards zero; `half-up` rounds a tie away from zero. Example: 2/3 to 3 places is 0.666 or 0.667.
 */
export function roundRatio(ratio: Ratio, dp: number, mode: "down" | "half-up"): Decimal {
  const scaled = BigInt(ratio.num) * 10n ** BigInt(dp);
  const den = BigInt(ratio.den);
  const whole = scaled / den;
  const rest = scaled % den;
  if (mode === "down" || 2n * (rest < 0n ? -rest : rest) < den) return { mantissa: Number(whole), dp };
  return { mantissa: Number(rest < 0n ? whole - 1n : whole + 1n), dp };
}

/** Compares two decimals exactly: -1, 0 or 1. */
export function compareDecimal(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const left = BigInt(a.mantissa) * 10n ** BigInt(b.dp);
  const right = BigInt(b.mantissa) * 10n ** BigInt(a.dp);
  if (left < right) return -1;
  return left > right ? 1 : 0;
}
