import fc from "fast-check";
import { Agreement } from "../../shared/agreement/agreement.ts";
import type { Exclusion } from "../../shared/agreement/exclusion.ts";
import { addDays } from "../../shared/calendar/day.ts";
import type { NaiveRow, NaiveWorld } from "./naive-calendar.ts";
import { buildAgreement } from "./sample-agreement.ts";

const QUARTER_MS = 900_000;
const DAYS = 12;
const QUEUES = ["a", "b", "c"];

/** Zones with a day on which their clock is changed: by an hour, by half of one, at midnight, over a whole day, or never. */
const PLACES = [
  ["UTC", "2026-02-27"],
  ["Europe/Berlin", "2026-03-29"],
  ["Europe/Berlin", "2026-10-25"],
  ["America/New_York", "2026-11-01"],
  ["Australia/Lord_Howe", "2026-04-05"],
  ["Australia/Lord_Howe", "2026-10-04"],
  ["America/Santiago", "2026-04-04"],
  ["America/Santiago", "2026-09-06"],
  ["America/Sao_Paulo", "2018-02-17"],
  ["Pacific/Apia", "2011-12-30"],
  ["Asia/Kathmandu", "2026-06-29"],
] as const;

const optional = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });
const percent = fc.integer({ min: 40, max: 95 }).map((one) => `${one} %`);
const blocks = fc.constantFrom(
  [{ from: "00:00", to: "24:00" }],
  [{ from: "02:00", to: "03:00" }],
  [
    { from: "00:00", to: "01:30" },
    { from: "23:00", to: "24:00" },
  ],
  [
    { from: "08:00", to: "12:00" },
    { from: "12:45", to: "18:15" },
  ],
);
const weekdays = fc.constantFrom(["mon", "tue", "wed", "thu", "fri"], ["sat", "sun"], ["mon", "wed", "fri", "sun"], ["sun"]);
const serviceHours = fc.oneof(
  fc.constant("always"),
  fc.tuple(weekdays, blocks).map(([days, some]) => some.map((block) => ({ days, ...block }))),
);

/** Hours, holidays and single days around a date. */
function hoursAround(start: string) {
  const day = fc.nat(DAYS).map((into) => addDays(start, into));
  return {
    holidays: fc.uniqueArray(day, { maxLength: 3 }),
    overrides: fc.uniqueArray(fc.record({ date: day, hours: fc.oneof(fc.constantFrom("closed", "always"), blocks) }), {
      maxLength: 2,
      selector: ({ date }) => date,
    }),
  };
}

function programsAround(start: string) {
  const own = { serviceHours: optional(serviceHours), holidays: optional(hoursAround(start).holidays) };
  const program = fc.record({ ...own, overrides: optional(hoursAround(start).overrides), site: optional(fc.constantFrom("X", "Y")) });
  return fc.tuple(program, program).map(([first, second]) => [
    { id: "one", name: "One", queues: ["a"], ...first },
    { id: "two", name: "Two", queues: ["b"], ...second },
  ]);
}

const share = { measure: { metric: "service-level", variant: "negative", withinSeconds: 20 }, direction: "at-least" };
const lost = { measure: { metric: "abandonment", denominator: "answered-and-abandoned" }, direction: "at-most" };
const time = { measure: { metric: "aht" }, direction: "at-most" };
const plainMeasures = fc.oneof(
  fc.record({ expected: percent, minimum: optional(fc.constantFrom("30 %", "40 %")) }).map((levels) => ({ ...share, ...levels })),
  fc
    .record({ expected: fc.constantFrom("5 %", "12.5 %", "30 %"), minimum: optional(fc.constant("35 %")) })
    .map((levels) => ({ ...lost, ...levels })),
  fc.record({ expected: fc.constantFrom("200 s", "300.5 s"), minimum: fc.constant("400 s") }).map((levels) => ({ ...time, ...levels })),
  fc
    .record({ expected: fc.constant("350 s"), notBelow: fc.constantFrom("150 s", "250 s") })
    .map((band) => ({ ...time, ...band, direction: "within" })),
);
/** Shares of intervals or days that reach a level, which is on the measure's own side. */
const pieceMeasures = fc
  .record({
    of: fc.constantFrom({ ...share, level: "60 %" }, { ...lost, level: "20 %" }, { ...time, level: "300 s" }),
    by: fc.constantFrom("intervals-met", "days-met"),
    minutes: optional(fc.constantFrom(30, 60)),
    expected: percent,
    minimum: optional(fc.constant("30 %")),
  })
  .map(({ of: { measure, level }, by, minutes, ...levels }) => {
    const aggregation = by === "days-met" ? { by, level } : { by, level, minutes };
    return { measure, direction: "at-least", aggregation, ...levels };
  });

const scopes = fc.constantFrom<object>(
  {},
  { queues: ["a", "c"] },
  { programs: ["one"] },
  { programs: ["one", "two"] },
  { each: "queue" },
  { each: "queue", queues: ["b", "c"] },
  { each: "program" },
  { each: "site" },
  { each: "site", programs: ["two"] },
);
const WINDOWS = ["day", "week", "month", "quarter", "rolling-2d", "rolling-5d"];

