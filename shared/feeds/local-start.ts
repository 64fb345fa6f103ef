import type { Day } from "../calendar/day.ts";
import { remember } from "../calendar/remember.ts";
import type { Zone } from "../calendar/zone.ts";
import { clockLength, explainClock, readClock } from "./cell-clock.ts";
import { explainDate, readDate } from "./cell-date.ts";
import { type FileContext, isMissing, MISSING_VALUE, placeOf } from "./column-reader.ts";
import type { Start } from "./definition-parts.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";
import { momentTexts } from "./start-moment.ts";
import { offGrid, type StartCell, type StartOptions } from "./start-options.ts";

type LocalStart = Extract<Start, { date: unknown }>;

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

/** Which part of a cell is meant: all of it, or one half where a column holds day and time of day. */
type Part = (text: string) => string;
const ALL: Part = (text) => text.trim();
interface Parted {
  readonly part?: Part;
}

/** Compiles a date column. The reader answers the day, or "" where a problem was noted. */
export function compileDay(
  { column, format, firstDay, part = ALL }: LocalStart["date"] & Parted,
  { header, missing, problems }: FileContext,
): (cells: Cells) => Day {
  const { position } = placeOf(column, header);
  const dayOf = remember(KEPT_TEXTS, (text: string) => readDate(text, format, firstDay) ?? "");
  return (cells) => {
    const text = cells[position] ?? "";
    const day = text.length > LONGEST ? "" : dayOf(part(text));
    if (day === "")
      problems.add("error", { column, value: text }, isMissing(text, missing) ? MISSING_VALUE : explainDate(part(text), format));
    return day;
  };
}

function otherLength(gridMs: number): Fault {
  return {
    rule: "interval-length",
    message: `is not an interval of ${gridMs / 60_000} minutes`,
    remedy: "Correct the end of the interval, or intervalMinutes in the feed's definition",
  };
}

function compileClock(
  { column, format, part = ALL }: NonNullable<LocalStart["time"]> & Parted,
  { gridMs, never }: StartOptions,
  { header, missing, severities, problems }: FileContext,
): (cells: Cells) => number {
  const { position } = placeOf(column, header);
  const clockOf = remember(KEPT_TEXTS, (text: string) => readClock(text, format));
  const hasEnds = gridMs !== null && format.includes(" - ");
  const broken = (cells: Cells, fault: Fault): number => {
    problems.add("error", { column, value: cells[position] ?? "" }, fault);
    return NaN;
  };
  return (cells) => {
    const text = cells[position] ?? "";
    const clock = text.length > LONGEST ? NaN : clockOf(part(text));
    if (Number.isNaN(clock)) return broken(cells, isMissing(text, missing) ? MISSING_VALUE : explainClock(part(text), format));
    if (never.has(text)) return broken(cells, MISSING_VALUE);
    if (gridMs !== null && clock % gridMs !== 0) return broken(cells, offGrid(gridMs));
    if (hasEnds && clockLength(part(text), format) !== gridMs)
      problems.add(severities["interval-length"], { column, value: text }, otherLength(gridMs));
    return clock;
  };
}

/** The halves of a cell of day and time of day; both are the whole cell where the two have columns of their own. */
function partsOf({ date, time }: LocalStart): { readonly ofDate: Part; readonly ofTime: Part } {
  if (time?.column !== date.column) return { ofDate: ALL, ofTime: ALL };
  return {
    ofDate: (text) => momentTexts(text.trim(), date.format).date,
    ofTime: (text) => momentTexts(text.trim(), date.format).time,
  };
}

/**
 * Compiles a start given as day and time on the feed's wall clock, in two columns or in one that is named for both; without a time
 * column it is the start of the day.
 */
export function compileLocalStart(start: LocalStart, options: StartOptions, context: FileContext): StartCell {
  const { zone } = options;
  const { ofDate, ofTime } = partsOf(start);
  const dayCell = compileDay({ ...start.date, part: ofDate }, context);
  if (start.time === undefined) {
    return (cells) => {
      const day = dayCell(cells);
      return day === "" ? NaN : zone.dayRange(day).fromMs;
    };
  }
  const clockCell = compileClock({ ...start.time, part: ofTime }, options, context);
  const { column, position } = placeOf(start.time.column, context.header);
  const sameCell = ofTime !== ALL;
  return (cells) => {
    const day = dayCell(cells);
    // One broken cell is told once.
    if (day === "" && sameCell) return NaN;
    const clock = clockCell(cells);
    if (day === "" || Number.isNaN(clock)) return NaN;
    const instant = zone.localToInstant(day, clock);
    if (typeof instant === "number") return instant;
    context.problems.add("error", { column, value: cells[position] ?? "" }, notOneInstant(zone, day, clock));
    return NaN;
  };
}
