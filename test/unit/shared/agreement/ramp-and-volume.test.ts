import { describe, expect, it } from "vitest";
import type { Agreement, Target } from "../../../../shared/agreement/agreement.ts";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { windowsTouched } from "../../../../shared/agreement/windows.ts";
import { engineOf, rows, served } from "../../../support/engine-case.ts";
import { buildTarget, contextOf, intervalFeed, intervalsOf, verdictOf } from "../../../support/target-case.ts";

const LATER = "2026-05-01T00:00:00Z";

describe("a ramp", () => {
  const agreement: Partial<Agreement> = { ramp: { goLive: "2026-03-02", creditsSuspendedWeeks: 0 } };
  const target: Partial<Target> = {
    windows: ["day", "week", "month"],
    minimum: "70 %",
    ramp: [
      { fromWeek: 1, toWeek: 1, expected: "50 %", minimum: "40 %" },
      { fromWeek: 2, toWeek: 3, expected: "65 %" },
    ],
  };
  const context = engineOf(target, agreement);

  it.each([
    ["the day before go-live has the level as written", "2026-03-01", { mantissa: 80, dp: 2 }, "missed"],
    ["the first day is in week 1", "2026-03-02", { mantissa: 50, dp: 2 }, "met"],
    ["the seventh day is in week 1", "2026-03-08", { mantissa: 50, dp: 2 }, "met"],
    ["the eighth day is in week 2", "2026-03-09", { mantissa: 65, dp: 2 }, "missed"],
    ["after the last step the level is as written", "2026-03-23", { mantissa: 80, dp: 2 }, "missed"],
  ] as const)("%s", (_, start, expected, status) => {
    const days = ["2026-03-01", "2026-03-02", "2026-03-08", "2026-03-09", "2026-03-23"].map((day) => served(day, 60, 100));
    expect(verdictOf(context, rows(...days), { now: LATER, window: "day", start })).toMatchObject({ status, expected });
  });

  it("holds a window of one level to that level, exactly", () => {
    const week = verdictOf(context, rows(served("2026-03-03", 50, 100), served("2026-03-05", 1, 2)), { now: LATER, window: "week" });
    expect(week).toMatchObject({ status: "met", expected: { mantissa: 50, dp: 2 } });
  });

  it("holds a month to the mean of its days' levels by contacts: (300 x 50 % + 100 x 80 %) / 400 = 57.5 %", () => {
    const month = verdictOf(context, rows(served("2026-03-03", 180, 300), served("2026-03-24", 50, 100)), { now: LATER, window: "month" });
    expect(month).toMatchObject({ status: "met", value: { num: 230, den: 400 } });
    expect(month.expected.mantissa / 10 ** month.expected.dp).toBe(0.575);
    expect(month.trace).toContain("Level of this window by week since go-live and volume; as written it is 80 %.");
    expect(month.trace).toContain("230 ÷ 400 = 57.500 %; agreed at least 57.5 %.");
  });

  it("rounds that mean half up at twelve decimals: (50 % + 2 x 80 %) / 3 = 70 %, (2 x 50 % + 5 x 80 %) / 7 = 71.4285714286 %", () => {
    const level = (a: number, b: number): Verdict["expected"] =>
      verdictOf(context, rows(served("2026-03-03", 1, a), served("2026-03-24", 1, b)), { now: LATER, window: "month" }).expected;
    expect(level(1, 2)).toEqual({ mantissa: 700_000_000_000, dp: 12 });
    expect(level(2, 5)).toEqual({ mantissa: 714_285_714_286, dp: 12 });
  });

  it("raises the minimum likewise: (100 x 40 % + 300 x 70 %) / 400 = 62.5 %", () => {
    const month = (good: number): Verdict =>
      verdictOf(context, rows(served("2026-03-03", 0, 100), served("2026-03-24", good, 300)), { now: LATER, window: "month" });
    expect(month(250)).toMatchObject({ belowMinimum: false, default: "expected" });
    expect(month(249)).toMatchObject({ belowMinimum: true, default: "minimum" });
  });

  it("has a minimum where every day that counts has one, whatever the empty days have", () => {
    const later = { ramp: [{ fromWeek: 2, toWeek: 2, expected: "65 %", minimum: "60 %" }], windows: ["month"] } satisfies Partial<Target>;
    const month = (...days: readonly string[]): Verdict =>
      verdictOf(engineOf(later, agreement), rows(...days.map((day) => served(day, 50, 100))), { now: LATER, window: "month" });
    expect(month("2026-03-10")).toMatchObject({ status: "missed", default: "minimum" });
    expect(month("2026-03-10", "2026-03-20")).toMatchObject({ status: "missed", default: "expected" });
  });

  it("gives an empty day of the ramp its level too", () => {
    const days = rows(served("2026-03-02", 60, 100), served("2026-03-04", 60, 100));
    expect(verdictOf(context, days, { now: LATER, window: "day", start: "2026-03-03" })).toMatchObject({
      status: "no-data",
      expected: { mantissa: 50, dp: 2 },
    });
  });
});

