import type { Decimal } from "../stats/decimal.ts";
import { explainNumber, readDecimal, readWhole } from "./cell-number.ts";
import type { DURATION_UNITS } from "./cell-formats.ts";
import type { Fault } from "./problem-list.ts";

export type DurationUnit = (typeof DURATION_UNITS)[number];

const CLOCKLIKE = /^(\d{1,7}):([0-5]\d):([0-5]\d)$/u;
const MS_PER = { s: 1000, ms: 1, min: 60_000 } as const;

/** `value` times `factor` where that is a whole number, else NaN. */
function wholeProduct({ mantissa, dp }: Decimal, factor: number): number {
  const product = BigInt(mantissa) * BigInt(factor);
  const scale = 10n ** BigInt(dp);
  return product % scale === 0n ? Number(product / scale) : NaN;
}

/** Seconds of `h:mm:ss`, or NaN. Hours may exceed a day, minutes and seconds may not exceed 59. */
export function readClockDuration(text: string): number {
  const match = CLOCKLIKE.exec(text);
  return match === null ? NaN : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
}

/**
 * Reads a length of time in the unit that the definition names.
 *
 * @returns whole milliseconds, or NaN when the text is not such a length or is finer than a millisecond.
 */
export function readDuration(text: string, unit: DurationUnit): number {
  if (unit === "h:mm:ss") return readClockDuration(text) * 1000;
  const factor = MS_PER[unit];
  const whole = readWhole(text);
  if (whole <= 9_000_000_000_000 / factor) return whole * factor;
  const decimal = readDecimal(text);
  return decimal === null ? NaN : wholeProduct(decimal, factor);
}

/** Says why a text was refused as a length of time. */
export function explainDuration(text: string, unit: DurationUnit): Fault {
  if (/^[-\u2212]/u.test(text))
    return { rule: "negative", message: "is negative", remedy: "Send a length of zero or more; leave the cell blank if there is no value" };
  if (unit === "h:mm:ss") {
    return {
      rule: "not-a-duration",
      message: "is not a length of time written h:mm:ss",
      remedy: "Write hours, minutes and seconds, e.g. 0:02:14",
    };
  }
  if (/^\d+:\d\d(?::\d\d)?$/u.test(text)) {
    return {
      rule: "not-a-duration",
      message: `is a clock text where the definition says ${unit}`,
      remedy: `Send a number of ${unit}, or name the unit h:mm:ss in the definition`,
    };
  }
  if (readDecimal(text) !== null)
    return { rule: "too-precise", message: "is finer than a millisecond", remedy: "Round to whole milliseconds" };
  return explainNumber(text, "decimal");
}
