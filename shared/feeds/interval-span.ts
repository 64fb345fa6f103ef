import { addDays, type Day } from "../calendar/day.ts";
import { createZone } from "../calendar/zone.ts";
import type { FileContext } from "./column-reader.ts";
import { placeOf } from "./column-reader.ts";
import type { CountFeed } from "./feed-kinds.ts";
import { compileDay } from "./local-start.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";
import { compileStart } from "./start-reader.ts";

/** The stretch of time that a row counts. */
export interface Span {
  readonly startMs: number;
  readonly lengthMs: number;
}

const NO_SUCH_DAY: Fault = {
  rule: "impossible-local-time",
  message: "is a day that the feed's time zone skipped",
  remedy: "Correct the date, or the time zone in the feed's definition",
};
const NEVER: ReadonlySet<string> = new Set();

/** First and last day of the calendar month of a day. */
function monthOf(day: Day): [first: Day, last: Day] {
  const first = `${day.slice(0, 7)}-01`;
  return [first, addDays(first, Temporal.PlainDate.from(first).daysInMonth - 1)];
}

function compileDaysSpan(definition: CountFeed, context: FileContext): (cells: Cells) => Span | null {
  if (!("date" in definition.start)) throw new RangeError("a feed of days or months starts with a date");
  const zone = createZone(definition.timeZone);
  const dayCell = compileDay(definition.start.date, context);
  const { column, position } = placeOf(definition.start.date.column, context.header);
  return (cells) => {
    const day = dayCell(cells);
    if (day === "") return null;
    const [first, last] = definition.kind === "monthly" ? monthOf(day) : [day, day];
    const [{ fromMs }, { toMs }] = [zone.dayRange(first), zone.dayRange(last)];
    if (fromMs < toMs) return { startMs: fromMs, lengthMs: toMs - fromMs };
    context.problems.add("error", { column, value: cells[position] ?? "" }, NO_SUCH_DAY);
    return null;
  };
}

/** Compiles when a row starts and how long it lasts: a day or a month as its zone lives it, or the feed's interval. `null` where a problem was noted. */
export function compileSpan(definition: CountFeed, context: FileContext): (cells: Cells) => Span | null {
  const minutes = "intervalMinutes" in definition ? definition.intervalMinutes : undefined;
  if (minutes === undefined) return compileDaysSpan(definition, context);
  const lengthMs = minutes * 60_000;
  const startCell = compileStart(definition.start, { zone: createZone(definition.timeZone), gridMs: lengthMs, never: NEVER }, context);
  return (cells) => {
    const startMs = startCell(cells);
    return Number.isNaN(startMs) ? null : { startMs, lengthMs };
  };
}
