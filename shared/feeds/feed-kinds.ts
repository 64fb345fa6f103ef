import { z } from "zod";
import { CounterId } from "../metrics/counter.ts";
import { CLAIM_IDS, CONTACT_OUTCOMES } from "./canonical.ts";
import { CLAIM_UNITS, DURATION_UNITS } from "./cell-formats.ts";
import { AUTO_READINGS, ColumnName, Common, DurationColumn, Person } from "./definition-parts.ts";

/** What a cell must be for an outcome rule: one of these texts, or anything at all, or nothing. */
const Wanted = z.union([z.string(), z.array(z.string()).min(1), z.strictObject({ cell: z.enum(["present", "absent"]) })]);

export const ContactFeed = z.strictObject({
  ...Common,
  kind: z.literal("contact"),
  /** Columns that together name a contact for ever. */
  contactId: z.array(ColumnName).min(1).max(6),
  /** Clock text that means "this never happened", e.g. `0:00:00`. */
  never: z.array(z.string().max(20)).default([]),
  /** First rule whose columns all match decides; a row that none matches is refused. `never` matches the texts above. */
  outcome: z.array(z.strictObject({ when: z.record(ColumnName, Wanted), is: z.enum(CONTACT_OUTCOMES) })).min(1),
  durations: z.strictObject({
    wait: DurationColumn.optional(),
    handle: z
      .union([
        DurationColumn,
        z.strictObject({
          sum: z
            .array(z.enum(["talk", "hold", "acw"]))
            .min(2)
            .max(3),
        }),
      ])
      .optional(),
    talk: DurationColumn.optional(),
    hold: DurationColumn.optional(),
    acw: DurationColumn.optional(),
  }),
  csat: z.strictObject({ column: ColumnName }).optional(),
  agent: Person.optional(),
});
export type ContactFeed = z.infer<typeof ContactFeed>;

const required = z.boolean().default(true);
const CountColumn = z.union([
  /** A sum of time names its unit, a count has none; one shape, so that a wrong unit is called that and nothing else. */
  z.strictObject({ column: ColumnName, unit: z.enum(DURATION_UNITS).optional(), ...AUTO_READINGS, required }),
  /** Every row is one: a snapshot says what is open, not that it is one snapshot. */
  z.strictObject({ constant: z.literal(1) }),
]);
const ClaimColumn = z.strictObject({ column: ColumnName, unit: z.enum(CLAIM_UNITS), ...AUTO_READINGS });

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

/** Sums of whole months. Only windows made of whole months can be judged by them. */
export const MonthlyFeed = z.strictObject({ ...Common, kind: z.literal("monthly"), counters: Counters, claims: Claims });
export type MonthlyFeed = z.infer<typeof MonthlyFeed>;

/** What is expected of days or intervals ahead; without `intervalMinutes`, of days. */
export const ForecastFeed = z.strictObject({
  ...Common,
  kind: z.literal("forecast"),
  intervalMinutes: z.union([z.literal(5), z.literal(15), z.literal(30), z.literal(60)]).optional(),
  counters: Counters,
  claims: Claims,
});
export type ForecastFeed = z.infer<typeof ForecastFeed>;

/** Feeds whose rows are counts of a stretch of time, stored as they come. */
export type CountFeed = IntervalFeed | DailyFeed | MonthlyFeed | ForecastFeed;
