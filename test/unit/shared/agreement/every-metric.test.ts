import { describe, expect, it } from "vitest";
import type { Target } from "../../../../shared/agreement/agreement.ts";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import type { CounterId } from "../../../../shared/metrics/counter.ts";
import { countersOf, formulasOf } from "../../../../shared/metrics/formula.ts";
import type { Measure, MeasureUnit } from "../../../../shared/metrics/measure.ts";
import { type Counts, METRIC_CASES } from "../../../support/metric-cases.ts";
import { buildTarget, contextOf, intervalFeed, intervalsOf, verdictOf } from "../../../support/target-case.ts";

const LEVELS: Record<MeasureUnit, string> = { ratio: "50 %", duration: "1:00", score: "3", points: "10", count: "100" };
const MARCH_2 = "2026-03-02T10:00:00Z";

type Row = readonly [start: string, counts: Counts];

/** The day's verdict of a target on a feed of just the counters it needs; each list of rows is a queue. */
function verdict(measure: Measure, queues: readonly (readonly Row[])[], overrides: Partial<Target> = {}): Verdict {
  const [formula] = formulasOf(measure);
  const counters: readonly CounterId[] = countersOf(formula);
  const target = buildTarget({ id: "figure", measure, expected: LEVELS[formula.unit], windows: ["day"], ...overrides });
  const context = contextOf([target], { serviceHours: "always" }, [intervalFeed(counters)]);
  const given = queues.map((rows, i) =>
    intervalsOf(
      rows.map(([start, counts]) => [start, counters.map((id) => counts[id] ?? 0)] as const),
      `queue ${i}`,
    ),
  );
  return verdictOf(context, given, { now: "2026-03-04T00:00:00Z", window: "day", start: "2026-03-02" });
}

function figure({ value }: Verdict): number | null {
  return value === null ? null : value.num / value.den;
}

describe("a target on any metric", () => {
  it.each(METRIC_CASES)("$measure is judged by its figure of $figure from $n", ({ measure, counts, figure: expected, n }) => {
    const found = verdict(measure, [[[MARCH_2, counts]]]);
    expect(figure(found)).toBeCloseTo(expected, 10);
    expect(found.n).toBe(n);
    expect(["met", "missed", "not-proven"]).toContain(found.status);
    expect(found.interval === null).toBe(!formulasOf(measure)[0].sampled);
  });

  it.each(METRIC_CASES)("$measure on a day between two with data is no data, never met", ({ measure, counts }) => {
    const around: Row[] = [
      ["2026-03-01T10:00:00Z", counts],
      ["2026-03-03T10:00:00Z", counts],
    ];
    expect(verdict(measure, [around])).toMatchObject({ status: "no-data", value: null, n: 0 });
  });
});

describe("what is not added up over time", () => {
  const measure = { metric: "longest-wait" } as const;

  it("the longest wait of a day is the longest of its intervals and queues", () => {
    const rows: Row[] = [
      [MARCH_2, { "longest-wait-ms": 40_000 }],
      ["2026-03-02T11:00:00Z", { "longest-wait-ms": 90_000 }],
    ];
    expect(figure(verdict(measure, [rows, [[MARCH_2, { "longest-wait-ms": 70_000 }]]]))).toBe(90_000);
  });

  it("the backlog of a day is the latest snapshot of each queue, queues added", () => {
    const early: Row = [MARCH_2, { "backlog-open": 400 }];
    const late: Row = ["2026-03-02T16:00:00Z", { "backlog-open": 120 }];
    expect(figure(verdict({ metric: "backlog", method: "last" }, [[early, late], [[MARCH_2, { "backlog-open": 30 }]]]))).toBe(150);
    expect(figure(verdict({ metric: "backlog", method: "last" }, [[late, early]]))).toBe(120);
  });
});

describe("samples and censuses", () => {
  const survey: Counts = { "nps-promoters": 50, "nps-passives": 30, "nps-detractors": 20 };

  it("a score of 30 from a hundred answers does not prove 20, a thousand do (domain reference 2.3: 234 for 10 points)", () => {
    expect(verdict({ metric: "nps" }, [[[MARCH_2, survey]]], { expected: "20" }).status).toBe("not-proven");
    const thousand = Object.fromEntries(Object.entries(survey).map(([id, count]) => [id, (count ?? 0) * 10]));
    expect(verdict({ metric: "nps" }, [[[MARCH_2, thousand]]], { expected: "20" }).status).toBe("met");
  });

  it("a level of points may lie below zero", () => {
    const worse: Counts = { "nps-promoters": 100, "nps-passives": 0, "nps-detractors": 900 };
    expect(verdict({ metric: "nps" }, [[[MARCH_2, worse]]], { expected: "-50" }).status).toBe("missed");
    expect(verdict({ metric: "nps" }, [[[MARCH_2, worse]]], { expected: "-90" }).status).toBe("met");
  });

  it("the minimum sample of a quality score counts evaluations, not points", () => {
    const counts: Counts = { "qa-points-earned-v3": 950, "qa-points-possible-v3": 1000, "qa-evaluations-v3": 10 };
    const found = verdict({ metric: "qa-score", form: "v3" }, [[[MARCH_2, counts]]], { minimumSample: 30 });
    expect(found).toMatchObject({ status: "not-proven", n: 10, needed: 20 });
  });

  it("four leavers of a hundred are 4 % whatever the sample, and miss 3 %", () => {
    const counts: Counts = { leavers: 48, "headcount-days": 36_500 };
    const found = verdict({ metric: "attrition", per: "month" }, [[[MARCH_2, counts]]], { direction: "at-most", expected: "3 %" });
    expect(found.status).toBe("missed");
  });
});