const CLOSED: Agreement["serviceHours"] = [{ days: ["sun"], from: "03:00", to: "04:00" }];
const band: NonNullable<Agreement["volume"]> = {
  feed: "calls",
  unit: "day",
  upper: "110 %",
  lower: "90 %",
  above: "exclude",
  below: "keep",
  lockDaysBefore: 30,
  forecastBy: "client",
};

/** As `served`, with what was offered in front: the volume is what was offered. */
function offered(day: string, within: number, n: number): readonly [string, readonly number[]] {
  return [`${day}T10:00:00Z`, [n, n, 0, within]];
}

function judged(volume: Partial<typeof band>, some: readonly ReturnType<typeof offered>[], forecast: Readonly<Record<string, number>>) {
  const feed = intervalFeed(["offered", "answered", "abandoned", "answered-within-20000"]);
  const target = buildTarget({ minimum: "60 %" });
  const context = contextOf([target], { effectiveFrom: "2026-01-01", volume: { ...band, ...volume } }, [feed]);
  const locked = new Map(Object.entries(forecast));
  return (window: "day" | "month", start?: string, now = LATER): Verdict =>
    verdictOf(context, rows(...some), { now, window, forecast: locked, ...(start === undefined ? {} : { start }) });
}

describe("a volume band by the day", () => {
  const days = [offered("2026-03-02", 90, 100), offered("2026-03-03", 10, 111), offered("2026-03-04", 80, 110)];
  const forecast = { "2026-03-02": 100, "2026-03-03": 100, "2026-03-04": 100 };

  it("leaves a day above it out of the adjusted figure, exactly on it in", () => {
    const verdict = judged({}, days, forecast)("month");
    expect(verdict).toMatchObject({
      status: "met",
      value: { num: 170, den: 210 },
      recomputed: { value: { num: 180, den: 321 }, n: 321, status: "missed" },
    });
    expect(verdict.trace).toContain("Volume of 2026-03-03: 111 offered, above 110 % of the 100 forecast; left out of the adjusted figure.");
    expect(judged({}, days, forecast)("day", "2026-03-03")).toMatchObject({
      status: "not-counted",
      value: null,
      default: null,
      recomputed: { status: "missed" },
    });
    expect(judged({}, days, forecast)("day", "2026-03-04").recomputed).toBeNull();
  });

  it("scales the level of such a day: 80 % x 110 / 160 = 55 %, and its minimum 60 % to 41.25 %", () => {
    const scaled = judged({ above: "scale-target" }, [offered("2026-03-02", 88, 160)], { "2026-03-02": 100 });
    expect(scaled("day")).toMatchObject({
      status: "met",
      expected: { mantissa: 550_000_000_000, dp: 12 },
      recomputed: { status: "missed" },
    });
    expect(judged({ above: "scale-target" }, [offered("2026-03-02", 65, 160)], { "2026-03-02": 100 })("day")).toMatchObject({
      status: "missed",
      belowMinimum: true,
    });
    expect(judged({ above: "scale-target" }, [offered("2026-03-02", 66, 160)], { "2026-03-02": 100 })("day")).toMatchObject({
      status: "missed",
      belowMinimum: false,
    });
  });

  it("holds a month to the mean of levels by contacts: (160 x 55 % + 40 x 80 %) / 200 = 60 %", () => {
    const scaled = judged({ above: "scale-target" }, [offered("2026-03-02", 88, 160), offered("2026-03-03", 32, 40)], {
      "2026-03-02": 100,
      "2026-03-03": 40,
    });
    expect(scaled("month")).toMatchObject({
      status: "met",
      expected: { mantissa: 600_000_000_000, dp: 12 },
      value: { num: 120, den: 200 },
    });
  });

  it("keeps a day below it, or leaves it out once the day is over", () => {
    const low = [offered("2026-03-02", 10, 89), offered("2026-03-03", 90, 100)];
    const both = { "2026-03-02": 100, "2026-03-03": 100 };
    expect(judged({}, low, both)("month")).toMatchObject({ status: "missed", value: { num: 100, den: 189 } });
    expect(judged({ below: "exclude" }, low, both)("month")).toMatchObject({ status: "met", value: { num: 90, den: 100 } });
    expect(judged({ below: "exclude" }, low, both)("day", "2026-03-02", "2026-03-02T23:00:00Z").status).toBe("at-risk");
    expect(judged({ below: "exclude" }, low, both)("day", "2026-03-02", "2026-03-03T00:00:00Z").status).toBe("not-counted");
  });

  it("counts the volume of a program's queues in the program's hours", () => {
    const feed = intervalFeed(["offered", "answered", "abandoned", "answered-within-20000"]);
    const night = { id: "night", name: "Night", queues: ["main"], serviceHours: "always" } as const;
    const context = contextOf(
      [buildTarget()],
      { serviceHours: CLOSED, programs: [{ ...night, queues: [...night.queues] }], volume: band },
      [feed],
    );
    const options = { now: LATER, window: "day", forecast: new Map([["2026-03-02", 100]]) } as const;
    expect(verdictOf(context, rows(offered("2026-03-02", 90, 120)), options)).toMatchObject({
      status: "not-counted",
      recomputed: { n: 120 },
    });
  });

  it("shows no other count of a day on which it leaves out nothing that was counted, nor of one that is left out anyway", () => {
    const feed = intervalFeed(["offered", "answered", "abandoned", "answered-within-20000"]);
    const programs = [{ id: "day", name: "Day", queues: ["day"], serviceHours: [{ days: ["sun" as const], from: "08:00", to: "09:00" }] }];
    const context = contextOf([buildTarget({ queues: ["day"], windows: ["month"] })], { programs, volume: band }, [feed]);
    const busy = intervalsOf([offered("2026-03-02", 90, 120)], "other");
    const options = { now: LATER, window: "month", forecast: new Map([["2026-03-02", 100]]) } as const;
    expect(verdictOf(context, [busy, intervalsOf([offered("2026-03-02", 1, 2)], "day")], options).recomputed).toBeNull();
    const claimed = {
      id: "c1",
      fromMs: Date.parse("2026-03-02"),
      toMs: Date.parse("2026-03-03"),
      targets: "all",
      state: "open",
      why: "",
    } as const;
    const plain = contextOf([buildTarget()], { volume: band }, [feed]);
    const both = rows(offered("2026-03-02", 90, 120), offered("2026-03-03", 90, 100));
    expect(verdictOf(plain, both, { ...options, exclusions: [claimed] })).toMatchObject({ n: 100, ifAllAccepted: null });
  });

  it("without a forecast has no effect and says so", () => {
    const verdict = judged({}, days, {})("month");
    expect(verdict).toMatchObject({ value: { num: 180, den: 321 }, recomputed: null });
    expect(verdict.trace).toContain("No locked forecast for 31 of 31 days: the volume band has no effect on them.");
  });

  it("of an at-most target scales the other way: 80 % x 220 / 110 is what nobody exceeds", () => {
    const feed = intervalFeed(["offered", "answered", "abandoned"]);
    const target = buildTarget({ measure: { metric: "abandonment", denominator: "offered" }, direction: "at-most", expected: "10 %" });
    const context = contextOf([target], { effectiveFrom: "2026-01-01", volume: { ...band, above: "scale-target" } }, [feed]);
    const queue = rows(["2026-03-02T10:00:00Z", [220, 176, 44]]);
    const options = { now: LATER, window: "day", forecast: new Map([["2026-03-02", 100]]) } as const;
    expect(verdictOf(context, queue, options)).toMatchObject({ status: "met", expected: { mantissa: 200_000_000_000, dp: 12 } });
  });
});

