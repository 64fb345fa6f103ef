import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson } from "../../../../shared/stats/clopper-pearson.ts";
import { mergeSketches, sketchOf, sketchQuantile } from "../../../../shared/stats/dd-sketch.ts";
import { kaplanMeier, survivalTime } from "../../../../shared/stats/kaplan-meier.ts";
import { HAS_REAL_DATA, realDataFile } from "../../../support/real-data.ts";

// Weeks in remission under 6-MP, Freireich 1963, Blood 21:699-716; + is still in remission at the end of the watch.
const SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
  .split(" ")
  .map((text) => ({ time: Number.parseInt(text, 10), event: !text.endsWith("+") }));

describe("the survival curve", () => {
  // Kleinbaum and Klein, Survival Analysis, table 2.2; limits as Stata prints them.
  it.each([
    [6, 21, 0.8571, 0.0764, 0.6197, 0.9516],
    [7, 17, 0.8067, 0.0869, 0.5631, 0.9228],
    [10, 15, 0.7529, 0.0963, 0.5032, 0.8894],
    [13, 12, 0.6902, 0.1068, 0.4316, 0.8491],
    [16, 11, 0.6275, 0.1141, 0.3675, 0.8049],
    [22, 7, 0.5378, 0.1282, 0.2678, 0.7468],
    [23, 6, 0.4482, 0.1346, 0.1881, 0.6801],
  ])("of the 6-MP arm at %i weeks, %i at risk, is %f", (time, atRisk, survival, error, low, high) => {
    const step = kaplanMeier(SIX_MP).find((each) => each.time === time);
    expect(step?.atRisk).toBe(atRisk);
    for (const [value, golden] of [
      [step?.survival, survival],
      [step?.error, error],
      [step?.low, low],
      [step?.high, high],
    ] as const)
      expect(value).toBeCloseTo(golden, 4);
  });

  it("gives the median, or none when the watch was too short for it", () => {
    expect(survivalTime(kaplanMeier(SIX_MP))).toBe(23);
    expect(survivalTime(kaplanMeier(SIX_MP), 0.8)).toBeNull();
  });

  it("of lives that were watched to their end is the share still there, in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 60 }), (times) => {
        const curve = kaplanMeier(times.map((time) => ({ time, event: true })));
        for (const { time, survival } of curve) expect(survival).toBeCloseTo(times.filter((each) => each > time).length / times.length, 12);
        expect(kaplanMeier(times.toReversed().map((time) => ({ time, event: true })))).toEqual(curve);
      }),
    );
  });

  it("does not count at risk who came under watch later", () => {
    const curve = kaplanMeier([
      { time: 2, event: true },
      { time: 5, event: true },
      { time: 6, event: true, entry: 3 },
      { time: 7, event: false, entry: 2 },
    ]);
    expect(curve.map(({ atRisk }) => atRisk)).toEqual([2, 3, 2]);
  });

  it("ends at nothing without limits that are no numbers", () => {
    expect(kaplanMeier([{ time: 1, event: true }])[0]).toMatchObject({ survival: 0, error: 0, low: 0, high: 0 });
  });

  it("refuses lives that end before they are watched", () => {
    expect(() => kaplanMeier([{ time: 3, event: true, entry: 3 }])).toThrow(RangeError);
    expect(() => kaplanMeier([], 1)).toThrow(RangeError);
  });

  // Compared with a computation of its own in exact fractions.
  it.skipIf(!HAS_REAL_DATA)("real data: half of 1,129 employees have left after 50.7 months", () => {
    const lines = readFileSync(realDataFile("turnover/turnover.csv"), "latin1").trim().split("\n").slice(1);
    const lives = lines.map((line) => line.split(",")).map(([time, event]) => ({ time: Number(time), event: event === "1" }));
    const curve = kaplanMeier(lives);
    expect([lives.length, curve.length, survivalTime(curve), survivalTime(curve, 0.25)]).toEqual([1129, 416, 50.72689938, 19.87679671]);
    const year = curve.findLast(({ time }) => time <= 12);
    expect(year?.atRisk).toBe(835);
    expect(year?.survival).toBeCloseTo(0.8558723645749649, 12);
    expect(year?.error).toBeCloseTo(0.010916322874097452, 12);
  });
});

describe("the exact interval of a proportion", () => {
  // Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 5.
  it.each([
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
  ])("of %i in %i is the published one", (successes, n, low, high) => {
    const interval = clopperPearson(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("of none or all has a limit in closed form", () => {
    expect(clopperPearson(0, 1_000_000, 0.99).high).toBeCloseTo(-Math.expm1(Math.log(0.005) / 1_000_000), 17);
    expect(clopperPearson(7, 7)).toEqual({ low: expect.closeTo(0.025 ** (1 / 7), 13), high: 1 });
  });

  it("refuses what is no proportion and no confidence", () => {
    for (const wrong of [() => clopperPearson(1, 0), () => clopperPearson(6, 5), () => clopperPearson(1, 5, 95)])
      expect(wrong).toThrow(RangeError);
  });
});

describe("a sketch of values", () => {
  const value = fc.oneof(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.integer({ min: 0, max: 100_000 }));
  const values = fc.array(value, { minLength: 1, maxLength: 200 });

  it("tells every quantile within 1 %", () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, q) => {
        const truth = all.toSorted((one, other) => one - other)[Math.floor(q * (all.length - 1))] ?? 0;
        const told = sketchQuantile(sketchOf(all), q) ?? Number.NaN;
        expect(Math.abs(told - truth)).toBeLessThanOrEqual(0.01 * Math.abs(truth) * (1 + 1e-9) + 1e-9);
      }),
    );
  });

  it("merged from parts in any order is that of all values, to the last count", () => {
    fc.assert(
      fc.property(values, values, values, (one, two, three) => {
        const whole = sketchOf([...one, ...two, ...three]);
        expect(mergeSketches([sketchOf(three), mergeSketches([sketchOf(two), sketchOf(one)])])).toEqual(whole);
        expect(JSON.stringify(mergeSketches([sketchOf(one), sketchOf(two), sketchOf(three)]))).toBe(JSON.stringify(whole));
      }),
    );
  });

  it("holds 0 as itself and mirrors what is below it", () => {
    expect(sketchOf([-5, 0, 5, 1e-12])).toEqual([
      [expect.any(Number), 1],
      [0, 2],
      [expect.any(Number), 1],
    ]);
    expect(sketchQuantile(sketchOf([-5]), 0.5)).toBe(-(sketchQuantile(sketchOf([5]), 0.5) ?? 0));
    expect(sketchOf([0, 1])).toEqual([
      [0, 1],
      [1037, 1],
    ]);
  });

  it("of nothing has no quantile", () => {
    expect(sketchQuantile([], 0.5)).toBeNull();
    expect(() => sketchQuantile([], 2)).toThrow(RangeError);
    expect(() => sketchOf([Infinity])).toThrow(RangeError);
  });
});
