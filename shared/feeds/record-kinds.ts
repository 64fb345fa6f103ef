import { z } from "zod";
import { INSTANT_FORMATS, TIME_FORMATS } from "./cell-formats.ts";
import { ColumnName, Common, DateColumn, DurationColumn, Name80, Person, YesNo } from "./definition-parts.ts";

const RecordId = z.array(ColumnName).min(1).max(6);
const Text = z.string().min(1).max(60);

/**
 * Answers to a survey, one row each. A row is an invitation, too, where `invited` says so; a row without any answer is
 * no response.
 */
export const SurveyFeed = z.strictObject({
  ...Common,
  kind: z.literal("survey"),
  /** Columns that together name a response for ever. */
  recordId: RecordId,
  agent: Person.optional(),
  csat: z
    .strictObject({
      column: ColumnName,
      /** The lowest score of the scale, and the highest score that counts as 1, 2, 3, 4 and 5. */
      lowest: z.int().min(0).max(10).default(1),
      boxes: z.array(z.int().min(0).max(100)).length(5).default([1, 2, 3, 4, 5]),
    })
    .optional(),
  /** Would you recommend us, 0 to 10. */
  nps: z.strictObject({ column: ColumnName }).optional(),
  /** Was it resolved at first contact? */
  resolved: YesNo.optional(),
  invited: z.union([z.literal("every-row"), YesNo]).optional(),
});
export type SurveyFeed = z.infer<typeof SurveyFeed>;

const CRITICAL = ["customer", "business", "compliance"] as const;
const PointColumn = z.strictObject({ column: ColumnName });

/** One item of a form, answered right, wrong or not applicable; `second` is the same item as scored by the other side. */
const QaItem = z.strictObject({
  column: ColumnName,
  points: z.int().min(0).max(1000).default(1),
  critical: z.enum(CRITICAL).optional(),
  /** Wrong here means no points at all. */
  autoFail: z.boolean().default(false),
  second: ColumnName.optional(),
});
export type QaItem = z.infer<typeof QaItem>;

const Named = z.union([z.strictObject({ constant: Name80 }), z.strictObject({ column: ColumnName })]);

/** Evaluations of contacts on a form: points as columns, or the items from which they are computed. */
export const QaFeed = z.strictObject({
  ...Common,
  kind: z.literal("qa"),
  /** Columns that together name an evaluation for ever. */
  recordId: RecordId,
  agent: Person.optional(),
  evaluator: Person.optional(),
  form: Named,
  formVersion: Named.optional(),
  score: z.union([
    z.strictObject({
      points: z.strictObject({ earned: PointColumn, possible: PointColumn }),
      autoFail: YesNo.optional(),
      criticalErrors: z.strictObject({ customer: YesNo.optional(), business: YesNo.optional(), compliance: YesNo.optional() }).default({}),
      nonCritical: z.strictObject({ correct: PointColumn, opportunities: PointColumn }).optional(),
      calibration: z.strictObject({ matches: PointColumn, items: PointColumn }).optional(),
    }),
    z.strictObject({
      items: z.array(QaItem).min(1).max(200),
      right: z.array(Text).min(1),
      wrong: z.array(Text).min(1),
      notApplicable: z.array(Text).default([]),
    }),
  ]),
});
export type QaFeed = z.infer<typeof QaFeed>;

/**
 * Who is employed on a day. `covers` is the stretch that ends with the snapshot and that no other snapshot speaks of:
 * whoever left, or reached a length of service, counts in the snapshot whose stretch that day lies in. `all`: the only one.
 */
export const RosterFeed = z.strictObject({
  ...Common,
  kind: z.literal("roster"),
  /** The day of the snapshot: a column, or one day for the whole file. */
  start: z.union([z.strictObject({ date: DateColumn }), z.strictObject({ constant: z.iso.date() })]),
  /** `each-row`: nobody is named, a row is a person by its place in the file. */
  agent: z.union([Person, z.literal("each-row")]),
  covers: z.enum(["day", "week", "month", "all"]).default("day"),
  /** When somebody started, or how long they have been, or had been when they left, there. */
  service: z
    .union([
      z.strictObject({ startedOn: DateColumn }),
      z.strictObject({ tenure: z.strictObject({ column: ColumnName, unit: z.enum(["days", "months", "years"]) }) }),
    ])
    .optional(),
  left: YesNo.optional(),
  /** The last day; without it whoever left did so in the snapshot's own stretch. */
  leftOn: DateColumn.optional(),
  reason: z.strictObject({ column: ColumnName }).optional(),
});
export type RosterFeed = z.infer<typeof RosterFeed>;

/** What a scheduled activity may count as. */
export const SCHEDULE_COUNTERS = ["scheduled-ms", "paid-ms", "available-ms"] as const;
export type ScheduleCounter = (typeof SCHEDULE_COUNTERS)[number];

/** Scheduled activities of agents, from a time to a time. */
export const ScheduleFeed = z.strictObject({
  ...Common,
  kind: z.literal("schedule"),
  agent: Person,
  /** Columns that together name an entry for ever; without them, agent and start do. */
  recordId: RecordId.optional(),
  /** `time` alone is on the day of the start, or the next day where it is earlier; the same time is refused. */
  end: z.union([
    z.strictObject({ time: z.strictObject({ column: ColumnName, format: z.enum(TIME_FORMATS) }) }),
    z.strictObject({ instant: z.strictObject({ column: ColumnName, format: z.enum(INSTANT_FORMATS) }) }),
    z.strictObject({ length: DurationColumn }),
  ]),
  /** What each activity counts as; without it everything is scheduled time. An activity that is not listed is refused. */
  activity: z.strictObject({ column: ColumnName, counts: z.record(Text, z.array(z.enum(SCHEDULE_COUNTERS))) }).optional(),
});
export type ScheduleFeed = z.infer<typeof ScheduleFeed>;
