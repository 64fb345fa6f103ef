import { describe, expect, it } from "vitest";
import type { Target } from "../../../../shared/agreement/agreement.ts";
import { figuresOfDay } from "../../../../shared/agreement/target-day.ts";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { engineOf, type Row, rows, served } from "../../../support/engine-case.ts";
import { buildTarget, contextOf, intervalFeed, intervalsOf, verdictOf } from "../../../support/target-case.ts";

const LATER = "2026-05-01T00:00:00Z";

function month(target: Partial<Target>, ...some: readonly Row[]): Verdict {
  return verdictOf(engineOf({ windows: ["month"], ...target }), rows(...some), { now: LATER, window: "month" });
}

describe("a share of intervals", () => {
  const target: Partial<Target> = { aggregation: { by: "intervals-met", level: "80 %" }, expected: "75 %" };
  const four = [
    served("2026-03-02T10:00:00Z", 8, 10),
    served("2026-03-02T10:15:00Z", 7, 10),
    served("2026-03-02T10:30:00Z", 10, 10),
    served("2026-03-02T10:45:00Z", 100, 100),
  ];

  it("counts each interval once, however many contacts it has: 3 of 4 reach 80 %", () => {
    expect(month(target, ...four)).toMatchObject({ status: "met", unit: "ratio", value: { num: 3, den: 4 }, n: 4 });
  });

  it("leaves out intervals without contacts", () => {
    expect(month(target, ...four, served("2026-03-02T11:00:00Z", 0, 0))).toMatchObject({ value: { num: 3, den: 4 } });
  });

  it("of an hour adds its quarters up first: 125 of 130 reach 80 %", () => {
    const hourly: Partial<Target> = { aggregation: { by: "intervals-met", level: "80 %", minutes: 60 }, expected: "75 %" };
    expect(month(hourly, ...four, served("2026-03-02T11:00:00Z", 0, 10))).toMatchObject({ value: { num: 1, den: 2 }, status: "missed" });
  });

  it("adds queues together before it judges an interval", () => {
    const queues = [intervalsOf([served("2026-03-02T10:00:00Z", 0, 1)], "a"), intervalsOf([served("2026-03-02T10:00:00Z", 9, 9)], "b")];
    const verdict = verdictOf(engineOf({ windows: ["month"], ...target }), queues, { now: LATER, window: "month" });
    expect(verdict).toMatchObject({ value: { num: 1, den: 1 }, status: "met" });
  });

  it("of handle times counts those that stay below their level", () => {
    const feed = intervalFeed(["answered", "handle-ms"]);
    const aht = buildTarget({
      measure: { metric: "aht" },
      windows: ["month"],
      expected: "50 %",
      aggregation: { by: "intervals-met", level: "3:00" },
    });
    const queue = intervalsOf([
      ["2026-03-02T10:00:00Z", [1, 180_000]],
      ["2026-03-02T10:15:00Z", [1, 180_001]],
    ]);
    expect(verdictOf(contextOf([aht], {}, [feed]), [queue], { now: LATER, window: "month" })).toMatchObject({
      status: "met",
      unit: "ratio",
      value: { num: 1, den: 2 },
    });
  });
});

describe("a share of days", () => {
  const floor: Partial<Target> = { aggregation: { by: "days-met", level: "80 %" }, expected: "100 %" };

  it("is an every-day floor at 100 %: one bad day misses it although the month is far above", () => {
    const days = [served("2026-03-02", 10, 10), served("2026-03-03", 79, 100), served("2026-03-04", 1000, 1000)];
    expect(month(floor, ...days)).toMatchObject({ status: "missed", value: { num: 2, den: 3 }, n: 3 });
    expect(month({}, ...days).status).toBe("met");
  });

  it("leaves out days without contacts", () => {
    expect(month(floor, served("2026-03-02", 8, 10), served("2026-03-03", 0, 0))).toMatchObject({
      status: "met",
      value: { num: 1, den: 1 },
    });
  });
});

describe("a mean of daily figures", () => {
  const mean: Partial<Target> = { aggregation: { by: "mean-of-days", dp: 1 }, expected: "75 %" };

  it("weighs a day of three contacts like one of a thousand, each rounded to 0.1 % first: (66.7 + 84.0) / 2 = 75.35 %", () => {
    expect(month(mean, served("2026-03-02", 2, 3), served("2026-03-03", 840, 1000))).toMatchObject({
      status: "met",
      value: { num: 667 + 840, den: 2000 },
      n: 2,
    });
  });

  it("is exact: (66.7 + 83.3) / 2 is 75.0 % and met, (66.7 + 83.2) / 2 is not", () => {
    expect(month(mean, served("2026-03-02", 2, 3), served("2026-03-03", 833, 1000)).status).toBe("met");
    expect(month(mean, served("2026-03-02", 2, 3), served("2026-03-03", 832, 1000)).status).toBe("missed");
  });

  it("of handle times rounds each day to whole seconds: (181 + 180) / 2 s", () => {
    const feed = intervalFeed(["answered", "handle-ms"]);
    const aht = buildTarget({
      measure: { metric: "aht" },
      direction: "at-most",
      windows: ["month"],
      expected: "180.5 s",
      aggregation: { by: "mean-of-days", dp: 0 },
    });
    const queue = intervalsOf([
      ["2026-03-02T10:00:00Z", [1, 180_500]],
      ["2026-03-03T10:00:00Z", [1, 180_499]],
    ]);
    expect(verdictOf(contextOf([aht], {}, [feed]), [queue], { now: LATER, window: "month" })).toMatchObject({
      status: "met",
      value: { num: 361_000, den: 2 },
    });
  });
});