const target = fc
  .record({
    measure: fc.oneof(plainMeasures, pieceMeasures),
    scope: scopes,
    windows: fc.subarray(WINDOWS, { minLength: 1, maxLength: 3 }),
    minimumSample: fc.constantFrom(0, 1, 3, 20),
    onLowSample: fc.constantFrom("not-proven", "join-previous", "allow-one-miss"),
    onNoData: fc.constantFrom("no-data", "default"),
    rounding: optional(fc.record({ dp: fc.nat(2), mode: fc.constantFrom("down", "half-up") })),
    isRamped: fc.boolean(),
  })
  .map(({ measure, scope, isRamped, onLowSample, ...rest }) => {
    const isTime = measure.measure.metric === "aht" && !("aggregation" in measure);
    const ramp = [
      { fromWeek: 1, toWeek: 1, expected: isTime ? "500 s" : "35 %" },
      { fromWeek: 2, toWeek: 2, expected: isTime ? "444.5 s" : "37.5 %", minimum: isTime ? "490 s" : "33 %" },
    ];
    // Of a duration nobody can say what one success more is.
    const gate = isTime && onLowSample === "allow-one-miss" ? "not-proven" : onLowSample;
    return { ...measure, ...scope, ...rest, onLowSample: gate, ...(isRamped && measure.direction !== "within" ? { ramp } : {}) };
  });

const volume = optional(
  fc.record({
    feed: fc.constant("calls"),
    unit: fc.constantFrom("day", "month"),
    upper: fc.constantFrom("110 %", "120.5 %"),
    lower: optional(fc.constant("60 %")),
    above: fc.constantFrom("exclude", "scale-target"),
    below: fc.constantFrom("exclude", "keep"),
    lockDaysBefore: fc.constant(10),
    forecastBy: fc.constant("client"),
  }),
);

function agreementsAround(start: string, timeZone: string): fc.Arbitrary<Agreement[]> {
  const version = fc.record({
    into: fc.integer({ min: 1, max: DAYS - 1 }),
    endsAfter: optional(fc.nat(DAYS)),
    weekStart: fc.constantFrom("mon", "sat", "sun"),
    serviceHours,
    ...hoursAround(start),
    programs: programsAround(start),
    targets: fc.tuple(target, target),
    goLive: fc.nat(DAYS).map((into) => addDays(start, into - 4)),
    volume,
  });
  return fc.array(version, { minLength: 1, maxLength: 3 }).map((versions) =>
    versions.map(({ into, endsAfter, targets, goLive, ...rest }, i) => {
      const effectiveFrom = addDays(start, i === 0 ? Math.min(into, 3) - 2 : into);
      const document = {
        ...buildAgreement(),
        ...rest,
        timeZone,
        version: i + 1,
        effectiveFrom,
        ...(endsAfter === undefined ? {} : { effectiveTo: addDays(effectiveFrom, endsAfter) }),
        ramp: { goLive, creditsSuspendedWeeks: 0 },
        targets: targets.map((one, at) => ({ id: `t${at}`, name: "T", feed: "calls", ...one })),
      };
      return Agreement.parse(JSON.parse(JSON.stringify(document)));
    }),
  );
}

/** Days before the clock change, the day itself and the days after; each quarter of a queue once. */
function rowsFrom(startMs: number): fc.Arbitrary<NaiveRow[]> {
  const quarter = fc.oneof(
    fc.nat(DAYS * 96),
    fc.tuple(fc.nat(DAYS), fc.constantFrom(0, 1, 5, 8, 9, 14, 40)).map(([day, at]) => day * 96 + at),
  );
  const row = fc
    .record({
      queue: fc.constantFrom(...QUEUES),
      quarter,
      within: fc.nat(6),
      late: fc.nat(4),
      abandoned: fc.nat(2),
      handleMs: fc.integer({ min: 100_000, max: 500_000 }),
      isIncomplete: fc.nat(15).map((one) => one === 0),
    })
    .map(({ queue, quarter: at, within, late, abandoned, handleMs, isIncomplete }): NaiveRow => {
      const answered = within + late;
      const counts = {
        offered: answered + abandoned,
        answered,
        abandoned,
        within: isIncomplete ? null : within,
        handleMs: handleMs * answered,
      };
      return { queue, startMs: startMs + at * QUARTER_MS, counts };
    });
  return fc.uniqueArray(row, { minLength: 1, maxLength: 30, selector: ({ queue, startMs: at }) => `${queue}.${at}` });
}

function claimsFrom(startMs: number): fc.Arbitrary<Exclusion[]> {
  const claim = fc
    .record({
      from: fc.nat(DAYS * 24),
      hours: fc.integer({ min: 1, max: 40 }),
      targets: fc.constantFrom<Exclusion["targets"]>("all", ["t0"], ["t1"]),
      state: fc.constantFrom("accepted" as const, "open" as const),
    })
    .map(({ from, hours, targets, state }) => {
      const fromMs = startMs + from * 4 * QUARTER_MS;
      return { id: `${state}-${from}`, fromMs, toMs: fromMs + hours * 4 * QUARTER_MS, targets, state, why: "outage" };
    });
  return fc.array(claim, { maxLength: 3 });
}

/** Small agreements of up to three versions, and twelve days of intervals around a clock change. */
export const anyWorld: fc.Arbitrary<NaiveWorld> = fc.constantFrom(...PLACES).chain(([timeZone, change]) => {
  const start = addDays(change, -5);
  const startMs = Date.parse(`${start}T00:00:00Z`);
  const forecast = fc.array(fc.tuple(fc.nat(DAYS), fc.nat(20)), { maxLength: 8 });
  return fc.record({
    agreements: agreementsAround(start, timeZone),
    rows: rowsFrom(startMs),
    exclusions: claimsFrom(startMs),
    forecast: forecast.map((days) => new Map(days.map(([into, calls]) => [addDays(start, into), calls]))),
    nowMs: fc.oneof(
      fc.constant(startMs + 200 * 96 * QUARTER_MS),
      fc.integer({ min: (DAYS + 1) * 96, max: (DAYS + 30) * 96 }).map((at) => startMs + at * QUARTER_MS),
    ),
  });
});
