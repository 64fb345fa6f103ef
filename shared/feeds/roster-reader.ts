import { type Day, DAY_MS, utcStartOf } from "../calendar/day.ts";
import { createZone } from "../calendar/zone.ts";
import { explainNumber, readWhole } from "./cell-number.ts";
import { compileChecks } from "./column-checks.ts";
import { compileNumberColumn, isMissing, MISSING_VALUE, type NumberCell, placeOf } from "./column-reader.ts";
import type { RowReader } from "./file-row.ts";
import { compileDay } from "./local-start.ts";
import { compilePerson, type PeopleContext } from "./person-reader.ts";
import type { Fault } from "./problem-list.ts";
import { compileQueue, nameFault } from "./queue-reader.ts";
import type { RosterFeed } from "./record-kinds.ts";
import type { RosterRow } from "./record-rows.ts";
import type { Cells } from "./record-splitter.ts";
import { compileVersion } from "./version-reader.ts";
import { compileSaid } from "./yes-no-reader.ts";

/** A month is the twelfth of 365.25 days, so that tenures of months and of years agree. */
const DAYS_PER = { days: 1, months: 30.4375, years: 365.25 } as const;
const LONGEST_DAYS = 36_525;
const MEASURED = /^\d{1,6}(?:\.\d{1,20})?$/u;

const AFTER_SNAPSHOT: Fault = {
  rule: "after-snapshot",
  message: "lies after the day of the snapshot",
  remedy: "Correct the date, or the day of the snapshot",
};

const NOT_LEFT: Fault = {
  rule: "last-day-without-leaving",
  message: "is a last day that is over, and the row says that nobody left",
  remedy: "Correct one of the two",
};

function daysBetween(from: Day, to: Day): number {
  return (utcStartOf(to) - utcStartOf(from)) / DAY_MS;
}

/** How many days a snapshot speaks of, its own included; 0 for all. Of a month, those since its day in the month before. */
function coveredDays(covers: RosterFeed["covers"], day: Day): number {
  if (covers === "all") return 0;
  if (covers !== "month") return covers === "week" ? 7 : 1;
  const date = Temporal.PlainDate.from(day);
  return date.day === date.daysInMonth ? date.daysInMonth : date.subtract({ months: 1 }).until(date, { largestUnit: "day" }).days;
}

type DaysCell = (cells: Cells, snapshot: Day) => number | null;

/** Days from the date in a column to the snapshot; `null` for a blank. */
function compileDaysSince(date: Extract<RosterFeed["start"], { date: unknown }>["date"], context: PeopleContext): DaysCell {
  const { position } = placeOf(date.column, context.header);
  const dayCell = compileDay(date, context);
  return (cells, snapshot) => {
    const value = cells[position] ?? "";
    if (isMissing(value, context.missing)) return null;
    const day = dayCell(cells);
    if (day === "" || snapshot === "") return null;
    if (day <= snapshot) return daysBetween(day, snapshot);
    context.problems.add("error", { column: date.column, value }, AFTER_SNAPSHOT);
    return null;
  };
}

/** Days of service from a tenure: whole days that are over. */
function compileTenure(tenure: { readonly column: string; readonly unit: keyof typeof DAYS_PER }, context: PeopleContext): NumberCell {
  const read = (text: string): number => (MEASURED.test(text) ? Math.floor(Number(text) * DAYS_PER[tenure.unit]) : NaN);
  const explain = (text: string): Fault => explainNumber(text, "decimal");
  return compileNumberColumn({ column: tenure.column, required: false, most: LONGEST_DAYS, read, explain }, context);
}

interface Service {
  readonly left: boolean;
  readonly leftDaysAgo: number;
  readonly serviceDays: number | null;
}

