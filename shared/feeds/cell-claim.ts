import { parseDecimal } from "../stats/decimal.ts";
import type { Claim } from "./canonical.ts";
import { type DurationWriting, explainDuration, readClockDuration, readDuration } from "./cell-duration.ts";
import { explainNumber, readDecimal, readWhole } from "./cell-number.ts";
import type { CLAIM_UNITS } from "./cell-formats.ts";
import { type NumberStyle, PLAIN_STYLE, plainNumber } from "./number-style.ts";
import type { Fault } from "./problem-list.ts";
import { readWrittenDuration } from "./written-duration.ts";

export type ClaimUnit = (typeof CLAIM_UNITS)[number];

/** How a column prints its figures; `bare` and `clock` as for lengths of time. */
export interface ClaimWriting extends Pick<DurationWriting, "bare" | "clock"> {
  readonly unit: ClaimUnit;
}

function writingOf(how: ClaimUnit | ClaimWriting): ClaimWriting {
  return typeof how === "string" ? { unit: how } : how;
}

const SIGN = /[ \u00a0\u202f]?%$/u;

/**
 * Reads a printed figure without losing a digit: `94.01%` becomes 9401 / 10^4, `0:02:14` becomes 134 seconds.
 *
 * @returns `null` when the text is not such a figure, or a ratio is above one.
 */
export function readClaim(text: string, how: ClaimUnit | ClaimWriting, style: NumberStyle = PLAIN_STYLE): Claim | null {
  const { unit, bare, clock } = writingOf(how);
  switch (unit) {
    case "h:mm:ss":
      return secondsOf(text, readClockDuration(text) * 1000);
    case "m:ss":
      return secondsOf(text, readDuration(text, "m:ss"));
    case "auto":
      return isCoarse(text, style) ? null : secondsOf(text, readDuration(text, { unit, bare, clock }, style));
    case "points":
      return readPoints(plainNumber(text, style) ?? "");
    case "ms": {
      const whole = readWhole(text);
      return Number.isNaN(whole) ? null : { mantissa: whole, dp: 3 };
    }
    case "score":
    case "s":
      return readDecimal(text, style);
    default:
      return readShare(text, unit, style);
  }
}

/** Milliseconds as seconds, with as many decimals as they need. */
function secondsOf(text: string, exactMs: number): Claim | null {
  const ms = Math.round(exactMs);
  if (Number.isNaN(ms)) return null;
  // Milliseconds are printed to the millisecond, even where they end in zeros.
  const dp = /ms|msec|milli/iu.test(text) ? 3 : ([0, 1, 2].find((places) => (ms * 10 ** places) % 1000 === 0) ?? 3);
  return { mantissa: (ms * 10 ** dp) / 1000, dp };
}

/** Whether a length is printed in minutes or longer units: no digit of it says how far it was rounded in seconds. */
function isCoarse(text: string, style: NumberStyle): boolean {
  const finest = readWrittenDuration(text, style)?.finest;
  return finest === "min" || finest === "h" || finest === "d";
}

/** A share as percent or as fraction, whichever the column holds, or whichever the sign and the size say. */
function readShare(text: string, unit: "percent" | "fraction" | "percent-or-fraction", style: NumberStyle): Claim | null {
  const signed = SIGN.test(text);
  const decimal = readDecimal(unit === "fraction" ? text : text.replace(SIGN, ""), style);
  if (decimal === null) return null;
  const { mantissa } = decimal;
  const one = 10 ** decimal.dp;
  // A lone 1 may be one percent or all of them.
  if (unit === "percent-or-fraction" && !signed && mantissa === one) return null;
  const percent = unit === "percent" || (unit === "percent-or-fraction" && (signed || mantissa > one));
  const dp = percent ? decimal.dp + 2 : decimal.dp;
  return mantissa > 10 ** dp ? null : { mantissa, dp };
}

/** Points such as those of a net promoter score, which may lie below zero. */
function readPoints(text: string): Claim | null {
  const points = parseDecimal(text);
  return points !== null && Math.abs(points.mantissa) <= 100 * 10 ** points.dp ? points : null;
}

const COARSE: Fault = {
  rule: "too-coarse",
  message: "is printed in minutes or longer units, so nothing can be compared with it",
  remedy: "Print seconds, as in 0:03:12 or 192 s",
};
const OFF_SCALE: Fault = {
  rule: "points-off-scale",
  message: "is not a number of points from -100 to 100",
  remedy: "Write plain points such as 35 or -12.5",
};
const LONE_ONE: Fault = {
  rule: "ambiguous-ratio",
  message: "has no percent sign: it may be 1 percent or the whole",
  remedy: "Write 1% or 100%, or name the unit percent or fraction in the definition",
};

/** Says why a text was refused as a printed figure. */
export function explainClaim(text: string, how: ClaimUnit | ClaimWriting, style: NumberStyle = PLAIN_STYLE): Fault {
  const { unit, bare, clock } = writingOf(how);
  if (unit === "auto") return isCoarse(text, style) ? COARSE : explainDuration(text, { unit, bare, clock }, style);
  if (unit === "h:mm:ss" || unit === "m:ss" || unit === "s") return explainDuration(text, unit, style);
  if (unit === "ms" || unit === "score") return explainNumber(text, unit === "ms" ? "whole" : "decimal", style);
  return unit === "points" ? OFF_SCALE : explainShare(text, unit, style);
}

function explainShare(text: string, unit: "percent" | "fraction" | "percent-or-fraction", style: NumberStyle): Fault {
  const number = unit === "fraction" ? text : text.replace(SIGN, "");
  const decimal = readDecimal(number, style);
  if (decimal === null) return explainNumber(number, "decimal", style);
  if (unit === "percent-or-fraction" && !SIGN.test(text) && decimal.mantissa === 10 ** decimal.dp) return LONE_ONE;
  const other = unit === "percent" ? "fraction" : "percent";
  return {
    rule: "ratio-above-one",
    message: `is more than the whole, as ${unit} read`,
    remedy: `Check the unit: the definition says ${unit}, the column may hold ${other}`,
  };
}
