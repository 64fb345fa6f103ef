import type { BARE_UNITS, DURATION_UNITS, TWO_PART_CLOCKS } from "./cell-formats.ts";
import { explainNumber, readDecimal, readWhole } from "./cell-number.ts";
import { readDayFraction } from "./day-fraction.ts";
import { type NumberStyle, PLAIN_STYLE } from "./number-style.ts";
import type { Fault } from "./problem-list.ts";
import { readIsoDuration, readWrittenDuration, wholeProduct } from "./written-duration.ts";

export type DurationUnit = (typeof DURATION_UNITS)[number];

/** How a column writes lengths of time. */
export interface DurationWriting {
  readonly unit: DurationUnit;
  /** `auto` only: what a number without a unit means. Without it such a number is refused. */
  readonly bare?: (typeof BARE_UNITS)[number] | undefined;
  /** `auto` only: what `5:30` means. Without it such a text is refused. */
  readonly clock?: (typeof TWO_PART_CLOCKS)[number] | undefined;
}

const CLOCKLIKE = /^(\d{1,7}):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?$/u;
const TWO_PARTS = /^(\d{1,7}):([0-5]\d)$/u;
const MS_PER = { s: 1000, ms: 1, min: 60_000, h: 3_600_000 } as const;

/** Seconds of `h:mm:ss`, to the millisecond where they have a fraction, or NaN. Hours may exceed a day, minutes and seconds may not exceed 59. */
export function readClockDuration(text: string): number {
  const match = CLOCKLIKE.exec(text);
  if (match === null) return NaN;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return match[4] === undefined ? seconds : (seconds * 1000 + Number(match[4].padEnd(3, "0"))) / 1000;
}

/** Milliseconds of `m:ss` or `h:mm`, or NaN. */
function readTwoParts(text: string, clock: (typeof TWO_PART_CLOCKS)[number]): number {
  const match = TWO_PARTS.exec(text);
  return match === null ? NaN : (Number(match[1]) * 60 + Number(match[2])) * (clock === "m:ss" ? 1000 : 60_000);
}

function readNumber(text: string, unit: keyof typeof MS_PER, style: NumberStyle): number {
  const factor = MS_PER[unit];
  const whole = readWhole(text);
  if (whole <= 9_000_000_000_000 / factor) return whole * factor;
  const decimal = readDecimal(text, style);
  return decimal === null ? NaN : wholeProduct(decimal, factor);
}

function writingOf(how: DurationUnit | DurationWriting): DurationWriting {
  return typeof how === "string" ? { unit: how } : how;
}

function readAuto(text: string, { bare, clock }: DurationWriting, style: NumberStyle): number {
  const clocked = Math.round(readClockDuration(text) * 1000);
  if (!Number.isNaN(clocked)) return clocked;
  if (clock !== undefined && TWO_PARTS.test(text)) return readTwoParts(text, clock);
  const written = readWrittenDuration(text, style) ?? readIsoDuration(text);
  if (written !== null) return written.ms;
  return bare === undefined ? NaN : readDuration(text, bare, style);
}

/**
 * Reads a length of time in the unit that the definition names.
 *
 * @returns whole milliseconds, or NaN when the text is not such a length or is finer than a millisecond.
 */
export function readDuration(text: string, how: DurationUnit | DurationWriting, style: NumberStyle = PLAIN_STYLE): number {
  const unit = typeof how === "string" ? how : how.unit;
  switch (unit) {
    case "h:mm:ss":
      return Math.round(readClockDuration(text) * 1000);
    case "m:ss":
    case "h:mm":
      return readTwoParts(text, unit);
    case "day-fraction":
      return readDayFraction(text);
    case "iso-8601":
      return readIsoDuration(text)?.ms ?? NaN;
    case "auto":
      return readAuto(text, writingOf(how), style);
    default:
      return readNumber(text, unit, style);
  }
}

const EXAMPLES: Partial<Record<DurationUnit, readonly [what: string, example: string]>> = {
  "h:mm:ss": ["hours, minutes and seconds", "0:02:14"],
  "m:ss": ["minutes and seconds", "2:14"],
  "h:mm": ["hours and minutes", "7:30"],
  "day-fraction": ["parts of a day", "0.00155"],
  "iso-8601": ["a length of ISO 8601", "PT2M14S"],
  auto: ["a length with its unit", "0:02:14, 2m14s, 134 s or PT2M14S"],
};

/** Why a value of `auto` has two readings, if it has. */
function twoReadings(text: string, { bare, clock }: DurationWriting, style: NumberStyle): Fault | null {
  if (clock === undefined && TWO_PARTS.test(text)) {
    return {
      rule: "ambiguous-duration",
      message: "may be minutes and seconds or hours and minutes",
      remedy: 'Write all three parts (0:05:30 or 5:30:00), or say clock: "m:ss" or clock: "h:mm" for the column in the definition',
    };
  }
  if (bare !== undefined || (readDecimal(text, style) === null && Number.isNaN(readDayFraction(text)))) return null;
  const small = text.startsWith("0.") || /e-/iu.test(text);
  return {
    rule: "ambiguous-duration",
    message: `has no unit: it may be ${small ? "a part of a day or of a second" : `${text} seconds or ${text} minutes`}`,
    remedy: `Write its unit, as in ${text} s, or say bare: ${small ? "day-fraction" : "s"} for the column in the definition`,
  };
}

const NEGATIVE: Fault = {
  rule: "negative",
  message: "is negative",
  remedy: "Send a length of zero or more; leave the cell blank if there is no value",
};

/** Says why a text was refused as a length of time. */
export function explainDuration(text: string, how: DurationUnit | DurationWriting, style: NumberStyle = PLAIN_STYLE): Fault {
  const writing = writingOf(how);
  const { unit } = writing;
  if (/^[-\u2212]/u.test(text)) return NEGATIVE;
  if (text.startsWith("#")) return explainNumber(text, "decimal", style);
  const example = EXAMPLES[unit];
  if (example !== undefined) {
    const double = unit === "auto" ? twoReadings(text, writing, style) : null;
    const written = unit === "auto" ? "with its unit" : unit;
    const remedy = `Write ${example[0]}, e.g. ${example[1]}`;
    return double ?? { rule: "not-a-duration", message: `is not a length of time written ${written}`, remedy };
  }
  if (/^\d+:\d\d(?::\d\d)?$/u.test(text)) {
    return {
      rule: "not-a-duration",
      message: `is a clock text where the definition says ${unit}`,
      remedy: `Send a number of ${unit}, or name the unit h:mm:ss in the definition`,
    };
  }
  if (readDecimal(text, style) !== null)
    return { rule: "too-precise", message: "is finer than a millisecond", remedy: "Round to whole milliseconds" };
  return explainNumber(text, "decimal", style);
}
