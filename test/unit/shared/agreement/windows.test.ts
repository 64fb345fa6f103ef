import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../shared/agreement/agreement.ts";
import type { AgreementContext } from "../../../../shared/agreement/context.ts";
import { measuredRanges } from "../../../../shared/agreement/scope.ts";
import type { VerdictWindow } from "../../../../shared/agreement/verdict.ts";
import { daysOf, windowAt, windowsTouched } from "../../../../shared/agreement/windows.ts";
import { daysBetween } from "../../../../shared/calendar/day.ts";
import { remember } from "../../../../shared/calendar/remember.ts";
import type { WindowKind } from "../../../../shared/calendar/window-kind.ts";
import type { QueueIntervals } from "../../../../shared/facts/interval.ts";
import { buildTarget, contextOf, intervalFeed, intervalsOf, verdictOf, verdictsOf } from "../../../support/target-case.ts";

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "America/Sao_Paulo",
  "Africa/Casablanca",
];

const EVER = { effectiveFrom: "2000-01-01" };

/** The day or month around a day, of an agreement that was always in force. */
function windowOf(timeZone: string, kind: WindowKind, day: string, nowMs = 0): VerdictWindow {
  const window = windowAt(contexts(timeZone), kind, day, nowMs);
  if (window === null) throw new Error(`${day} has no ${kind}`);
  return window;
}

const contexts = remember(20, (timeZone: string) => contextOf([buildTarget()], { timeZone, ...EVER }));

function touched(context: AgreementContext, days: readonly string[], now = "2099-01-01T00:00:00Z"): string[] {
  return context.targets.flatMap((compiled) =>
    windowsTouched(context, compiled, days, Date.parse(now)).map(({ kind, start, part }) => `${kind} ${start}${part ? " part" : ""}`),
  );
}