function compileService({ service, left, leftOn }: RosterFeed, context: PeopleContext): (cells: Cells, snapshot: Day) => Service {
  const leftOnAt = leftOn === undefined ? -1 : placeOf(leftOn.column, context.header).position;
  const leftCell = compileSaid(left, context);
  const leftOnCell = leftOn === undefined ? null : compileDaysSince(leftOn, context);
  const startedCell = service !== undefined && "startedOn" in service ? compileDaysSince(service.startedOn, context) : null;
  const tenureCell = service !== undefined && "tenure" in service ? compileTenure(service.tenure, context) : null;
  return (cells, snapshot) => {
    const leftAgo = leftOnCell?.(cells, snapshot) ?? null;
    const hasLeft = left === undefined ? leftAgo !== null : leftCell(cells) === true;
    if (!hasLeft && left !== undefined && leftOn !== undefined && (leftAgo ?? 0) > 0)
      context.problems.add("error", { column: leftOn.column, value: cells[leftOnAt] ?? "" }, NOT_LEFT);
    const leftDaysAgo = hasLeft ? (leftAgo ?? 0) : 0;
    const sinceStart = startedCell?.(cells, snapshot) ?? null;
    const serviceDays = tenureCell === null ? (sinceStart === null ? null : Math.max(0, sinceStart - leftDaysAgo)) : tenureCell(cells);
    return { left: hasLeft, leftDaysAgo, serviceDays };
  };
}

function compileReason(reason: RosterFeed["reason"], { header, missing, problems }: PeopleContext): (cells: Cells) => string | null {
  if (reason === undefined) return () => null;
  const { column, position } = placeOf(reason.column, header);
  return (cells) => {
    const value = cells[position] ?? "";
    if (isMissing(value, missing)) return null;
    const fault = nameFault(value.trim(), 80);
    if (fault !== null) problems.add("error", { column, value }, fault);
    return value.trim();
  };
}

/** The line that a row had in the provider's own file: a mended errors.csv says it in a column. */
function compileLine({ header, problems }: PeopleContext): (cells: Cells) => number {
  const mendedAt = header.mended ? header.names.indexOf("error_line") : -1;
  return (cells) => (mendedAt < 0 ? problems.line() : readWhole((cells[mendedAt] ?? "").trim()));
}

/** Who the row is about: a pseudonym and a name for the record, the place in the file where nobody is named. */
function compileAgent(agent: RosterFeed["agent"], context: PeopleContext): (cells: Cells) => Pick<RosterRow, "agent" | "recordId"> {
  const { problems } = context;
  if (agent === "each-row") {
    const lineOf = compileLine(context);
    return (cells) => {
      const line = lineOf(cells);
      if (Number.isNaN(line)) problems.add("error", { column: "error_line", value: "" }, MISSING_VALUE);
      return { agent: null, recordId: `row ${line}` };
    };
  }
  const cell = compilePerson(agent, context);
  return (cells) => {
    const pseudonym = cell(cells);
    if (pseudonym === null && !problems.refuses()) problems.add("error", { column: agent.column, value: "" }, MISSING_VALUE);
    return { agent: pseudonym, recordId: pseudonym ?? "" };
  };
}

/** Compiles a definition and a file's header into the function that reads a snapshot of agents. */
export function compileRosterReader(definition: RosterFeed, context: PeopleContext): RowReader<RosterRow> {
  const { start, covers } = definition;
  const zone = createZone(definition.timeZone);
  const dayCell = "constant" in start ? () => start.constant : compileDay(start.date, context);
  const agentCell = compileAgent(definition.agent, context);
  const queueCell = compileQueue(definition.queue, context);
  const serviceCell = compileService(definition, context);
  const reasonCell = compileReason(definition.reason, context);
  const versionCell = compileVersion(definition.version, context);
  const checks = compileChecks(definition, context);
  return (cells) => {
    const day = dayCell(cells);
    const { agent, recordId } = agentCell(cells);
    const row = {
      recordId: `${day}|${recordId}`,
      queue: queueCell(cells),
      startMs: day === "" ? NaN : zone.dayRange(day).fromMs,
      agent,
      coveredDays: day === "" ? 0 : coveredDays(covers, day),
      ...serviceCell(cells, day),
      reason: reasonCell(cells),
      version: versionCell(cells),
    };
    for (const check of checks) check(cells);
    return context.problems.refuses() ? null : row;
  };
}
