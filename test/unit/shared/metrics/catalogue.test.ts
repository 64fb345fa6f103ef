import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isCounterId, mergeOf } from "../../../../shared/metrics/counter.ts";
import { CATALOGUE, metricOf, usualDirection } from "../../../../shared/metrics/catalogue.ts";
import { describeCounter, describeMeasure } from "../../../../shared/metrics/describe.ts";
import { countersOf, formulasOf } from "../../../../shared/metrics/formula.ts";
import { Measure, MEASURE_UNITS, SERVICE_LEVEL_VARIANTS } from "../../../../shared/metrics/measure.ts";
import { variantsOf } from "../../../../shared/metrics/variants.ts";
import { sampleSize } from "../../../../shared/stats/sample-size.ts";

const LANGUAGE = readFileSync(path.resolve(import.meta.dirname, "../../../../docs/language.md"), "utf8");
const EXAMPLES = CATALOGUE.flatMap(({ variants }) =>
  variants.map(({ measure }): [string, Measure] => [describeMeasure(measure).variant, measure]),
);

/** Every metric that the schema of a measure knows. */
const KNOWN: string[] = Measure.options.flatMap((option) =>
  "options" in option ? option.options.map(({ shape }) => shape.metric.value) : [option.shape.metric.value],
);

describe("the catalogue", () => {
  it("holds every metric that a target can measure, once", () => {
    const ids: string[] = CATALOGUE.map(({ id }) => id);
    expect(ids).toHaveLength(31);
    expect(ids.toSorted()).toEqual([...new Set(KNOWN)].toSorted());
  });

  it.each(CATALOGUE.map((metric): [string, typeof metric] => [metric.id, metric]))("says everything of %s in plain words", (_, metric) => {
    const { name, definition, explanation, merge, minimumSample, variants } = metric;
    for (const text of [name, definition, explanation, merge, minimumSample, ...variants.map(({ source }) => source)]) {
      expect(text.length).toBeGreaterThan(2);
      expect(text).not.toMatch(/—|programme|NaN|undefined/u);
    }
    expect(["at-least", "at-most", "within"]).toContain(metric.direction);
    expect(metric.units.length).toBeGreaterThan(0);
    expect(metric.units.every((unit) => MEASURE_UNITS.includes(unit))).toBe(true);
    expect(metric.counters.length).toBeGreaterThan(0);
    expect(metric.counters.every(isCounterId)).toBe(true);
    expect(metric.counters.every((id) => describeCounter(id) !== id)).toBe(true);
    expect(new Set(variants.map((variant) => variant.name)).size).toBe(variants.length);
  });

  it.each(EXAMPLES)("%s is a measure whose formulas say the same of counters that exist", (_, measure) => {
    expect(Measure.parse(measure)).toEqual(measure);
    const formulas = formulasOf(measure);
    expect(new Set(formulas.map(({ unit }) => unit)).size).toBe(1);
    for (const formula of formulas) {
      expect(formula.says).not.toBe("");
      expect(formula.numerator.length).toBeGreaterThan(0);
      expect(countersOf(formula).every(isCounterId)).toBe(true);
    }
  });

  it("divides nothing but sums, and by nothing only where the merge is the longest or the latest", () => {
    for (const [, measure] of EXAMPLES) {
      for (const { numerator, denominator } of formulasOf(measure)) {
        if (denominator.length > 0) continue;
        expect(numerator.map(({ counter }) => mergeOf(counter))).not.toContain("sum");
      }
    }
  });

  it("calls samples what is a sample: surveys and what somebody listened to", () => {
    const sampled = CATALOGUE.filter((metric) => metric.sampled).map(({ id }) => id);
    expect(sampled.toSorted()).toEqual(["accuracy", "calibration", "csat", "fcr", "nps", "qa-score"]);
    expect(formulasOf({ metric: "fcr", method: "no-repeat", withinDays: 7 })[0].sampled).toBe(false);
  });

  it("lists all eight service levels, and the language page every metric with its variants", () => {
    expect(metricOf("service-level").variants.map(({ name }) => name)).toEqual([...SERVICE_LEVEL_VARIANTS]);
    expect(CATALOGUE.map(({ id }) => `| \`${id}\``).filter((row) => !LANGUAGE.includes(row))).toEqual([]);
  });

  it("names the better way of a metric; a forecast error runs against the accuracy it is taken from", () => {
    expect(usualDirection({ metric: "service-level", variant: "negative", withinSeconds: 20 })).toBe("at-least");
    expect(usualDirection({ metric: "forecast-accuracy", method: "one-minus-wape" })).toBe("at-least");
    expect(usualDirection({ metric: "forecast-accuracy", method: "wape" })).toBe("at-most");
    expect(usualDirection({ metric: "occupancy" })).toBe("within");
    expect(usualDirection({ metric: "abandonment", denominator: "offered" })).toBe("at-most");
  });
});

