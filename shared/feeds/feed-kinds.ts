import { z } from "zod";
import { CounterId } from "../metrics/counter.ts";
import { CLAIM_IDS, CONTACT_OUTCOMES } from "./canonical.ts";
import { CLAIM_UNITS, DATE_FORMATS, DURATION_UNITS, INSTANT_FORMATS, TIME_FORMATS } from "./cell-formats.ts";
import { Format } from "./file-format.ts";

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, { error: "must be 1 to 40 of a-z, 0-9 and -, not starting with -" });
const ColumnName = z
  .string()
  .min(1)
  .max(120)
  .refine((name) => name === name.trim(), { error: "must not begin or end with a space: names in files are compared without them" });
const Name80 = z.string().min(1).max(80);
/** A length of time such as `PT15M` or `P1D`, without months and years. */
const IsoDuration = z
  .string()
  .regex(/^P(?=\d|T)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/u, { error: 'must be a length such as "PT15M" or "P1D"' });
const Severity = z.enum(["error", "warning"]);

const DateColumn = z.strictObject({
  column: ColumnName,
  format: z.enum(DATE_FORMATS),
  /** For `day-number`: the day that has number 1. */
  firstDay: z.iso.date().optional(),
});

/** When a row starts. Local columns need the feed's zone; `instant` columns carry their offset or are UTC epochs. */
const Start = z.union([
  z.strictObject({ date: DateColumn, time: z.strictObject({ column: ColumnName, format: z.enum(TIME_FORMATS) }).optional() }),
  z.strictObject({ instant: z.strictObject({ column: ColumnName, format: z.enum(INSTANT_FORMATS) }) }),
]);

const Queue = z.union([
  z.strictObject({ constant: Name80 }),
  z.strictObject({
    column: ColumnName,
    /** Queues known by both sides. Empty means any. */
    known: z.array(Name80).default([]),
    unknown: z.enum(["refuse", "keep-with-warning"]).default("refuse"),
  }),
]);

const DurationColumn = z.strictObject({ column: ColumnName, unit: z.enum(DURATION_UNITS) });
const required = z.boolean().default(true);
const CountColumn = z.union([
  /** A sum of time names its unit, a count has none; one shape, so that a wrong unit is called that and nothing else. */
  z.strictObject({ column: ColumnName, unit: z.enum(DURATION_UNITS).optional(), required }),
  /** Every row is one: a snapshot says what is open, not that it is one snapshot. */
  z.strictObject({ constant: z.literal(1) }),
]);
const ClaimColumn = z.strictObject({ column: ColumnName, unit: z.enum(CLAIM_UNITS) });

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
]);

const Common = {
  accord: z.literal("feed/1"),
  id: Id,
  name: Name80,
  /** IANA zone of the file's clock times and days. */
  timeZone: z.string().min(1).max(60),
  format: Format,
  start: Start,
  queue: Queue,
  /** Column that orders versions of the same row (a time or a counter); without it the newest receipt counts. */
  version: z.strictObject({ column: ColumnName, format: z.enum(["integer", "iso-8601"]) }).optional(),
  /** Cells that mean "no value" besides the empty one. */
  missing: z.array(z.string().max(20)).default([]),
  /** Columns that are known and deliberately not read. Others that no part of the definition names get a warning. */
  ignore: z.array(ColumnName).default([]),
  checks: z.array(Check).default([]),
  /** How often data is due while the service is open; silence beyond `every` plus `grace` is a verdict of its own. */
  expected: z.strictObject({ every: IsoDuration, grace: IsoDuration }).optional(),
};

export const ContactFeed = z.strictObject({
  ...Common,
  kind: z.literal("contact"),
  /** Columns that together name a contact for ever. */
  contactId: z.array(ColumnName).min(1).max(6),
  /** Clock text that means "this never happened", e.g. `0:00:00`. */
  never: z.array(z.string().max(20)).default([]),
  /** First rule whose columns all match decides; a row that none matches is refused. `never` matches the texts above. */
  outcome: z
    .array(z.strictObject({ when: z.record(ColumnName, z.union([z.string(), z.array(z.string()).min(1)])), is: z.enum(CONTACT_OUTCOMES) }))
    .min(1),
  durations: z.strictObject({
    wait: DurationColumn.optional(),
    handle: DurationColumn.optional(),
    talk: DurationColumn.optional(),
    hold: DurationColumn.optional(),
    acw: DurationColumn.optional(),
  }),
  csat: z.strictObject({ column: ColumnName }).optional(),
});
export type ContactFeed = z.infer<typeof ContactFeed>;

const Counters = z.partialRecord(CounterId, CountColumn);
const Claims = z.partialRecord(z.enum(CLAIM_IDS), ClaimColumn).default({});

export const IntervalFeed = z.strictObject({
  ...Common,
  kind: z.literal("interval"),
  intervalMinutes: z.union([z.literal(5), z.literal(15), z.literal(30), z.literal(60)]),
  counters: Counters,
  claims: Claims,
});
export type IntervalFeed = z.infer<typeof IntervalFeed>;

export const DailyFeed = z.strictObject({ ...Common, kind: z.literal("daily"), counters: Counters, claims: Claims });
export type DailyFeed = z.infer<typeof DailyFeed>;
