import { addDays } from "../calendar/day.ts";
import { createZone, type Zone } from "../calendar/zone.ts";
import { explainClock, readClock, type TimeFormat } from "./cell-clock.ts";
import { compileChecks } from "./column-checks.ts";
import { isMissing, MISSING_VALUE, placeOf } from "./column-reader.ts";
import { compileContactId } from "./contact-id.ts";
import { compileDurationColumn, type DurationWritten } from "./duration-column.ts";
import type { RowReader } from "./file-row.ts";
import { compilePerson, type PeopleContext } from "./person-reader.ts";
import type { Fault } from "./problem-list.ts";
import { compileQueue } from "./queue-reader.ts";
import type { ScheduleCounter, ScheduleFeed } from "./record-kinds.ts";
import { MAX_SCHEDULED_MS, type ScheduleRow } from "./record-rows.ts";
import type { Cells } from "./record-splitter.ts";
import { compileStart } from "./start-reader.ts";
import { compileVersion } from "./version-reader.ts";

const SCHEDULED: readonly ScheduleCounter[] = ["scheduled-ms"];
const NEVER: ReadonlySet<string> = new Set();

const BACKWARDS: Fault = {
  rule: "ends-before-start",
  message: "is not later than the start",
  remedy: "Correct start and end; an entry lasts longer than nothing",
};
const TOO_LONG: Fault = {
  rule: "too-long",
  message: "makes the entry last longer than 36 hours",
  remedy: "Correct start and end, or send one entry for each shift",
};
const NOT_ONE_INSTANT: Fault = {
  rule: "not-one-instant",
  message: "is a time that the clock jumps over or shows twice on that day",
  remedy: "Send ends as instants with their offset from UTC, or lengths (end in the definition)",
};
const NOTHING_OR_A_DAY: Fault = {
  rule: "ambiguous-duration",
  message: "is the time of the start: the entry may last nothing or a whole day",
  remedy: "Leave out what lasts nothing; send ends as instants or lengths (end in the definition) where an entry lasts a day",
};
const UNKNOWN_ACTIVITY: Fault = {
  rule: "unknown-activity",
  message: "is not among the activities that the feed's definition knows",
  remedy: "Correct the value, or add it to activity.counts in the definition; an empty list counts it as nothing",
};

/** Reads when an entry ends, in UTC milliseconds; NaN where a problem was noted. */
type EndCell = (cells: Cells, startMs: number) => number;

function compileClockEnd(time: { column: string; format: TimeFormat }, zone: Zone, context: PeopleContext): EndCell {
  const { column, position } = placeOf(time.column, context.header);
  return (cells, startMs) => {
    const value = cells[position] ?? "";
    const clock = readClock(value.trim(), time.format);
    if (Number.isNaN(clock)) {
      context.problems.add(
        "error",
        { column, value },
        isMissing(value, context.missing) ? MISSING_VALUE : explainClock(value.trim(), time.format),
      );
      return NaN;
    }
    if (Number.isNaN(startMs)) return NaN;
    const [day, startClock] = [zone.localDay(startMs), zone.clockAt(startMs)];
    if (clock === startClock) {
      context.problems.add("error", { column, value }, NOTHING_OR_A_DAY);
      return NaN;
    }
    const instant = zone.localToInstant(clock > startClock ? day : addDays(day, 1), clock);
    if (typeof instant === "number") return instant;
    context.problems.add("error", { column, value }, NOT_ONE_INSTANT);
    return NaN;
  };
}

function compileLengthEnd(length: DurationWritten, context: PeopleContext): EndCell {
  const cell = compileDurationColumn({ ...length, required: true, mostMs: MAX_SCHEDULED_MS }, context);
  return (cells, startMs) => startMs + (cell(cells) ?? NaN);
}

function compileEnd({ end }: ScheduleFeed, zone: Zone, context: PeopleContext): { cell: EndCell; column: string } {
  if ("time" in end) return { cell: compileClockEnd(end.time, zone, context), column: end.time.column };
  if ("length" in end) return { cell: compileLengthEnd(end.length, context), column: end.length.column };
  const cell = compileStart(end, { zone, gridMs: null, never: NEVER }, context);
  return { cell: (cells) => cell(cells), column: end.instant.column };
}

function compileActivity({ activity }: ScheduleFeed, { header, problems }: PeopleContext): (cells: Cells) => readonly ScheduleCounter[] {
  if (activity === undefined) return () => SCHEDULED;
  const { column, position } = placeOf(activity.column, header);
  const counts = new Map(Object.entries(activity.counts));
  return (cells) => {
    const value = cells[position] ?? "";
    const known = counts.get(value.trim());
    if (known === undefined) problems.add("error", { column, value }, UNKNOWN_ACTIVITY);
    return known ?? [];
  };
}

/** Compiles a definition and a file's header into the function that reads schedules. */
export function compileScheduleReader(definition: ScheduleFeed, context: PeopleContext): RowReader<ScheduleRow> {
  const { recordId } = definition;
  const { problems } = context;
  const zone = createZone(definition.timeZone);
  const idCell = recordId === undefined ? null : compileContactId(recordId, context);
  const startCell = compileStart(definition.start, { zone, gridMs: null, never: NEVER }, context);
  const end = compileEnd(definition, zone, context);
  const queueCell = compileQueue(definition.queue, context);
  const agentCell = compilePerson(definition.agent, context);
  const activityCell = compileActivity(definition, context);
  const versionCell = compileVersion(definition.version, context);
  const checks = compileChecks(definition, context);
  const { position } = placeOf(end.column, context.header);
  return (cells) => {
    const startMs = startCell(cells);
    const endMs = end.cell(cells, startMs);
    const agent = agentCell(cells);
    if (agent === null && !problems.refuses()) problems.add("error", { column: definition.agent.column, value: "" }, MISSING_VALUE);
    const place = { column: end.column, value: cells[position] ?? "" };
    if (endMs <= startMs) problems.add("error", place, BACKWARDS);
    else if (endMs - startMs > MAX_SCHEDULED_MS) problems.add("error", place, TOO_LONG);
    const id = idCell === null ? `${agent ?? ""}|${startMs}` : idCell(cells);
    const row = { recordId: id, queue: queueCell(cells), startMs, endMs, agent, counts: activityCell(cells), version: versionCell(cells) };
    for (const check of checks) check(cells);
    return problems.refuses() ? null : row;
  };
}
