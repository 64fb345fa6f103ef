import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../../../shared/metrics/catalogue.ts";
import { compoundYear } from "../../../../shared/metrics/compound-year.ts";
import { type CounterId, isCounterId } from "../../../../shared/metrics/counter.ts";
import { evaluateFormula, formulasOf } from "../../../../shared/metrics/formula.ts";
import type { Measure } from "../../../../shared/metrics/measure.ts";
import { wilson } from "../../../../shared/stats/wilson.ts";
import { type Counts, METRIC_CASES } from "../../../support/metric-cases.ts";

function totals(counts: Counts): Map<CounterId, number> {
  return new Map(Object.entries(counts).flatMap(([id, count]): [CounterId, number][] => (isCounterId(id) ? [[id, count ?? 0]] : [])));
}

function figure(measure: Measure, counts: Counts): number | null {
  const [formula] = formulasOf(measure);
  const found = evaluateFormula(formula, totals(counts));
  return found === null ? null : found.value.num / found.value.den;
}

describe("a metric by hand", () => {
  it.each(METRIC_CASES)("$measure is $figure from $n ($source)", (golden) => {
    const [formula] = formulasOf(golden.measure);
    const found = evaluateFormula(formula, totals(golden.counts));
    expect(found === null ? null : found.value.num / found.value.den).toBeCloseTo(golden.figure, 10);
    expect(found?.n).toBe(golden.n);
  });

  it("every metric of the catalogue has such a case", () => {
    const cases = new Set<string>(METRIC_CASES.map(({ measure }) => measure.metric));
    expect(CATALOGUE.map(({ id }) => id).filter((id) => !cases.has(id))).toEqual([]);
  });

  it.each(METRIC_CASES.filter(({ measure }) => formulasOf(measure)[0].denominator.length > 0))(
    "$measure with nothing to divide by is no figure, neither 0 nor 100 %",
    ({ measure, counts }) => {
      expect(figure(measure, Object.fromEntries(Object.keys(counts).map((id) => [id, 0])))).toBeNull();
    },
  );

  it("points without an evaluation, and items of no contact, are no figure either", () => {
    expect(figure({ metric: "qa-score", form: "v3" }, { "qa-points-earned-v3": 85, "qa-points-possible-v3": 100 })).toBeNull();
  });
});

describe("a month's attrition carried over a year (domain reference 2.3)", () => {
  it.each([
    [4, "0.48", "38.7"],
    [8, "0.96", "63.2"],
    [0, "0.00", "0.0"],
    [100, "12.00", "100.0"],
  ])("%i %% a month is %s times a year one way and %s %% the other", (percent, twelvefold, compounded) => {
    const counts: Counts = { leavers: percent * 12, "headcount-days": 36_500 };
    expect(figure({ metric: "attrition", per: "year-times-12" }, counts)?.toFixed(2)).toBe(twelvefold);
    expect(((figure({ metric: "attrition", per: "year-compounded" }, counts) ?? -1) * 100).toFixed(1)).toBe(compounded);
  });

  it("is exact to twelve decimals, half up, whatever the numbers", () => {
    expect(compoundYear({ num: 1, den: 2 })).toEqual({ num: 999_755_859_375, den: 1_000_000_000_000 });
    expect(compoundYear({ num: 1, den: 10 ** 13 })).toEqual({ num: 1, den: 1_000_000_000_000 });
    expect(compoundYear({ num: 5, den: 4 })).toEqual({ num: 1_000_000_000_000, den: 1_000_000_000_000 });
  });
});

describe("samples", () => {
  it("five surveys at 80 % are anything from 38 to 96 % (domain reference 2.3)", () => {
    const { low, high } = wilson(4, 5);
    expect([low, high].map((limit) => Math.round(limit * 100))).toEqual([38, 96]);
  });

  it("five evaluations at 85 % are anything from 42 to 98 % (domain reference 2.3)", () => {
    const { low, high } = wilson(0.85 * 5, 5);
    expect([low, high].map((limit) => Math.round(limit * 100))).toEqual([42, 98]);
  });
});
