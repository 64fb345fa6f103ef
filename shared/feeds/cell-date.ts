import { addDays, type Day, WEEKDAYS, weekdayOf } from "../calendar/day.ts";
import { readWhole } from "./cell-number.ts";
import type { DATE_FORMATS } from "./cell-formats.ts";
import { monthOf } from "./month-name.ts";
import type { Fault } from "./problem-list.ts";

export type DateFormat = (typeof DATE_FORMATS)[number];

type Shaped = Exclude<DateFormat, "day-number" | "excel-serial" | "excel-serial-1904">;

const SHAPES = {
  "yyyy-mm-dd": /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/u,
  "yyyy/mm/dd": /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})$/u,
  yyyymmdd: /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)$/u,
  yymmdd: /^(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)$/u,
  "dd/mm/yyyy": /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/u,
  "mm/dd/yyyy": /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/u,
  "dd.mm.yyyy": /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/u,
  "dd-mm-yyyy": /^(?<day>\d{1,2})-(?<month>\d{1,2})-(?<year>\d{4})$/u,
  "dd/mm/yy": /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d\d)$/u,
  "mm/dd/yy": /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d\d)$/u,
  "dd.mm.yy": /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d\d)$/u,
  "d mmm yyyy": /^(?<day>\d{1,2}) (?<word>[A-Za-z]{3,9})\.? (?<year>\d{4})$/u,
  "d-mmm-yyyy": /^(?<day>\d{1,2})-(?<word>[A-Za-z]{3,9})-(?<year>\d{4})$/u,
  "d-mmm-yy": /^(?<day>\d{1,2})-(?<word>[A-Za-z]{3,9})-(?<year>\d\d)$/u,
  "mmm d, yyyy": /^(?<word>[A-Za-z]{3,9})\.? (?<day>\d{1,2}), (?<year>\d{4})$/u,
  "mmm-yy": /^(?<word>[A-Za-z]{3,9})-(?<year>\d\d)$/u,
  "mmm yyyy": /^(?<word>[A-Za-z]{3,9})\.? (?<year>\d{4})$/u,
  "yyyy-mm": /^(?<year>\d{4})-(?<month>\d\d)$/u,
  "yyyy-Www-d": /^(?<year>\d{4})-W(?<week>\d\d)-(?<weekday>[1-7])$/u,
} as const satisfies Record<Shaped, RegExp>;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MOST_DAYS = 84_000;

/** Two digits of a year: 70 to 99 are of the last century, 00 to 69 of this one. Four digits are what they are, `0021` too. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
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

function dayText(year: number, month: number, day: number): Day | null {
  return isCalendarDay(year, month, day) ? `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}` : null;
}

/** The first day of a year's week 1 is the Monday of the week that has 4 January. */
function dayOfWeek(year: number, week: number, weekday: number): Day | null {
  if (week < 1 || week > 53 || !isCalendarDay(year, 1, 4)) return null;
  const fourth = `${year}-01-04`;
  const monday = addDays(fourth, -WEEKDAYS.indexOf(weekdayOf(fourth)));
  const day = addDays(monday, (week - 1) * 7 + weekday - 1);
  // Week 53 of a year that has 52 would be the first of the next.
  const thursday = addDays(monday, (week - 1) * 7 + 3);
  return thursday.startsWith(`${year}-`) && isCalendarDay(Number(day.slice(0, 4)), 1, 1) ? day : null;
}

/** Day 1 of Excel is 1 January 1900, but Excel also counts a 29 February 1900 that never was. */
const DAY_ZERO = { "excel-serial": "1899-12-30", "excel-serial-1904": "1904-01-01" } as const;

function readSerial(text: string, format: keyof typeof DAY_ZERO): Day | null {
  const number = readWhole(text.replace(/\.0{1,9}$/u, ""));
  // Before 1970 no feed begins; the limit also keeps away from the days that Excel miscounts.
  if (!(number >= 24_107 && number <= 109_574)) return null;
  const day = addDays(DAY_ZERO[format], number);
  return day >= "1970-01-01" && day <= "2199-12-31" ? day : null;
}

/**
 * Reads a day in one fixed notation; notations of months give the first of the month.
 *
 * @param firstDay for `day-number`: the day that has number 1.
 * @returns `null` when the text is not in that notation or names no day between 1970 and 2199.
 */
export function readDate(text: string, format: DateFormat, firstDay: Day | undefined): Day | null {
  if (format === "day-number") {
    const number = readWhole(text);
    return number >= 1 && number <= MOST_DAYS && firstDay !== undefined ? addDays(firstDay, number - 1) : null;
  }
  if (format === "excel-serial" || format === "excel-serial-1904") return readSerial(text, format);
  const groups = SHAPES[format].exec(text)?.groups;
  if (groups === undefined) return null;
  const { year: yearText, month, word = "", day = "1", week, weekday } = groups;
  const year = fullYear(yearText ?? "");
  if (week !== undefined) return dayOfWeek(year, Number(week), Number(weekday));
  return dayText(year, month === undefined ? monthOf(word) : Number(month), Number(day));
}

const NO_SERIAL: Fault = {
  rule: "not-a-date",
  message: "is not the number of a day as a spreadsheet counts them",
  remedy: "Send a whole number such as 46082, or name the same column under time with the format day-fraction if it has a time of day",
};

export function explainDate(text: string, format: DateFormat): Fault {
  if (format === "day-number")
    return { rule: "not-a-date", message: "is not a day number", remedy: `Send a whole number from 1 to ${MOST_DAYS}` };
  if (format === "excel-serial" || format === "excel-serial-1904") return NO_SERIAL;
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
