import { MONTH_FORMATS } from "./cell-formats.ts";
import type { AnyFeed } from "./any-feed.ts";
import type { Contradiction } from "./contradiction.ts";

type Start = AnyFeed["start"];

/** A mark that parts decimals cannot part thousands as well. */
function numberContradictions({ decimal = "point", thousands, format }: AnyFeed): Contradiction[] {
  // A workbook's and a JSON file's own numbers have a point before their decimals, whatever a spreadsheet shows.
  if (thousands === "point" && decimal === "comma" && format.type !== "delimited")
    return [
      {
        path: ["thousands"],
        message: `cannot be point in ${format.type}: its own numbers have decimals there, and 1.234 would count as 1234`,
      },
    ];
  const clash = thousands === decimal || (decimal === "either" && (thousands === "comma" || thousands === "point"));
  return clash
    ? [{ path: ["thousands"], message: `cannot be ${thousands} where decimal is ${decimal}: 1.234 would have two readings` }]
    : [];
}

/** Days and times in one cell: the serial numbers of spreadsheets carry theirs as a part of a day, and nothing else does. */
function momentContradictions(start: Start): Contradiction[] {
  if (!("date" in start) || !("time" in start) || start.time === undefined || start.time.column !== start.date.column) return [];
  const serial = start.date.format.startsWith("excel-serial");
  if (serial === (start.time.format === "day-fraction")) return [];
  return [{ path: ["start", "time", "format"], message: "is day-fraction where the same column is an excel-serial date, and only there" }];
}

function monthContradictions(kind: AnyFeed["kind"], start: Start): Contradiction[] {
  if (!("date" in start) || kind === "monthly") return [];
  const { format } = start.date;
  return MONTH_FORMATS.some((month) => month === format)
    ? [{ path: ["start", "date", "format"], message: `names a month, and a row of a ${kind} feed starts on a day` }]
    : [];
}

/** `bare` and `clock` say how `auto` reads what has no unit; every other unit says it itself. */
function readingContradictions(columns: Readonly<Record<string, unknown>>, path: string): Contradiction[] {
  return Object.entries(columns).flatMap(([name, column]) => {
    if (typeof column !== "object" || column === null || ("unit" in column && column.unit === "auto")) return [];
    return Object.entries(column)
      .filter(([key, value]) => (key === "bare" || key === "clock") && value !== undefined)
      .map(([key]) => ({ path: [path, name, key], message: "is only for the unit auto: every other unit says it itself" }));
  });
}

/** Ways of writing numbers, lengths and moments that cannot stand together. */
export function writingContradictions(feed: AnyFeed): Contradiction[] {
  const columns =
    feed.kind === "contact"
      ? readingContradictions(feed.durations, "durations")
      : "counters" in feed
        ? [...readingContradictions(feed.counters, "counters"), ...readingContradictions(feed.claims, "claims")]
        : [];
  return [...numberContradictions(feed), ...momentContradictions(feed.start), ...monthContradictions(feed.kind, feed.start), ...columns];
}
