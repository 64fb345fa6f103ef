import { z } from "zod";
import { WEEKDAYS } from "../calendar/day.ts";
import { IsoDuration } from "../calendar/iso-duration.ts";
import {
  BARE_UNITS,
  DATE_FORMATS,
  DECIMAL_MARKS,
  DURATION_UNITS,
  INSTANT_FORMATS,
  THOUSANDS_MARKS,
  TIME_FORMATS,
  TWO_PART_CLOCKS,
} from "./cell-formats.ts";
import { Format } from "./file-format.ts";
import { CELL_RULES } from "./rule-severity.ts";

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, { error: "must be 1 to 40 of a-z, 0-9 and -, not starting with -" });
export const ColumnName = z
  .string()
  .min(1)
  .max(120)
  .refine((name) => name === name.trim(), { error: "must not begin or end with a space: names in files are compared without them" });
export const Name80 = z.string().min(1).max(80);
const Severity = z.enum(["error", "warning"]);

export const DateColumn = z.strictObject({
  column: ColumnName,
  format: z.enum(DATE_FORMATS),
  /** For `day-number`: the day that has number 1. */
  firstDay: z.iso.date().optional(),
});

/** When a row starts. Local columns need the feed's zone; `instant` columns carry their offset or are UTC epochs. */
export const Start = z.union([
  z.strictObject({ date: DateColumn, time: z.strictObject({ column: ColumnName, format: z.enum(TIME_FORMATS) }).optional() }),
  z.strictObject({ instant: z.strictObject({ column: ColumnName, format: z.enum(INSTANT_FORMATS) }) }),
]);

export type Start = z.infer<typeof Start>;

/** However its letters are composed, it is one name: rows are read in the same form. */
const QueueName = Name80.normalize("NFC");

const Queue = z.union([
  z.strictObject({ constant: QueueName }),
  z.strictObject({
    column: ColumnName,
    /** Queues known by both sides. Empty means any. */
    known: z.array(QueueName).default([]),
    unknown: z.enum(["refuse", "keep-with-warning"]).default("refuse"),
    /** Queues that changed their name: what the file says, and under which name it counts. */
    renamed: z.record(Name80, QueueName).optional(),
    /** The queue of rows whose cell is blank; without it such rows are refused. */
    blank: QueueName.optional(),
  }),
]);

/** For the unit `auto`: what a number without a unit means, and what two numbers with a colon mean. */
export const AUTO_READINGS = { bare: z.enum(BARE_UNITS).optional(), clock: z.enum(TWO_PART_CLOCKS).optional() };
export const DurationColumn = z.strictObject({ column: ColumnName, unit: z.enum(DURATION_UNITS), ...AUTO_READINGS });

/** Extra care for columns, each with its own severity; a warning keeps the row. */
const Check = z.discriminatedUnion("rule", [
  z.strictObject({ rule: z.literal("not-negative"), column: ColumnName, severity: Severity }),
  /** The duration equals `to` minus `from` on the wall clock, over midnight if need be; skipped where a clock is never. */
  z.strictObject({
    rule: z.literal("duration-matches-clock"),
    column: ColumnName,
    unit: z.enum(DURATION_UNITS),
    from: ColumnName,
    to: ColumnName,
    format: z.enum(TIME_FORMATS),
    severity: Severity,
  }),
  /** The instant in `column` is not before the one in `start`; skipped where one of them is blank. */
  z.strictObject({
    rule: z.literal("ends-before-start"),
    column: ColumnName,
    start: ColumnName,
    format: z.enum(INSTANT_FORMATS),
    severity: Severity,
  }),
  /** Each row has one of these texts, such as the length of the interval that the feed is for. */
  z.strictObject({
    rule: z.literal("equals"),
    column: ColumnName,
    text: z.union([z.string().min(1).max(80), z.array(z.string().min(1).max(80)).min(1).max(50)]),
    severity: Severity,
  }),
]);

const Texts = z.union([z.string().max(200), z.array(z.string().max(200)).min(1).max(50)]);
/** Lines that are no rows: footers and totals. */
const Skip = z.union([
  /** Rows whose cell is one of these texts. */
  z.strictObject({ column: ColumnName, text: Texts }),
  /** Rows whose cell begins with one of these texts. */
  z.strictObject({ column: ColumnName, begins: Texts }),
  /** Everything behind the first blank line below a row. */
  z.strictObject({ after: z.literal("blank-line") }),
]);

/**
 * When data is due: `every` so often while the service is open, or `at` a time of day on the feed's clock. Later than that is
 * late, later than `grace` on top is a verdict of its own.
 */
const Expected = z.strictObject({
  every: IsoDuration.optional(),
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, { error: 'must be a time of day such as "12:00"' })
    .optional(),
  grace: IsoDuration,
  /** Weekdays on which data is due; all, unless said otherwise. */
  days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
  /** The program in whose hours data is due; without it those of the agreement count. */
  hours: Id.optional(),
  /** The day from which a feed that never delivered is missed. */
  since: z.iso.date().optional(),
});
export type Expected = z.infer<typeof Expected>;

export const Common = {
  accord: z.literal("feed/1"),
  id: Id,
  name: Name80,
  /** IANA zone of the file's clock times and days. */
  timeZone: z.string().min(1).max(60),
  format: Format,
  start: Start,
  queue: Queue,
  /**
   * What a file says of rows that it does not contain: nothing (`rows`), or that they are no more (`period`), on all days from
   * its first row's to its last's. Without it, `rows`.
   */
  replaces: z.enum(["rows", "period"]).optional(),
  /** Column that orders versions of the same row (a time or a counter); without it the newest receipt counts. */
  version: z.strictObject({ column: ColumnName, format: z.enum(["integer", "iso-8601"]) }).optional(),
  /** Cells that mean "no value" besides the empty one. */
  missing: z.array(z.string().max(20)).default([]),
  /** Other names under which a file may bring a column, by the name that the definition uses. */
  aliases: z.record(ColumnName, z.array(ColumnName).min(1).max(20)).optional(),
  skip: z.array(Skip).min(1).max(20).optional(),
  /** Columns that are known and deliberately not read. Others that no part of the definition names get a warning. */
  ignore: z.array(ColumnName).default([]),
  checks: z.array(Check).default([]),
  /** What parts decimals from wholes, and what stands between thousands: a point and nothing, unless said otherwise. */
  decimal: z.enum(DECIMAL_MARKS).optional(),
  thousands: z.enum(THOUSANDS_MARKS).optional(),
  /** Rules between cells whose severity differs from the usual. */
  rules: z.partialRecord(z.enum(CELL_RULES), Severity).optional(),
  expected: Expected.optional(),
};

/** Texts of a column that say yes, and those that say no; anything else is refused. */
export const YesNo = z.strictObject({
  column: ColumnName,
  yes: z.array(z.string().min(1).max(60)).min(1),
  no: z.array(z.string().min(1).max(60)).min(1),
  /** What a blank cell says. Without it a blank says nothing, and is refused where a row must say one or the other. */
  blank: z.enum(["yes", "no"]).optional(),
});
export type YesNo = z.infer<typeof YesNo>;

/** A column that names a person; facts keep a pseudonym. A blank cell names nobody. */
export const Person = z.strictObject({ column: ColumnName });
