import { isCalendarDay } from "./cell-date.ts";
import { readWhole } from "./cell-number.ts";
import type { INSTANT_FORMATS } from "./cell-formats.ts";
import type { Fault } from "./problem-list.ts";

export type InstantFormat = (typeof INSTANT_FORMATS)[number];

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:Z|([+-])([01]\d):?([0-5]\d))$/u;

function readIso(text: string): number {
  const match = ISO.exec(text);
  if (match === null) return NaN;
  const [year, month, day, hour, minute, second] = [match[1], match[2], match[3], match[4], match[5], match[6] ?? "0"].map(Number);
  if (year === undefined || month === undefined || day === undefined || !isCalendarDay(year, month, day)) return NaN;
  const [fraction = "", sign = "+", offsetHours = "0", offsetMinutes = "0"] = match.slice(7);
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === "-" ? -60_000 : 60_000);
  return Date.UTC(year, month - 1, day, hour, minute, second) + Number(fraction.slice(0, 3).padEnd(3, "0")) - offset;
}

/** March 1973. Seconds of our time would be milliseconds of January 1970, so earlier ones are never meant. */
const EARLIEST_MS = 100_000_000_000;

/**
 * Reads a point in time that needs no zone.
 *
 * @returns UTC milliseconds between 1970 (`epoch-ms`: 1973) and 2199, anything finer cut off; NaN when the text is not one.
 */
export function readInstant(text: string, format: InstantFormat): number {
  const ms = format === "iso-8601" ? readIso(text) : readWhole(text) * (format === "epoch-s" ? 1000 : 1);
  return ms >= (format === "epoch-ms" ? EARLIEST_MS : 0) && ms <= 7_258_118_399_999 ? ms : NaN;
}

export function explainInstant(text: string, format: InstantFormat): Fault {
  if (format === "epoch-ms" && readWhole(text) < EARLIEST_MS)
    return {
      rule: "not-an-instant",
      message: "is before 1973 in milliseconds: it may be seconds",
      remedy: "Say epoch-s in the definition, or send milliseconds",
    };
  if (format !== "iso-8601") {
    return {
      rule: "not-an-instant",
      message: `is not a number of ${format === "epoch-s" ? "seconds" : "milliseconds"} since 1970`,
      remedy: "Send plain digits, UTC",
    };
  }
  const local = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/u.test(text);
  const remedy = local
    ? "Add the offset, e.g. 2026-03-01T09:00:00+01:00, or Z for UTC"
    : "Write 2026-03-01T09:00:00Z or with an offset such as +01:00";
  return { rule: "not-an-instant", message: local ? "has no offset from UTC" : "is not a point in time in ISO 8601", remedy };
}
