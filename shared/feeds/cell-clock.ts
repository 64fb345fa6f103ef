import type { TIME_FORMATS } from "./cell-formats.ts";
import type { Fault } from "./problem-list.ts";

export type TimeFormat = (typeof TIME_FORMATS)[number];

const SHAPES = {
  "h:mm:ss": /^(\d{1,2}):([0-5]\d):([0-5]\d)$/u,
  "h:mm": /^(\d{1,2}):([0-5]\d)$/u,
  // Switches write these as numbers: 15 is a quarter past midnight.
  hhmm: /^(\d{0,2}?)([0-5]?\d)$/u,
} as const satisfies Record<TimeFormat, RegExp>;

/**
 * Reads a time of day in one fixed notation, without am or pm.
 *
 * @returns milliseconds since midnight as the clock shows them, 0 to 86,399,999, or NaN.
 */
export function readClock(text: string, format: TimeFormat): number {
  const match = SHAPES[format].exec(text);
  if (match === null) return NaN;
  const hours = Number(match[1]);
  return hours > 23 ? NaN : ((hours * 60 + Number(match[2])) * 60 + Number(match[3] ?? 0)) * 1000;
}

export function explainClock(text: string, format: TimeFormat): Fault {
  const remedy = /[ap]\.?m\.?$/iu.test(text)
    ? "Write the 24-hour clock, 14:30 instead of 2:30 pm"
    : `Write times as ${format} on the 24-hour clock, 0:00 to 23:59`;
  return { rule: "not-a-clock-time", message: `is not a time of day written ${format}`, remedy };
}
