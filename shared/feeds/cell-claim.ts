import { parseDecimal } from "../stats/decimal.ts";
import type { Claim } from "./canonical.ts";
import { explainDuration, readClockDuration } from "./cell-duration.ts";
import { explainNumber, readDecimal, readWhole } from "./cell-number.ts";
import type { CLAIM_UNITS } from "./cell-formats.ts";
import type { Fault } from "./problem-list.ts";

export type ClaimUnit = (typeof CLAIM_UNITS)[number];

/**
 * Reads a printed figure without losing a digit: `94.01%` becomes 9401 / 10^4, `0:02:14` becomes 134 seconds.
 *
 * @returns `null` when the text is not such a figure, or a ratio is above one.
 */
export function readClaim(text: string, unit: ClaimUnit): Claim | null {
  if (unit === "h:mm:ss") {
    const seconds = readClockDuration(text);
    return Number.isNaN(seconds) ? null : { mantissa: seconds, dp: 0 };
  }
  if (unit === "points") return readPoints(text);
  if (unit === "ms") {
    const whole = readWhole(text);
    return Number.isNaN(whole) ? null : { mantissa: whole, dp: 3 };
  }
  const decimal = readDecimal(unit === "percent" ? text.replace(/[ \u00a0]?%$/u, "") : text);
  if (decimal === null || unit === "score" || unit === "s") return decimal;
  const { mantissa } = decimal;
  const dp = unit === "percent" ? decimal.dp + 2 : decimal.dp;
  return mantissa > 10 ** dp ? null : { mantissa, dp };
}

/** Points such as those of a net promoter score, which may lie below zero. */
function readPoints(text: string): Claim | null {
  const points = parseDecimal(text);
  return points !== null && Math.abs(points.mantissa) <= 100 * 10 ** points.dp ? points : null;
}

/** Says why a text was refused as a printed figure. */
export function explainClaim(text: string, unit: ClaimUnit): Fault {
  if (unit === "h:mm:ss" || unit === "s") return explainDuration(text, unit);
  if (unit === "ms" || unit === "score") return explainNumber(text, unit === "ms" ? "whole" : "decimal");
  if (unit === "points") {
    return {
      rule: "points-off-scale",
      message: "is not a number of points from -100 to 100",
      remedy: "Write plain points such as 35 or -12.5",
    };
  }
  const number = unit === "percent" ? text.replace(/[ \u00a0]?%$/u, "") : text;
  if (readDecimal(number) !== null) {
    const other = unit === "percent" ? "fraction" : "percent";
    return {
      rule: "ratio-above-one",
      message: `is more than the whole, as ${unit} read`,
      remedy: `Check the unit: the definition says ${unit}, the column may hold ${other}`,
    };
  }
  return explainNumber(number, "decimal");
}
