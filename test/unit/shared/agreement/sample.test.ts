import { describe, expect, it } from "vitest";
import { figureOf } from "../../../../shared/agreement/figure.ts";
import { sampleInterval } from "../../../../shared/agreement/sample.ts";
import { countersOf, formulasOf } from "../../../../shared/metrics/formula.ts";
import type { Measure } from "../../../../shared/metrics/measure.ts";
import type { Counts } from "../../../support/metric-cases.ts";

function interval(measure: Measure, counts: Counts): readonly string[] {
  const [formula] = formulasOf(measure);
  const placed = { formula, counters: countersOf(formula) };
  const totals = placed.counters.map((id) => counts[id] ?? 0);
  const figure = figureOf(placed, totals);
  const found = sampleInterval(placed, { sums: { totals }, value: figure?.value ?? null, n: figure?.n ?? 0 });
  return found === null ? [] : [found.low, found.high].map((limit) => limit.toFixed(3));
}

describe("the 95 % interval of a sample", () => {
  it("of five surveys at 80 % is 38 to 96 % (domain reference 2.3)", () => {
    expect(interval({ metric: "csat", method: "top-2-box" }, { "csat-5": 4, "csat-1": 1 })).toEqual(["0.376", "0.964"]);
    expect(interval({ metric: "fcr", method: "survey" }, { "fcr-resolved": 4, "fcr-asked": 5 })).toEqual(["0.376", "0.964"]);
  });

  it("of a quality score counts evaluations, not points: five at 85 % are 42 to 98 % (domain reference 2.3)", () => {
    const counts: Counts = { "qa-points-earned-v3": 425, "qa-points-possible-v3": 500, "qa-evaluations-v3": 5 };
    expect(interval({ metric: "qa-score", form: "v3" }, counts)).toEqual(["0.418", "0.978"]);
  });

  it("of a net promoter score of 50/20 is 10 points either way from 234 answers (domain reference 2.3)", () => {
    const counts: Counts = { "nps-promoters": 117, "nps-passives": 70, "nps-detractors": 47 };
    const [low = "", high = ""] = interval({ metric: "nps" }, counts);
    expect(((Number(high) - Number(low)) / 2).toFixed(1)).toBe("10.0");
  });

  it("is none without an answer", () => {
    expect(interval({ metric: "nps" }, {})).toEqual([]);
  });

  it("stays on its scale, however little is known", () => {
    expect(interval({ metric: "nps" }, { "nps-promoters": 1 })).toEqual(["-100.000", "100.000"]);
    expect(interval({ metric: "csat", method: "mean" }, { "csat-4": 1 })).toEqual(["1.000", "5.000"]);
  });

  it("takes counts that contradict one another as all or none instead of failing", () => {
    expect(interval({ metric: "fcr", method: "survey" }, { "fcr-resolved": 9, "fcr-asked": 5 })).toEqual(
      interval({ metric: "fcr", method: "survey" }, { "fcr-resolved": 5, "fcr-asked": 5 }),
    );
  });
});
