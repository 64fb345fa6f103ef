import type { Decimal } from "../stats/decimal.ts";

/** The agreed level as one exact quotient that the exact figure has to reach, any agreed rounding worked in. */
export interface Limit {
  readonly side: "at-least" | "at-most";
  readonly num: bigint;
  readonly den: bigint;
  /** Whether the limit itself is already on the wrong side. */
  readonly strict: boolean;
}

export interface AgreedRounding {
  /** Decimals of the exact figure's own unit that are kept; negative for whole tens, hundreds. */
  readonly places: number;
  readonly mode: "down" | "half-up";
}

function floorDivide(a: bigint, b: bigint): bigint {
  return a >= 0n || a % b === 0n ? a / b : a / b - 1n;
}

/**
 * The limit for the exact figure that means the same as comparing the rounded figure with the level. Example: "at least 80 %",
 * rounded half up to whole percents, is "at least 79.5 %"; "at most 5 %" is "below 5.5 %".
 */
export function limitOf(side: Limit["side"], level: Decimal, rounding: AgreedRounding | null): Limit {
  const dp = Math.max(level.dp, rounding?.places ?? 0) + 1;
  const den = 10n ** BigInt(dp);
  const num = BigInt(level.mantissa) * 10n ** BigInt(dp - level.dp);
  if (rounding === null) return { side, num, den, strict: false };
  const unit = 10n ** BigInt(dp - rounding.places);
  const half = rounding.mode === "half-up" ? unit / 2n : 0n;
  if (side === "at-least") return { side, num: -floorDivide(-num, unit) * unit - half, den, strict: false };
  return { side, num: floorDivide(num, unit) * unit + (rounding.mode === "half-up" ? half : unit), den, strict: true };
}

export function limitNumber({ num, den }: Limit): number {
  return Number(num) / Number(den);
}

/** Of a share: the part that must be good, 0.8 for "at least 80 %", 0.95 for "at most 5 %". */
export function goodShare(limit: Limit): number {
  return limit.side === "at-least" ? limitNumber(limit) : Number(limit.den - limit.num) / Number(limit.den);
}

function goodNumerator({ side, num, den }: Limit): bigint {
  return side === "at-least" ? num : den - num;
}

/**
 * The fewest good ones among `n` with which the limit is kept: ceil(T n). Exact.
 *
 * Example: 80 % of 58,503 need 46,803 (design story).
 */
export function goodNeeded(limit: Limit, n: number): number {
  const product = goodNumerator(limit) * BigInt(n);
  return Number(limit.strict ? floorDivide(product, limit.den) + 1n : -floorDivide(-product, limit.den));
}

/**
 * Misses in a row that are affordable right now: floor((good - T n) / T), at least 0; `null` where any number is.
 *
 * Example: 850 of 1,000 at 80 % can afford 62 (domain reference 3.4).
 */
export function headroomOf(limit: Limit, { good, n }: { readonly good: number; readonly n: number }): number | null {
  const share = goodNumerator(limit);
  if (share <= 0n) return null;
  const spare = BigInt(good) * limit.den - share * BigInt(n) - (limit.strict ? 1n : 0n);
  return Math.max(0, Number(floorDivide(spare, share)));
}
