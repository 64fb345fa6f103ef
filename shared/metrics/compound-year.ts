import type { Ratio } from "../stats/ratio.ts";

const STEPS = 10n ** 12n;

/**
 * The share lost in a year of which every month loses the same share: 1 - (1 - m)^12, rounded half up to 12 decimals.
 *
 * @param month 0 or more; a month that loses everybody or more loses all: 1.
 * @returns over 10^12. Example: 4 % a month is 38.7 % a year, not 48 %; 8 % is 63.2 %, not 96 % (domain reference 2.3).
 */
export function compoundYear(month: Ratio): Ratio {
  const den = BigInt(month.den) ** 12n;
  const kept = BigInt(Math.max(0, month.den - month.num)) ** 12n;
  const lost = (2n * (den - kept) * STEPS + den) / (2n * den);
  return { num: Number(lost), den: Number(STEPS) };
}
