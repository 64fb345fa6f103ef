import { DAY_MS } from "../calendar/day.ts";
import type { TIME_FORMATS } from "./cell-formats.ts";
import { readDayFraction } from "./day-fraction.ts";
import type { Fault } from "./problem-list.ts";

export type TimeFormat = (typeof TIME_FORMATS)[number];
type Single = "h:mm:ss" | "h:mm" | "hhmm" | "h:mm:ss am/pm" | "h:mm am/pm";

const SHAPES = {
  "h:mm:ss": /^(\d{1,2}):([0-5]\d):([0-5]\d)$/u,
  "h:mm": /^(\d{1,2}):([0-5]\d)$/u,
  // Switches write these as numbers: 15 is a quarter past midnight.
  hhmm: /^(\d{0,2}?)([0-5]?\d)$/u,
  "h:mm:ss am/pm": /^(\d{1,2}):([0-5]\d):([0-5]\d)[ \u00a0\u202f]?([ap])\.?m\.?$/iu,
  "h:mm am/pm": /^(\d{1,2}):([0-5]\d)()[ \u00a0\u202f]?([ap])\.?m\.?$/iu,
} as const satisfies Record<Single, RegExp>;
const RANGES: ReadonlyMap<TimeFormat, Single> = new Map([
  ["h:mm - h:mm", "h:mm"],
  ["h:mm am/pm - h:mm am/pm", "h:mm am/pm"],
]);

const LONGEST = 40;

/** The hour of the day of a 12-hour clock: 12 am is midnight, 12 pm is noon. */
function hourOf(hours: number, half: string): number {
  if (hours < 1 || hours > 12) return NaN;
  return (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

function readSingle(text: string, format: Single): number {
  const match = SHAPES[format].exec(text);
  if (match === null) return NaN;
  const half = match[4];
  const hours = half === undefined ? Number(match[1]) : hourOf(Number(match[1]), half);
  return hours <= 23 ? ((hours * 60 + Number(match[2])) * 60 + Number(match[3] ?? 0)) * 1000 : NaN;
}

/** Both ends of an interval written as `09:00 - 09:30`, with any dash; the end may be 24:00. `null` for anything else. */
function readRange(text: string, format: Single): { readonly from: number; readonly to: number } | null {
  if (text.length > LONGEST) return null;
  const [first, last, more] = text.split(/[-\u2013\u2014]/u);
  if (first === undefined || last === undefined || more !== undefined) return null;
  const from = readSingle(first.trim(), format);
  const to = last.trim() === "24:00" && format === "h:mm" ? DAY_MS : readSingle(last.trim(), format);
  return Number.isNaN(from) || Number.isNaN(to) ? null : { from, to };
}

/**
 * Reads a time of day in one fixed notation; of an interval, when it begins.
 *
 * @returns milliseconds since midnight as the clock shows them, 0 to 86,399,999, or NaN.
 */
export function readClock(text: string, format: TimeFormat): number {
  switch (format) {
    case "day-fraction": {
      const ms = readDayFraction(text);
      return ms < DAY_MS ? ms : NaN;
    }
    case "h:mm - h:mm":
      return readRange(text, "h:mm")?.from ?? NaN;
    case "h:mm am/pm - h:mm am/pm":
      return readRange(text, "h:mm am/pm")?.from ?? NaN;
    default:
      return readSingle(text, format);
  }
}

/** How long an interval is that is written with both its ends, over midnight too; `null` where the format has no end, or the text is none. */
export function clockLength(text: string, format: TimeFormat): number | null {
  const single = RANGES.get(format);
  const range = single === undefined ? null : readRange(text, single);
  if (range === null) return null;
  const length = range.to - range.from;
  return length > 0 ? length : length + DAY_MS;
}

export function explainClock(text: string, format: TimeFormat): Fault {
  const halves = format.includes("am/pm");
  const remedy =
    !halves && /[ap]\.?m\.?$/iu.test(text)
      ? "Write the 24-hour clock, 14:30 instead of 2:30 pm, or name a format with am/pm in the feed's definition"
      : `Write times as ${format}${halves ? "" : " on the 24-hour clock, 0:00 to 23:59"}`;
  return { rule: "not-a-clock-time", message: `is not a time of day written ${format}`, remedy };
}
