import { z } from "zod";
import { AlertClauses } from "./alert-clauses.ts";
import { Measure } from "../metrics/measure.ts";
import { Bonus, Credits, Deadlines, EarnBack, ExclusionRules, Fees, Improvement, Termination } from "./money-clauses.ts";
import { WindowKind } from "../calendar/window-kind.ts";

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, { error: "must be 1 to 40 of a-z, 0-9 and -, not starting with -" });
const Day = z.iso.date();
const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/u, { error: 'must be a clock time such as "07:30"' });
const Weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
/** In the form in which feeds read names of queues. */
const Queue = z.string().min(1).max(80).normalize("NFC");

/** Opening hours on the wall clock of the agreement's zone. A day may have several blocks; `24:00` is the end of the day. */
export const ServiceHours = z.union([
  z.literal("always"),
  z.array(z.strictObject({ days: z.array(Weekday).min(1), from: ClockTime, to: ClockTime })).min(1),
]);
export type ServiceHours = z.infer<typeof ServiceHours>;

/** One day with hours of its own; it wins over the weekday and over a holiday. */
export const HoursOverride = z.strictObject({
  date: Day,
  hours: z.union([z.literal("closed"), z.literal("always"), z.array(z.strictObject({ from: ClockTime, to: ClockTime })).min(1)]),
});

/** A level with its unit, so that nobody has to guess: `"80 %"`, `"20 s"`, `"6:30"`, `"4.2"`. */
const Level = z.string().min(1).max(20);

/** A line of business: the queues that serve it and, where they differ, its hours. */
export const Program = z.strictObject({
  id: Id,
  name: z.string().min(1).max(60),
  queues: z.array(Queue).min(1),
  site: z.string().min(1).max(60).optional(),
  channel: z.enum(["voice", "chat", "email", "back-office", "other"]).optional(),
  language: z.string().min(2).max(20).optional(),
  serviceHours: ServiceHours.optional(),
  holidays: z.array(Day).optional(),
  overrides: z.array(HoursOverride).optional(),
});
export type Program = z.infer<typeof Program>;

/** How the figure of a window comes from its parts. Anything but `ratio-of-sums` only where the contract really says so. */
export const Aggregation = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("ratio-of-sums") }),
  /** The share of intervals with contacts that reach `level`; `expected` is then that share. */
  z.strictObject({
    by: z.literal("intervals-met"),
    level: Level,
    minutes: z.union([z.literal(15), z.literal(30), z.literal(60)]).optional(),
  }),
  /** The share of days with contacts that reach `level`; with `expected: "100 %"` an every-day floor. */
  z.strictObject({ by: z.literal("days-met"), level: Level }),
  /** The mean of the daily figures, each rounded half up to `dp` decimals of the unit as read first. */
  z.strictObject({ by: z.literal("mean-of-days"), dp: z.int().min(0).max(4) }),
]);
export type Aggregation = z.infer<typeof Aggregation>;

