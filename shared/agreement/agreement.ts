import { z } from "zod";
import { Measure } from "../metrics/measure.ts";

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, { error: "must be 1 to 40 of a-z, 0-9 and -, not starting with -" });
const Day = z.iso.date();
const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/u, { error: 'must be a clock time such as "07:30"' });
const Weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);

/** Opening hours on the wall clock of the agreement's zone. A day may have several blocks; `24:00` is the end of the day. */
export const ServiceHours = z.union([
  z.literal("always"),
  z.array(z.strictObject({ days: z.array(Weekday).min(1), from: ClockTime, to: ClockTime })).min(1),
]);
export type ServiceHours = z.infer<typeof ServiceHours>;

/** A level with its unit, so that nobody has to guess: `"80 %"`, `"20 s"`, `"6:30"`, `"4.2"`. */
const Level = z.string().min(1).max(20);

export const WindowKind = z.enum(["day", "month"]);
export type WindowKind = z.infer<typeof WindowKind>;

export const Target = z.strictObject({
  id: Id,
  name: z.string().min(1).max(60),
  /** The clause of the contract, quoted or numbered, shown beside the figure. */
  clause: z.string().max(400).optional(),
  feed: Id,
  queues: z.union([z.literal("all"), z.array(z.string().min(1).max(80)).min(1)]).default("all"),
  measure: Measure,
  direction: z.enum(["at-least", "at-most"]),
  expected: Level,
  minimum: Level.optional(),
  windows: z.array(WindowKind).min(1).default(["day", "month"]),
  /** Below this many in the denominator the verdict is "not proven". */
  minimumSample: z.int().min(0).default(0),
  /** Rounding of the figure before it is compared, only if the contract says so; otherwise the exact figure decides. */
  rounding: z.strictObject({ dp: z.int().min(0).max(6), mode: z.enum(["down", "half-up"]) }).optional(),
});
export type Target = z.infer<typeof Target>;

export const Agreement = z.strictObject({
  accord: z.literal("agreement/1"),
  id: Id,
  name: z.string().min(1).max(80),
  version: z.int().min(1),
  parties: z.strictObject({ client: z.string().min(1).max(80), provider: z.string().min(1).max(80) }),
  timeZone: z.string().min(1).max(60),
  effectiveFrom: Day,
  effectiveTo: Day.optional(),
  serviceHours: ServiceHours,
  /** Days without measurement, in the agreement's zone. */
  holidays: z.array(Day).default([]),
  /** Length of the intervals in which contacts are counted, in minutes. */
  intervalMinutes: z.union([z.literal(15), z.literal(30), z.literal(60)]).default(15),
  targets: z.array(Target).min(1).max(60),
});
export type Agreement = z.infer<typeof Agreement>;