describe("windows", () => {
  it.each(ZONES)("of %s tile the years: no instant in two days or months and none between", (name) => {
    for (const kind of ["day", "month"] as const) {
      const windows = daysBetween("2011-01-01", "2012-12-31").map((day) => windowOf(name, kind, day));
      const unique = windows.filter((window, i) => i === 0 || window.start !== windows[i - 1]?.start);
      unique.forEach((window, i) => {
        const next = unique[i + 1];
        expect(window.toMs).toBeGreaterThanOrEqual(window.fromMs);
        if (next !== undefined) expect(next.fromMs).toBe(window.toMs);
      });
    }
  });

  it.each(ZONES)("of %s: a month is as long as its days together, over every change of the clock", (name) => {
    for (const first of daysBetween("2018-01-01", "2026-12-31").filter((day) => day.endsWith("-01"))) {
      const month = windowOf(name, "month", first);
      const days = daysOf(contexts(name), month).map((day) => windowOf(name, "day", day));
      expect(days.reduce((sum, day) => sum + day.toMs - day.fromMs, 0)).toBe(month.toMs - month.fromMs);
    }
  });

  it("days of 23 and 25 hours are what they are", () => {
    const hours = (day: string): number => {
      const { fromMs, toMs } = windowOf("Europe/Berlin", "day", day);
      return (toMs - fromMs) / 3_600_000;
    };
    expect([hours("2026-03-28"), hours("2026-03-29"), hours("2026-10-25")]).toEqual([24, 23, 25]);
  });

  it("a window is open until its last instant and closed from its end on", () => {
    const { toMs } = windowOf("Europe/Berlin", "day", "2026-03-29");
    expect(windowOf("Europe/Berlin", "day", "2026-03-29", toMs - 1).open).toBe(true);
    expect(windowOf("Europe/Berlin", "day", "2026-03-29", toMs).open).toBe(false);
  });

  it("days touch each of their windows once, oldest first", () => {
    expect(touched(contexts("UTC"), ["2026-04-02", "2026-03-31", "2026-04-02", "2026-04-01"])).toEqual([
      "month 2026-03-01",
      "day 2026-03-31",
      "day 2026-04-01",
      "month 2026-04-01",
      "day 2026-04-02",
    ]);
  });

  it("a day that a zone skipped has no measured hour", () => {
    const [compiled] = contexts("Pacific/Apia").targets;
    expect(compiled === undefined ? null : measuredRanges(compiled.scope, "2011-12-30")).toEqual([]);
  });

  it("of a term that begins or ends inside them are parts, named after their first day in force", () => {
    const context = contextOf([buildTarget({ windows: ["week", "month", "quarter"] })], {
      effectiveFrom: "2026-03-11",
      effectiveTo: "2026-04-03",
    });
    expect(touched(context, ["2026-03-10", "2026-03-12", "2026-04-02", "2026-04-04"])).toEqual([
      "week 2026-03-11 part",
      "month 2026-03-11 part",
      "quarter 2026-03-11 part",
      "week 2026-03-30 part",
      "month 2026-04-01 part",
      "quarter 2026-04-01 part",
    ]);
    expect(windowAt(context, "month", "2026-03-20", 0)).toMatchObject({
      start: "2026-03-11",
      fromMs: Date.parse("2026-03-11T00:00:00Z"),
      toMs: Date.parse("2026-04-01T00:00:00Z"),
      part: true,
    });
    expect(windowAt(context, "month", "2026-04-04", 0)).toBeNull();
  });

  it.each([
    ["mon", "2026-03-02"],
    ["sat", "2026-02-28"],
    ["sun", "2026-03-01"],
  ] as const)("a week that starts on a %s", (weekStart, start) => {
    const context = contextOf([buildTarget({ windows: ["week"] })], { weekStart, ...EVER });
    expect(touched(context, ["2026-03-06"])).toEqual([`week ${start}`]);
  });

  it("rolling windows are touched by each of their days, but never begin before the term nor end in the future", () => {
    const context = contextOf([buildTarget({ windows: ["rolling-3d"] })], { effectiveFrom: "2026-03-10" });
    expect(touched(context, ["2026-03-11"])).toEqual(["rolling-3d 2026-03-10", "rolling-3d 2026-03-11"]);
    expect(touched(context, ["2026-03-11"], "2026-03-12T00:00:00Z")).toEqual(["rolling-3d 2026-03-10"]);
    expect(touched(context, ["2026-03-11"], "2026-03-11T23:00:00Z")).toEqual([]);
  });

  it("rolling months end with each month and are judged from its first day on", () => {
    const context = contextOf([buildTarget({ windows: ["rolling-2m"] })], EVER);
    expect(touched(context, ["2026-03-11"], "2026-03-11T12:00:00Z")).toEqual(["rolling-2m 2026-02-01"]);
    expect(touched(context, ["2026-03-11"], "2026-04-01T00:00:00Z")).toEqual(["rolling-2m 2026-02-01", "rolling-2m 2026-03-01"]);
    const window = windowAt(context, "rolling-2m", "2026-03-11", 0);
    expect(window === null ? null : [daysOf(context, window).at(0), daysOf(context, window).at(-1)]).toEqual(["2026-02-01", "2026-03-31"]);
  });
});

const COUNTERS = ["answered", "abandoned", "answered-within-20000"] as const;
const FEED = [intervalFeed(COUNTERS)];
const HOURS: Agreement["serviceHours"] = [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "18:00" }];