describe("how many it takes (domain reference 2.3)", () => {
  it.each([
    ["CSAT of 80 % to 3 points", 0.16, 0.03, 683],
    ["CSAT of 80 % to 5 points", 0.16, 0.05, 246],
    ["QA of 85 % to 5 points", 0.1275, 0.05, 196],
    ["QA of 85 % to 3 points", 0.1275, 0.03, 544],
    ["NPS of 50/20 to 10 points", 6100, 10, 234],
    ["NPS of 50/20 to 5 points", 6100, 5, 937],
  ])("%s takes about as many as the reference says", (_, variance, margin, n) => {
    expect(sampleSize(variance, margin)).toBe(n);
  });

  it("the catalogue gives those numbers", () => {
    expect(metricOf("csat").minimumSample).toBe("At 80 %, about 246 answers for 5 points either way, 683 for 3.");
    expect(metricOf("qa-score").minimumSample).toBe("At 85 %, about 196 evaluations for 5 points either way, 544 for 3.");
    expect(metricOf("nps").minimumSample).toContain("About 234 answers for 10 points either way, 937 for 5");
  });
});

describe("which formula makes this green", () => {
  it.each(EXAMPLES)("the variants of %s are measures of the same metric, the agreed one among them as it is", (_, measure) => {
    const variants = variantsOf(measure);
    expect(variants.map((one) => JSON.stringify(one))).toContain(JSON.stringify(measure));
    expect(new Set(variants.map((one) => describeMeasure(one).variant)).size).toBe(variants.length);
    for (const one of variants) {
      expect(one.metric).toBe(measure.metric);
      expect(Measure.parse(one)).toEqual(one);
      expect(usualDirection(one)).toBe(usualDirection(measure));
      expect(formulasOf(one)[0].unit).toBe(formulasOf(measure)[0].unit);
    }
  });

  it("a service level has eight; short is 5 s where nothing is said, else as agreed", () => {
    const plain = variantsOf({ metric: "service-level", variant: "negative", withinSeconds: 30 });
    expect(plain).toHaveLength(8);
    expect(plain).toContainEqual({ metric: "service-level", variant: "short-excluded", withinSeconds: 30, shortAbandonSeconds: 5 });
    const short = variantsOf({ metric: "service-level", variant: "short-as-met", withinSeconds: 20, shortAbandonSeconds: 8 });
    expect(short).toContainEqual({ metric: "service-level", variant: "short-excluded", withinSeconds: 20, shortAbandonSeconds: 8 });
  });

  it("abandonment has three denominators with and without its short rule, attrition three readings, most others themselves", () => {
    expect(variantsOf({ metric: "abandonment", denominator: "queued" })).toHaveLength(6);
    expect(variantsOf({ metric: "attrition", per: "month" })).toHaveLength(3);
    expect(variantsOf({ metric: "csat", method: "mean" })).toEqual([{ metric: "csat", method: "mean" }]);
    expect(variantsOf({ metric: "aht" })).toEqual([{ metric: "aht" }]);
    expect(variantsOf({ metric: "repeat-contact", withinDays: 7 })).toEqual([{ metric: "repeat-contact", withinDays: 7 }]);
  });
});