export const Target = z.strictObject({
  id: Id,
  name: z.string().min(1).max(60),
  /** The clause of the contract, quoted or numbered, shown beside the figure. */
  clause: z.string().max(400).optional(),
  /** `critical` and `key` targets may carry money, an `objective` is only watched. */
  class: z.enum(["critical", "key", "objective"]).default("key"),
  feed: Id,
  queues: z.union([z.literal("all"), z.array(Queue).min(1)]).default("all"),
  /** Instead of `queues`: the queues of these programs, each in its own hours. */
  programs: z.array(Id).min(1).optional(),
  /** One verdict per member instead of one for all of them together. */
  each: z.enum(["queue", "program", "site", "channel", "language"]).optional(),
  measure: Measure,
  direction: z.enum(["at-least", "at-most", "within"]),
  /** The level that decides; of a band (`within`) its upper end. */
  expected: Level,
  /** Lower end of a band. */
  notBelow: Level.optional(),
  minimum: Level.optional(),
  /** A better level than expected, for a bonus. */
  stretch: Level.optional(),
  aggregation: Aggregation.default({ by: "ratio-of-sums" }),
  windows: z.array(WindowKind).min(1).default(["day", "month"]),
  /** Below this many in the denominator `onLowSample` applies. */
  minimumSample: z.int().min(0).default(0),
  /** `not-proven`: no verdict. `join-previous`: judged together with the window before. `allow-one-miss`: one more success decides. */
  onLowSample: z.enum(["not-proven", "join-previous", "allow-one-miss"]).default("not-proven"),
  /** `default`: a closed window without data counts as a default, because not measuring is one. */
  onNoData: z.enum(["no-data", "default"]).default("no-data"),
  /** Rounding of the figure before it is compared, only if the contract says so; otherwise the exact figure decides. */
  rounding: z.strictObject({ dp: z.int().min(0).max(6), mode: z.enum(["down", "half-up"]) }).optional(),
  /** When the clock of a wait starts; without it the parties will disagree. */
  clock: z.enum(["queue-entry", "ivr-exit", "offered-to-agent", "contact-start"]).optional(),
  /** Levels of the weeks since go-live; week 1 begins on that day. */
  ramp: z
    .array(z.strictObject({ fromWeek: z.int().min(1), toWeek: z.int().min(1), expected: Level, minimum: Level.optional() }))
    .optional(),
  source: z.string().max(120).optional(),
  measuredBy: z.enum(["client", "provider", "accord"]).default("accord"),
  /** When the open window's status turns to "at risk" although the figure is still on the agreed side. */
  atRisk: z.strictObject({ missProbability: Level.optional(), burn: z.number().positive().max(1000).optional() }).optional(),
});
export type Target = z.infer<typeof Target>;

/** What happens to days (or the month) whose volume leaves the band around the locked forecast. */
export const VolumeBand = z.strictObject({
  feed: Id,
  unit: z.enum(["day", "month"]),
  lower: Level.optional(),
  upper: Level,
  /** `exclude`: not counted in the adjusted figure. `scale-target`: the agreed level shrinks by upper limit / volume. */
  above: z.enum(["exclude", "scale-target"]),
  below: z.enum(["exclude", "keep"]).default("keep"),
  lockDaysBefore: z.int().min(0).max(120),
  forecastBy: z.enum(["client", "provider"]),
});
export type VolumeBand = z.infer<typeof VolumeBand>;

export const Agreement = z.strictObject({
  accord: z.literal("agreement/1"),
  id: Id,
  name: z.string().min(1).max(80),
  version: z.int().min(1),
  /** Why this version replaces the one before. */
  reason: z.string().max(400).optional(),
  parties: z.strictObject({ client: z.string().min(1).max(80), provider: z.string().min(1).max(80) }),
  timeZone: z.string().min(1).max(60),
  effectiveFrom: Day,
  effectiveTo: Day.optional(),
  weekStart: z.enum(["mon", "sat", "sun"]).default("mon"),
  serviceHours: ServiceHours,
  /** Days without measurement, in the agreement's zone. */
  holidays: z.array(Day).default([]),
  overrides: z.array(HoursOverride).default([]),
  /** Length of the intervals in which contacts are counted, in minutes. */
  intervalMinutes: z.union([z.literal(15), z.literal(30), z.literal(60)]).default(15),
  programs: z.array(Program).default([]),
  targets: z.array(Target).min(1).max(60),
  /**
   * `creditsSuspendedWeeks`: no credits for periods that begin in those weeks. `gate`: a new team counts as arrived after so many weeks in a
   * row at the level after the ramp, each on so many cases.
   */
  ramp: z
    .strictObject({
      goLive: Day,
      creditsSuspendedWeeks: z.int().min(0).default(0),
      gate: z.strictObject({ weeks: z.int().min(1).max(26), minimumSample: z.int().min(1) }).optional(),
    })
    .optional(),
  volume: VolumeBand.optional(),
  exclusions: ExclusionRules.optional(),
  fees: Fees.optional(),
  credits: Credits.optional(),
  bonus: Bonus.optional(),
  earnBack: EarnBack.optional(),
  improvement: Improvement.optional(),
  termination: z.array(Termination).default([]),
  deadlines: Deadlines.default({}),
  alerts: AlertClauses.optional(),
});
export type Agreement = z.infer<typeof Agreement>;
