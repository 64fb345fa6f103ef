import { z } from "zod";
import { DAY_MS } from "../calendar/day.ts";
import type { ContactRow, IntervalRow } from "./canonical.ts";
import type { FileContext } from "./column-reader.ts";
import { compileContactReader } from "./contact-reader.ts";
import type { FeedDefinition } from "./definition.ts";
import type { ContactFeed, CountFeed } from "./feed-kinds.ts";
import type { RowKind } from "./file-row.ts";
import { latestStart } from "./future.ts";
import { compileIntervalReader } from "./interval-reader.ts";
import type { PeopleContext, Pseudonym } from "./person-reader.ts";
import { compileQaReader } from "./qa-reader.ts";
import type { QaFeed, RosterFeed, ScheduleFeed, SurveyFeed } from "./record-kinds.ts";
import type { QaRow, RosterRow, ScheduleRow, SurveyRow } from "./record-rows.ts";
import { compileRosterReader } from "./roster-reader.ts";
import { ContactRowSchema, IntervalRowSchema, QaRowSchema, RosterRowSchema, ScheduleRowSchema, SurveyRowSchema } from "./row-schema.ts";
import { compileScheduleReader } from "./schedule-reader.ts";
import { compileSurveyReader } from "./survey-reader.ts";

/** A row of any feed. */
export type FeedRow = ContactRow | SurveyRow | QaRow | RosterRow | ScheduleRow | IntervalRow;

export interface RowOptions {
  /** When the file was handed in: rows that start more than a day later are refused. Default: any start will do. */
  readonly handedInMs?: number | undefined;
  /** Makes the pseudonyms of the people that rows name; needed only where the definition maps people. */
  readonly pseudonym?: Pseudonym | undefined;
}

// Compiled schemas check seven million rows a second where the plain ones check half a million, by the same rules.
const CheckedContactRow = z.compile(ContactRowSchema);
const CheckedIntervalRow = z.compile(IntervalRowSchema);
const CheckedSurveyRow = z.compile(SurveyRowSchema);
const CheckedQaRow = z.compile(QaRowSchema);
const CheckedRosterRow = z.compile(RosterRowSchema);
const CheckedScheduleRow = z.compile(ScheduleRowSchema);

/** Plans reach at most this far ahead of the day they are handed in. */
const PLANNED_AHEAD_MS = 400 * DAY_MS;

const UNKEYED: Pseudonym = () => {
  throw new RangeError("rows that name people are read with a way to make pseudonyms");
};

function withPeople(context: FileContext, { pseudonym = UNKEYED }: RowOptions): PeopleContext {
  return { ...context, pseudonym };
}

function pastOnly({ handedInMs = Infinity }: RowOptions): number {
  return latestStart(handedInMs);
}

export function contactRows(definition: ContactFeed, options: RowOptions = {}): RowKind<ContactRow> {
  return {
    compile: (context) => compileContactReader(definition, withPeople(context, options)),
    schema: CheckedContactRow,
    latestStartMs: pastOnly(options),
  };
}

export function surveyRows(definition: SurveyFeed, options: RowOptions = {}): RowKind<SurveyRow> {
  return {
    compile: (context) => compileSurveyReader(definition, withPeople(context, options)),
    schema: CheckedSurveyRow,
    latestStartMs: pastOnly(options),
  };
}

export function qaRows(definition: QaFeed, options: RowOptions = {}): RowKind<QaRow> {
  return {
    compile: (context) => compileQaReader(definition, withPeople(context, options)),
    schema: CheckedQaRow,
    latestStartMs: pastOnly(options),
  };
}

export function rosterRows(definition: RosterFeed, options: RowOptions = {}): RowKind<RosterRow> {
  return {
    compile: (context) => compileRosterReader(definition, withPeople(context, options)),
    schema: CheckedRosterRow,
    latestStartMs: pastOnly(options),
  };
}

export function scheduleRows(definition: ScheduleFeed, options: RowOptions = {}): RowKind<ScheduleRow> {
  return {
    compile: (context) => compileScheduleReader(definition, withPeople(context, options)),
    schema: CheckedScheduleRow,
    latestStartMs: pastOnly(options) + PLANNED_AHEAD_MS,
  };
}

/** Rows of counts: intervals, days, months, and what is forecast of them. */
export function countRows(definition: CountFeed, options: RowOptions = {}): RowKind<IntervalRow> {
  return {
    compile: (context) => compileIntervalReader(definition, context),
    schema: CheckedIntervalRow,
    latestStartMs: pastOnly(options) + (definition.kind === "forecast" ? PLANNED_AHEAD_MS : 0),
  };
}

/** The rows of whichever kind a definition says. */
export function rowsOf(definition: FeedDefinition, options: RowOptions = {}): RowKind<FeedRow> {
  switch (definition.kind) {
    case "contact":
      return contactRows(definition, options);
    case "survey":
      return surveyRows(definition, options);
    case "qa":
      return qaRows(definition, options);
    case "roster":
      return rosterRows(definition, options);
    case "schedule":
      return scheduleRows(definition, options);
    case "interval":
    case "daily":
    case "monthly":
    case "forecast":
      return countRows(definition, options);
  }
}
