import type { Decimal } from "../stats/decimal.ts";
import type { Ratio } from "../stats/ratio.ts";
import { roundRatio } from "../stats/round.ts";

/**
 * Rounds a figure of either sign, a negative one as its positive twin.
 *
 * @param places decimals; below 0 to tens, hundreds and so on: 180,499 to -3 places is 180,000.
 */
export function roundSigned(value: Ratio, places: number, mode: "down" | "half-up"): Decimal {
  const factor = places < 0 ? 10 ** -places : 1;
  const sign = value.num < 0 ? -1 : 1;
  const dp = Math.max(0, places);
  const { mantissa } = roundRatio({ num: sign * value.num, den: value.den * factor }, dp, mode);
  return { mantissa: mantissa === 0 ? 0 : sign * mantissa * factor, dp };
}
