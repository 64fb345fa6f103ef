import { addDays, type Day } from "../calendar/day.ts";
import { readWhole } from "./cell-number.ts";
import type { DATE_FORMATS } from "./cell-formats.ts";
import type { Fault } from "./problem-list.ts";

export type DateFormat = (typeof DATE_FORMATS)[number];

const SHAPES = {
  "yyyy-mm-dd": /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/u,
  yyyymmdd: /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)$/u,
  yymmdd: /^(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)$/u,
  "dd/mm/yyyy": /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/u,
  "mm/dd/yyyy": /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/u,
} as const satisfies Record<Exclude<DateFormat, "day-number">, RegExp>;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MOST_DAYS = 84_000;

/** Two digits of a year: 70 to 99 are of the last century, 00 to 69 of this one. */
function fullYear(year: number): number {
  if (year >= 100) return year;
  return year >= 70 ? 1900 + year : 2000 + year;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether the numbers name a day between 1970 and 2199. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1970 || year > 2199 || day < 1) return false;
  const length = month === 2 && isLeap(year) ? 29 : MONTH_DAYS[month - 1];
  return length !== undefined && day <= length;
}

/**
 * Reads a day in one fixed notation.
 *
 * @param firstDay for `day-number`: the day that has number 1.
 * @returns `null` when the text is not in that notation or names no day between 1970 and 2199.
 */
export function readDate(text: string, format: DateFormat, firstDay: Day | undefined): Day | null {
  if (format === "day-number") {
    const number = readWhole(text);
    return number >= 1 && number <= MOST_DAYS && firstDay !== undefined ? addDays(firstDay, number - 1) : null;
  }
  const groups = SHAPES[format].exec(text)?.groups;
  if (groups === undefined) return null;
  const [year, month, day] = [fullYear(Number(groups["year"])), Number(groups["month"]), Number(groups["day"])];
  if (!isCalendarDay(year, month, day)) return null;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

export function explainDate(text: string, format: DateFormat): Fault {
  if (format === "day-number")
    return { rule: "not-a-date", message: "is not a day number", remedy: `Send a whole number from 1 to ${MOST_DAYS}` };
  if (SHAPES[format].test(text)) {
    return {
      rule: "no-such-day",
      message: "names no day of the calendar between 1970 and 2199",
      remedy: `Check day, month and their order: the definition says ${format}`,
    };
  }
  return {
    rule: "not-a-date",
    message: `is not a date written ${format}`,
    remedy: `Write dates as ${format}, or change the format in the feed's definition`,
  };
}