describe("evaluated windows", () => {
  it("a month is the sum of its days, not the mean of their percentages", () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 * 96 - 1 }), fc.nat(50), fc.nat(50), fc.nat(20)), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(some, (rows) => {
        const intervals = rows.map(
          ([quarter, within, late, abandoned]) =>
            [new Date(Date.parse("2026-06-01T00:00:00Z") + quarter * 900_000).toISOString(), [within + late, abandoned, within]] as const,
        );
        const unique = [...new Map(intervals).entries()];
        const verdicts = verdictsOf(contextOf([buildTarget()], {}, FEED), [intervalsOf(unique)], "2026-08-01T00:00:00Z");
        const days = verdicts.filter(({ window }) => window.kind === "day").flatMap(({ value }) => value ?? []);
        const month = verdicts.find(({ window }) => window.kind === "month")?.value ?? { num: 0, den: 0 };
        expect(month).toEqual(days.reduce((sum, { num, den }) => ({ num: sum.num + num, den: sum.den + den }), { num: 0, den: 0 }));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("calls outside the service hours and on a holiday do not count", () => {
    const rows = intervalsOf([
      ["2026-03-02T07:45:00Z", [100, 0, 0]],
      ["2026-03-02T08:00:00Z", [10, 0, 9]],
      ["2026-03-02T17:45:00Z", [10, 0, 9]],
      ["2026-03-02T18:00:00Z", [100, 0, 0]],
      ["2026-03-03T09:00:00Z", [100, 0, 0]],
      ["2026-03-07T09:00:00Z", [100, 0, 0]],
    ]);
    const context = contextOf([buildTarget()], { serviceHours: HOURS, holidays: ["2026-03-03"] }, FEED);
    const options = { now: "2026-05-01T00:00:00Z", window: "day" } as const;
    expect(verdictOf(context, [rows], { ...options, start: "2026-03-02" })).toMatchObject({ status: "met", value: { num: 18, den: 20 } });
    expect(verdictOf(context, [rows], { ...options, start: "2026-03-03" }).status).toBe("not-counted");
    expect(verdictOf(context, [rows], { ...options, start: "2026-03-07" }).status).toBe("not-counted");
    expect(verdictOf(context, [rows], { now: options.now, window: "month" })).toMatchObject({ value: { num: 18, den: 20 } });
  });

  it("an hour shown twice counts twice and an hour jumped over is missed by nobody", () => {
    const quarters = (from: string, n: number): QueueIntervals =>
      intervalsOf(Array.from({ length: n }, (_, i) => [new Date(Date.parse(from) + i * 900_000).toISOString(), [1, 0, 1]]));
    const context = contextOf([buildTarget()], { timeZone: "Europe/Berlin" }, FEED);
    const day = (queues: QueueIntervals, start: string): number =>
      verdictOf(context, [queues], { now: "2026-12-31T00:00:00Z", window: "day", start }).n;
    expect(day(quarters("2026-03-28T23:00:00Z", 96), "2026-03-29")).toBe(92);
    expect(day(quarters("2026-10-24T22:00:00Z", 104), "2026-10-25")).toBe(100);
  });

  it("a day before the first day in force is in no month", () => {
    const rows = intervalsOf([
      ["2026-03-09T10:00:00Z", [100, 0, 0]],
      ["2026-03-10T10:00:00Z", [10, 0, 10]],
      ["2026-03-20T10:00:00Z", [10, 0, 10]],
      ["2026-03-21T10:00:00Z", [100, 0, 0]],
    ]);
    const context = contextOf([buildTarget()], { effectiveFrom: "2026-03-10", effectiveTo: "2026-03-20" }, FEED);
    const verdicts = verdictsOf(context, [rows], "2026-05-01T00:00:00Z");
    expect(verdicts.filter(({ window }) => window.kind === "month")).toMatchObject([{ status: "met", value: { num: 20, den: 20 } }]);
    expect(verdicts.some(({ window }) => window.kind === "day" && (window.start < "2026-03-10" || window.start > "2026-03-20"))).toBe(
      false,
    );
  });

  it("only the queues of a target count for it", () => {
    const queues = [
      intervalsOf([["2026-03-02T10:00:00Z", [10, 0, 10]]], "claims"),
      intervalsOf([["2026-03-02T10:00:00Z", [10, 0, 0]]], "sales"),
    ];
    const context = contextOf([buildTarget({ queues: ["claims"] }), buildTarget({ id: "all" })], {}, FEED);
    const days = verdictsOf(context, queues, "2026-05-01T00:00:00Z").filter(({ window }) => window.kind === "day");
    expect(days.map(({ targetId, value }) => [targetId, value?.num, value?.den])).toEqual([
      ["service-level", 10, 10],
      ["all", 10, 20],
    ]);
  });

  it("a day in between without data is no data, never met", () => {
    const rows = intervalsOf([
      ["2026-03-02T10:00:00Z", [10, 0, 10]],
      ["2026-03-04T10:00:00Z", [10, 0, 10]],
    ]);
    const context = contextOf([buildTarget()], {}, FEED);
    expect(verdictOf(context, [rows], { now: "2026-05-01T00:00:00Z", window: "day", start: "2026-03-03" })).toMatchObject({
      status: "no-data",
      value: null,
    });
  });
});