describe("a volume band by the month", () => {
  const days = [offered("2026-03-02", 50, 100), offered("2026-03-20", 100, 130)];
  const forecast = { "2026-03-02": 100, "2026-03-20": 100 };

  it("is judged by the sums of the month: 230 of 200 forecast leave out the whole month", () => {
    expect(judged({ unit: "month" }, days, forecast)("month")).toMatchObject({ status: "not-counted", recomputed: { n: 230 } });
    expect(judged({ unit: "month" }, days, forecast)("day", "2026-03-02").status).toBe("not-counted");
  });

  it("a low month is low only when it is over", () => {
    const low = judged({ unit: "month", below: "exclude" }, [offered("2026-03-02", 90, 100)], { "2026-03-02": 100, "2026-03-20": 100 });
    expect(low("month", undefined, "2026-03-25T00:00:00Z").status).toBe("met");
    expect(low("month", undefined, "2026-04-01T00:00:00Z").status).toBe("not-counted");
  });

  it("makes a changed day touch every window of its month", () => {
    const feed = intervalFeed(["offered", "answered", "abandoned", "answered-within-20000"]);
    const context = contextOf([buildTarget()], { effectiveFrom: "2026-01-01", volume: { ...band, unit: "month" } }, [feed]);
    const [compiled] = context.targets;
    const touched = compiled === undefined ? [] : windowsTouched(context, compiled, ["2026-03-10"], Date.parse(LATER));
    expect(touched).toHaveLength(32);
  });
});
