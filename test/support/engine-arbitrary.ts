import fc from "fast-check";
import type { Agreement, Target } from "../../shared/agreement/agreement.ts";
import type { Exclusion } from "../../shared/agreement/exclusion.ts";
import { type AgreementHistory, createHistory } from "../../shared/agreement/history.ts";
import type { Interval, QueueIntervals } from "../../shared/facts/interval.ts";
import { SERVED } from "./engine-case.ts";
import { buildAgreement } from "./sample-agreement.ts";
import { buildTarget, intervalFeed } from "./target-case.ts";

const FIRST_MS = Date.parse("2026-02-23T00:00:00Z");
const QUARTER_MS = 900_000;
/** Twelve days over the end of February. */
const DAYS = 12;
const QUEUES = ["a", "b"] as const;

/** One quarter of one queue: so many in time, late and abandoned. */
export interface Quarter {
  readonly queue: "a" | "b";
  readonly startMs: number;
  readonly within: number;
  readonly late: number;
  readonly abandoned: number;
  readonly incomplete: boolean;
}

/** Few distinct times, so that hours, days and queues meet each other. */
export const anyQuarter: fc.Arbitrary<Quarter> = fc.record({
  queue: fc.constantFrom(...QUEUES),
  startMs: fc
    .tuple(fc.nat(DAYS - 1), fc.constantFrom(0, 31, 32, 33, 60, 95))
    .map(([day, quarter]) => FIRST_MS + day * 96 * QUARTER_MS + quarter * QUARTER_MS),
  within: fc.nat(9),
  late: fc.nat(4),
  abandoned: fc.nat(2),
  incomplete: fc.nat(20).map((one) => one === 0),
});

function intervalOf({ startMs, within, late, abandoned, incomplete }: Quarter): Interval {
  return { revision: 1, startMs, counters: [within + late, abandoned, incomplete ? null : within], claims: [] };
}

/** The latest word on each quarter, as a store would hold it. */
export function queuesOf(quarters: readonly Quarter[]): QueueIntervals[] {
  return QUEUES.flatMap((queue) => {
    const own = quarters.filter((quarter) => quarter.queue === queue);
    const intervals = [...new Map(own.map((quarter) => [quarter.startMs, intervalOf(quarter)])).values()];
    return intervals.length === 0 ? [] : [{ queue, intervals }];
  });
}

export function spanOf(queues: readonly QueueIntervals[]): { firstMs: number; lastMs: number } | null {
  const starts = queues.flatMap(({ intervals }) => intervals.map(({ startMs }) => startMs));
  return starts.length === 0 ? null : { firstMs: Math.min(...starts), lastMs: Math.max(...starts) };
}

const WINDOWS: Target["windows"] = ["day", "week", "month", "quarter", "rolling-3d", "rolling-2m"];
const LEVEL = fc.integer({ min: 30, max: 95 }).map((percent) => `${percent} %`);

/** Aggregations, gates and levels of every kind. */
export const anyTarget: fc.Arbitrary<Partial<Target>> = fc.record({
  expected: LEVEL,
  minimum: fc.constant("30 %"),
  aggregation: fc.oneof(
    fc.constant({ by: "ratio-of-sums" as const }),
    LEVEL.map((level) => ({ by: "intervals-met" as const, level, minutes: 60 as const })),
    LEVEL.map((level) => ({ by: "days-met" as const, level })),
    fc.constant({ by: "mean-of-days" as const, dp: 1 }),
  ),
  windows: fc.subarray(WINDOWS, { minLength: 1, maxLength: 2 }),
  minimumSample: fc.constantFrom(0, 5, 30),
  onLowSample: fc.constantFrom("not-proven" as const, "join-previous" as const, "allow-one-miss" as const),
  onNoData: fc.constantFrom("no-data" as const, "default" as const),
  each: fc.constantFrom(undefined, "queue" as const),
  queues: fc.constant(["a", "b"]),
  ramp: fc.constantFrom(undefined, [{ fromWeek: 1, toWeek: 1, expected: "30 %", minimum: "30 %" }]),
});

function defined<T extends object>(value: T): Partial<T> {
  const entries: Partial<T> = { ...value };
  for (const key of Object.keys(entries)) if (Reflect.get(entries, key) === undefined) Reflect.deleteProperty(entries, key);
  return entries;
}

const anyVolume: fc.Arbitrary<Agreement["volume"]> = fc.option(
  fc.record({
    feed: fc.constant("calls"),
    unit: fc.constantFrom("day" as const, "month" as const),
    upper: fc.constant("120 %"),
    lower: fc.constant("50 %"),
    above: fc.constantFrom("exclude" as const, "scale-target" as const),
    below: fc.constantFrom("exclude" as const, "keep" as const),
    lockDaysBefore: fc.constant(10),
    forecastBy: fc.constant("client" as const),
  }),
  { nil: undefined },
);

/** Terms of one or two versions with targets and hours of their own. */
export const anyHistory: fc.Arbitrary<AgreementHistory> = fc
  .record({
    starts: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 2 }),
    targets: fc.tuple(anyTarget, anyTarget),
    volume: anyVolume,
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York"),
    narrow: fc.boolean(),
  })
  .map(({ starts, targets, volume, timeZone, narrow }) =>
    createHistory(
      starts
        .toSorted((a, b) => a - b)
        .map((start, i) => ({
          agreement: {
            ...buildAgreement(),
            ...defined({ volume }),
            version: i + 1,
            timeZone,
            effectiveFrom: i === 0 ? "2026-02-25" : `2026-03-0${start}`,
            serviceHours: narrow ? [{ days: ["mon", "tue", "wed", "thu", "fri", "sun"], from: "08:00", to: "15:00" }] : "always",
            holidays: ["2026-02-27"],
            ramp: { goLive: "2026-02-25", creditsSuspendedWeeks: 0 },
            targets: [buildTarget(defined(targets[i] ?? {})), buildTarget({ id: "plain", windows: ["month"] })],
          } satisfies Agreement,
          feeds: [intervalFeed([...SERVED.slice(0, 2), "answered-within-20000"])],
        })),
    ),
  );

export const anyExclusion: fc.Arbitrary<Exclusion> = fc
  .record({
    id: fc.constantFrom("c1", "c2", "c3"),
    from: fc.nat(DAYS * 8),
    hours: fc.integer({ min: 1, max: 30 }),
    targets: fc.constantFrom<Exclusion["targets"]>("all", ["plain"], ["service-level"]),
    state: fc.constantFrom("accepted" as const, "open" as const),
  })
  .map(({ id, from, hours, targets, state }) => {
    const fromMs = FIRST_MS + from * 3 * 3_600_000;
    return { id, fromMs, toMs: fromMs + hours * 3_600_000, targets, state, why: "client outage" };
  });

export const anyForecast: fc.Arbitrary<ReadonlyMap<string, number>> = fc
  .array(fc.tuple(fc.nat(DAYS), fc.nat(30)), { maxLength: 12 })
  .map((days) => new Map(days.map(([day, calls]) => [new Date(FIRST_MS + day * 86_400_000).toISOString().slice(0, 10), calls])));

/** After all of it, in the middle of it. */
export const anyNow = fc.constantFrom(Date.parse("2026-03-05T12:00:00Z"), Date.parse("2026-07-01T00:00:00Z"));
