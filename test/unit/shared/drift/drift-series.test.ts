import { describe, expect, it } from "vitest";
import type { Agreement, Target } from "../../../../shared/agreement/agreement.ts";
import type { CompiledTarget } from "../../../../shared/agreement/compiled.ts";
import type { AgreementContext } from "../../../../shared/agreement/context.ts";
import { type DayCounts, EMPTY_DAY } from "../../../../shared/agreement/day-sums.ts";
import { addDays } from "../../../../shared/calendar/day.ts";
import type { DriftPoint } from "../../../../shared/drift/drift-point.ts";
import { type CountedDay, driftPoints } from "../../../../shared/drift/drift-points.ts";
import { figureScale } from "../../../../shared/drift/figure-scale.ts";
import { seriesKindOf } from "../../../../shared/drift/series-kind.ts";
import { sharedRunLength } from "../../../../shared/drift/shared-run-length.ts";
import { worseSideOf } from "../../../../shared/drift/worse-side.ts";
import type { CounterId } from "../../../../shared/metrics/counter.ts";
import { buildTarget, contextOf, intervalFeed } from "../../../support/target-case.ts";

const COUNTERS: readonly CounterId[] = [
  "answered",
  "abandoned",
  "answered-within-20000",
  "handle-ms",
  "leavers",
  "headcount-days",
  "longest-wait-ms",
];

function compiledOf(target: Partial<Target>, agreement: Partial<Agreement> = {}): { context: AgreementContext; compiled: CompiledTarget } {
  const context = contextOf([buildTarget(target)], agreement, [intervalFeed(COUNTERS, { timeZone: "UTC" })]);
  const [compiled] = context.targets;
  if (compiled === undefined) throw new Error("no target");
  return { context, compiled };
}

const LEAVERS = { measure: { metric: "attrition", per: "year-compounded" }, direction: "at-most", expected: "30 %" } as const;
const HANDLE = { measure: { metric: "aht" }, direction: "at-most", expected: "6:00" } as const;

/** Counts of one day, by counter; the last quarter of it was there. */
function counts(compiled: CompiledTarget, day: string, totals: Partial<Record<CounterId, number>>): DayCounts {
  const lastStartMs = Date.parse(`${day}T23:45:00Z`);
  const sums = { ...EMPTY_DAY, intervals: 96, totals: compiled.counters.map((counter) => totals[counter] ?? 0), lastStartMs };
  return { recomputed: sums, adjusted: null, ifAllAccepted: null };
}

describe("the series of a target", () => {
  const { context, compiled } = compiledOf({}, { holidays: ["2026-01-06"] });
  const on = (day: string, answered = 80, more: Partial<DayCounts> = {}): CountedDay => {
    const found = counts(compiled, day, { answered: 100, abandoned: 0, "answered-within-20000": answered });
    return { day, context, compiled, counts: { ...found, ...more } };
  };

  it("has the days that are over, in order, with what they add above and below the line", () => {
    const points = driftPoints([on("2026-01-03", 70), on("2026-01-02"), on("2026-01-04")], Date.parse("2026-01-04T23:50:00Z"));
    expect(points).toEqual([
      { day: "2026-01-02", num: 80, n: 100 },
      { day: "2026-01-03", num: 70, n: 100 },
    ]);
  });

  it("has yesterday when all of it is in, or nothing more came within a day", () => {
    const half = on("2026-01-02");
    const early = { ...half.counts.recomputed, lastStartMs: Date.parse("2026-01-02T12:00:00Z") };
    const day = { ...half, counts: { ...half.counts, recomputed: early } };
    expect(driftPoints([day], Date.parse("2026-01-03T00:10:00Z"))).toEqual([]);
    expect(driftPoints([on("2026-01-02")], Date.parse("2026-01-03T00:10:00Z"))).toHaveLength(1);
    expect(driftPoints([day], Date.parse("2026-01-04T00:00:00Z"))).toHaveLength(1);
    expect(driftPoints([day, on("2026-01-03")], Date.parse("2026-01-03T12:00:00Z"))).toHaveLength(1);
  });

  it("leaves out holidays and days that are mostly excluded, and takes the rest as adjusted", () => {
    const some = { ...on("2026-01-05").counts.recomputed, intervals: 60, totals: on("2026-01-05", 50).counts.recomputed.totals };
    const most = { ...some, intervals: 40 };
    const points = driftPoints(
      [on("2026-01-04", 80, { adjusted: some }), on("2026-01-05", 80, { adjusted: most }), on("2026-01-06")],
      Date.parse("2026-01-10T00:00:00Z"),
    );
    expect(points.map(({ day, num, leftOut }) => [day, num, leftOut ?? false])).toEqual([
      ["2026-01-04", 50, false],
      ["2026-01-05", 50, true],
      ["2026-01-06", 80, true],
    ]);
  });

  it("leaves out the weeks since go-live in which less is expected", () => {
    const ramp = [{ fromWeek: 1, toWeek: 2, expected: "60 %" }];
    const ramping = compiledOf({ ramp }, { ramp: { goLive: "2026-01-01", creditsSuspendedWeeks: 0 } });
    const days = ["2026-01-01", "2026-01-14", "2026-01-15"].map((day): CountedDay => {
      const found = counts(ramping.compiled, day, { answered: 100, "answered-within-20000": 80 });
      return { day, ...ramping, counts: found };
    });
    const leftOut = driftPoints(days, Date.parse("2026-02-01T00:00:00Z")).map((point) => point.leftOut ?? false);
    expect(leftOut).toEqual([true, true, false]);
  });

  it("has no day on which nothing was measured", () => {
    expect(driftPoints([{ ...on("2026-01-02"), counts: counts(compiled, "2026-01-02", {}) }], Date.parse("2026-01-10T00:00:00Z"))).toEqual(
      [],
    );
  });

  it("keeps days of which repeat contacts may still come open", () => {
    const repeat = compiledOf({ measure: { metric: "repeat-contact", withinDays: 7 }, direction: "at-most", expected: "10 %" });
    const days = ["2026-01-01", "2026-01-02"].map((day): CountedDay => {
      const totals = repeat.compiled.counters.map((_, i) => (i === 0 ? 5 : 100));
      const sums = { ...EMPTY_DAY, intervals: 1, totals, lastStartMs: Date.parse(`${day}T23:45:00Z`) };
      return { day, ...repeat, counts: { recomputed: sums, adjusted: null, ifAllAccepted: null } };
    });
    const open = driftPoints(days, Date.parse("2026-01-09T01:00:00Z")).map((point) => point.open ?? false);
    expect(open).toEqual([false, true]);
  });

  it("of leavers counts people on agent-days, whatever they are agreed on per", () => {
    const leavers = compiledOf(LEAVERS);
    const found = counts(leavers.compiled, "2026-01-02", { leavers: 3, "headcount-days": 250 });
    expect(driftPoints([{ day: "2026-01-02", ...leavers, counts: found }], Date.parse("2026-01-10T00:00:00Z"))).toEqual([
      { day: "2026-01-02", num: 3, n: 250 },
    ]);
  });
});

