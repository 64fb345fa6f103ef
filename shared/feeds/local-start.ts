import type { Day } from "../calendar/day.ts";
import { remember } from "../calendar/remember.ts";
import type { Zone } from "../calendar/zone.ts";
import { explainClock, readClock } from "./cell-clock.ts";
import { explainDate, readDate } from "./cell-date.ts";
import { type FileContext, isMissing, MISSING_VALUE, placeOf } from "./column-reader.ts";
import type { FeedDefinition } from "./definition.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";
import { offGrid, type StartCell, type StartOptions } from "./start-options.ts";

type LocalStart = Extract<FeedDefinition["start"], { date: unknown }>;

/** A file names few days and times again and again; each text is read once. Longer texts are neither, and not worth keeping. */
const KEPT_TEXTS = 4000;
const LONGEST = 40;

/** Says that a clock reading is not one instant in the zone, and which two it may be. */
function notOneInstant(zone: Zone, day: Day, clock: number): Fault {
  const shown = zone
    .possibleInstants(day, clock)
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms).toString({ smallestUnit: "second" }));
  const remedy = `Send the start as an instant with its offset from UTC (start: instant in the definition), or correct it; it may be ${shown.join(" or ")}`;
  return zone.localToInstant(day, clock) === "impossible"
    ? { rule: "impossible-local-time", message: `does not exist in ${zone.timeZone} on ${day}: the clock jumps over it`, remedy }
    : { rule: "ambiguous-local-time", message: `happens twice in ${zone.timeZone} on ${day}: the clock is set back`, remedy };
}

/** Compiles a date column. The reader answers the day, or "" where a problem was noted. */
export function compileDay(
  { column, format, firstDay }: LocalStart["date"],
  { header, missing, problems }: FileContext,
): (cells: Cells) => Day {
  const { position } = placeOf(column, header);
  const dayOf = remember(KEPT_TEXTS, (text: string) => readDate(text.trim(), format, firstDay) ?? "");
  return (cells) => {
    const text = cells[position] ?? "";
    const day = text.length > LONGEST ? "" : dayOf(text);
    if (day === "")
      problems.add("error", { column, value: text }, isMissing(text, missing) ? MISSING_VALUE : explainDate(text.trim(), format));
    return day;
  };
}

function compileClock(
  time: NonNullable<LocalStart["time"]>,
  { gridMs, never }: StartOptions,
  { header, missing, problems }: FileContext,
): (cells: Cells) => number {
  const { column, format } = time;
  const { position } = placeOf(column, header);
  const clockOf = remember(KEPT_TEXTS, (text: string) => readClock(text.trim(), format));
  return (cells) => {
    const text = cells[position] ?? "";
    const clock = text.length > LONGEST ? NaN : clockOf(text);
    if (Number.isNaN(clock))
      problems.add("error", { column, value: text }, isMissing(text, missing) ? MISSING_VALUE : explainClock(text.trim(), format));
    else if (never.has(text)) problems.add("error", { column, value: text }, MISSING_VALUE);
    else if (gridMs !== null && clock % gridMs !== 0) problems.add("error", { column, value: text }, offGrid(gridMs));
    else return clock;
    return NaN;
  };
}

/** Compiles a start given as day and time on the feed's wall clock; without a time column it is the start of the day. */
export function compileLocalStart(start: LocalStart, options: StartOptions, context: FileContext): StartCell {
  const { zone } = options;
  const dayCell = compileDay(start.date, context);
  if (start.time === undefined) {
    return (cells) => {
      const day = dayCell(cells);
      return day === "" ? NaN : zone.dayRange(day).fromMs;
    };
  }
  const clockCell = compileClock(start.time, options, context);
  const { column, position } = placeOf(start.time.column, context.header);
  return (cells) => {
    const day = dayCell(cells);
    const clock = clockCell(cells);
    if (day === "" || Number.isNaN(clock)) return NaN;
    const instant = zone.localToInstant(day, clock);
    if (typeof instant === "number") return instant;
    context.problems.add("error", { column, value: cells[position] ?? "" }, notOneInstant(zone, day, clock));
    return NaN;
  };
}