describe("a band", () => {
  const band: Partial<Target> = { direction: "within", notBelow: "70 %", expected: "90 %" };

  it.each([
    ["below its lower end is missed", 69, "missed"],
    ["on its lower end is met", 70, "met"],
    ["inside is met", 80, "met"],
    ["on its upper end is met", 90, "met"],
    ["above its upper end is missed", 91, "missed"],
  ] as const)("a figure %s", (_, within, status) => {
    const verdict = month(band, served("2026-03-02", within, 100));
    expect(verdict).toMatchObject({ status, direction: "within", notBelow: { mantissa: 70, dp: 2 } });
    expect(verdict.trace.join("\n")).toContain("agreed 70 % to 90 %");
  });
});

describe("counters that are not added", () => {
  const at = (start: string, value: number): readonly [string, readonly number[]] => [start, [value]];

  it("of waits the longest counts, over queues and days", () => {
    const feed = intervalFeed(["longest-wait-ms"]);
    const target = buildTarget({ measure: { metric: "longest-wait" }, direction: "at-most", expected: "5:00", windows: ["month"] });
    const queues = [
      intervalsOf([at("2026-03-02T10:00:00Z", 100_000), at("2026-03-03T10:00:00Z", 300_001)], "a"),
      intervalsOf([at("2026-03-02T10:00:00Z", 250_000)], "b"),
    ];
    expect(verdictOf(contextOf([target], {}, [feed]), queues, { now: LATER, window: "month" })).toMatchObject({
      status: "missed",
      value: { num: 300_001, den: 1 },
    });
  });

  it("of a backlog the latest of each queue counts, queues added, and of a month its last day", () => {
    const feed = intervalFeed(["backlog-open"]);
    const target = buildTarget({ measure: { metric: "backlog", method: "last" }, direction: "at-most", expected: "12" });
    const queues = [
      intervalsOf([at("2026-03-02T10:00:00Z", 50), at("2026-03-03T09:00:00Z", 40), at("2026-03-03T10:00:00Z", 5)], "a"),
      intervalsOf([at("2026-03-03T09:00:00Z", 7)], "b"),
    ];
    const context = contextOf([target], {}, [feed]);
    for (const window of ["day", "month"] as const)
      expect(verdictOf(context, queues, { now: LATER, window, start: window === "day" ? "2026-03-03" : "2026-03-01" })).toMatchObject({
        status: "met",
        value: { num: 12, den: 1 },
      });
  });

  it("of a backlog the latest of each queue counts in each hour that is judged by itself", () => {
    const aggregation = { by: "intervals-met", level: "12", minutes: 60 } as const;
    const measure = { metric: "backlog", method: "last" } as const;
    const context = contextOf([buildTarget({ measure, aggregation, expected: "50 %" })], {}, [intervalFeed(["backlog-open"])]);
    const queues = [
      intervalsOf([at("2026-03-02T10:15:00Z", 5), at("2026-03-02T10:00:00Z", 40), at("2026-03-02T11:00:00Z", 6)], "a"),
      intervalsOf([at("2026-03-02T10:30:00Z", 7), at("2026-03-02T11:00:00Z", 7)], "b"),
    ];
    expect(verdictOf(context, queues, { now: LATER, window: "day" })).toMatchObject({ status: "met", value: { num: 1, den: 2 } });
  });

  it("of waits the longest of all queues is the figure of an interval", () => {
    const target = buildTarget({ measure: { metric: "longest-wait" }, direction: "at-most", expected: "5:00" });
    const context = contextOf([target], {}, [intervalFeed(["longest-wait-ms"])]);
    const queues = ["a", "b"].map((queue, i) => intervalsOf([at("2026-03-02T10:00:00Z", 100_000 + i)], queue));
    const figures = context.targets.flatMap((compiled) => figuresOfDay(context, compiled, "2026-03-02", queues));
    expect(figures).toEqual([{ startMs: Date.parse("2026-03-02T10:00:00Z"), num: 100_001, den: 1 }]);
  });
});