describe("how a target is watched", () => {
  it.each([
    ["a share of contacts as a share, downwards", {}, "share", "down"],
    ["handle time on the log scale, both ways", HANDLE, "log-mean", "both"],
    ["leavers as few events, upwards", LEAVERS, "rate", "up"],
    ["days that reach a level as a share", { aggregation: { by: "days-met", level: "80 %" } }, "share", "down"],
  ] as const)("%s", (_, target, kind, side) => {
    const { compiled } = compiledOf(target);
    expect([seriesKindOf(compiled).kind, worseSideOf(compiled.target)]).toEqual([kind, side]);
  });

  it("is not, where nothing says what chance does to it or the feed cannot answer, and says so", () => {
    const longest = compiledOf({ measure: { metric: "longest-wait" }, direction: "at-most", expected: "300 s" });
    expect(seriesKindOf(longest.compiled)).toEqual({ kind: null, why: expect.stringContaining("longest wait") });
    const blocked = compiledOf({ measure: { metric: "blocked-calls" }, direction: "at-most", expected: "1 %" });
    expect(seriesKindOf(blocked.compiled)).toEqual({ kind: null, why: expect.stringContaining("no count of") });
  });

  it("is told in the unit that was agreed: 4 % of people a month are 48 % or 38.7 % a year", () => {
    const daily = (0.04 * 12) / 365;
    const per = (each: "month" | "year-times-12" | "year-compounded") =>
      figureScale(compiledOf({ ...LEAVERS, measure: { metric: "attrition", per: each } }).compiled)(daily);
    expect(per("month")).toBeCloseTo(0.04, 12);
    expect(per("year-times-12")).toBeCloseTo(0.48, 12);
    expect(per("year-compounded")).toBeCloseTo(0.387, 3);
    expect(figureScale(compiledOf(HANDLE).compiled)(300_000)).toBe(300_000);
  });
});

describe("false alarms that are tolerated", () => {
  const points = (days: number, every: number): DriftPoint[] =>
    Array.from({ length: Math.floor(days / every) }, (_, i) => ({ day: addDays("2026-01-01", i * every), num: 1, n: 2 }));
  const length = (found: readonly DriftPoint[], series = 11, toleratePerMonth = 1): number =>
    sharedRunLength(found, { series, toleratePerMonth, baseline: null });

  it("are shared by all series, in subgroups of each", () => {
    expect(length(points(100, 1))).toBe(334.8);
    expect(length(points(100, 7))).toBe(47.8);
    expect(length(points(100, 1), 11, 0.5)).toBe(669.6);
    expect(length([])).toBe(334.8);
  });

  it("are never more than one in eleven subgroups, and the promise does not change with a day more", () => {
    expect(length(points(100, 1), 1, 100)).toBe(11);
    expect(length([...points(57, 7), { day: "2026-05-01", num: 1, n: 2 }])).toBe(length(points(100, 7)));
  });
});
