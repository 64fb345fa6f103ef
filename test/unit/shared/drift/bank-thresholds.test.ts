import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bankThresholds } from "../../../../shared/drift/bank-thresholds.ts";
import { guardedThresholds } from "../../../../shared/drift/guarded-thresholds.ts";
import { armRunLength, shakenAlarmRate } from "../../../../shared/drift/shaken-run-length.ts";
import { cusumRunLength } from "../../../../shared/stats/cusum-run-length.ts";

const RUN_LENGTHS = fc.double({ min: 20, max: 20_000, noNaN: true });
/** Simulated apart from the tests, 2,000 to 6,000 runs each: standard error 1 to 2 %. */
const SHAKEN = [
  { runLength: 370.4, offset: 0.1, scale: 1, simulated: 258.5 },
  { runLength: 370.4, offset: 0.3, scale: 1, simulated: 71.3 },
  { runLength: 370.4, offset: 0, scale: 1.1, simulated: 165.7 },
  { runLength: 370.4, offset: 0.15, scale: 1.1, simulated: 112.1 },
  { runLength: 370.4, offset: 0.3, scale: 0.9, simulated: 87.2 },
  { runLength: 5_000, offset: 0.1, scale: 1, simulated: 1147.6 },
  { runLength: 5_000, offset: 0.3, scale: 1, simulated: 131.9 },
  { runLength: 5_000, offset: 0, scale: 1.2, simulated: 559.3 },
  { runLength: 5_000, offset: 0.25, scale: 1.15, simulated: 149.9 },
  { runLength: 50_000, offset: 0.2, scale: 1, simulated: 425.4 },
  { runLength: 1_000_000, offset: 0.25, scale: 1.1, simulated: 362.8 },
] as const;

describe("thresholds of the bank", () => {
  it("at one false alarm in 370.4 days they are those that another simulation found", () => {
    const [slow, middle, quick, ...more] = bankThresholds({ runLength: 370.4, sides: 2 });
    expect(more).toEqual([]);
    expect([slow?.k, middle?.k, quick?.k]).toEqual([0.25, 0.5, 1]);
    // A standard error of their run length, 1.3 %, is 0.04, 0.02 and 0.01 here.
    expect(Math.abs((slow?.h ?? 0) - 9.315)).toBeLessThan(0.045);
    expect(Math.abs((middle?.h ?? 0) - 5.444)).toBeLessThan(0.025);
    expect(Math.abs((quick?.h ?? 0) - 2.852)).toBeLessThan(0.015);
  });

  it("rarer alarms have higher thresholds", () => {
    fc.assert(
      fc.property(RUN_LENGTHS, fc.double({ min: 1.05, max: 3, noNaN: true }), (runLength, factor) => {
        const [before, after] = [runLength, factor * runLength].map((length) => bankThresholds({ runLength: length, sides: 2 }));
        for (const { k, h } of after ?? []) {
          const same = before?.find((arm) => arm.k === k);
          if (same !== undefined && before?.length === after?.length) expect(h).toBeGreaterThan(same.h);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("each arm alone is rarer than all together, and all together rarer than the sum of them", () => {
    for (const runLength of [20, 100, 370.4, 376, 1_000, 9_000, 20_000]) {
      const rates = bankThresholds({ runLength, sides: 2 }).map((arm) => 2 / cusumRunLength(arm, 0));
      expect(Math.max(...rates) * runLength).toBeLessThan(1);
      expect(rates.reduce((sum, rate) => sum + rate, 0) * runLength).toBeGreaterThan(1);
    }
  });

  it("one side has the thresholds of two sides at half the run length", () => {
    expect(bankThresholds({ runLength: 500, sides: 1 })).toEqual(bankThresholds({ runLength: 250, sides: 2 }));
  });

  it.each([9, Number.NaN, 1e9])("a run length of %d is refused", (runLength) => {
    expect(() => bankThresholds({ runLength, sides: 2 })).toThrow(RangeError);
  });
});

describe("a baseline that is off", () => {
  it("an arm's run length is near the exact one", () => {
    for (const arm of bankThresholds({ runLength: 1_000, sides: 2 })) {
      expect(Math.abs(armRunLength(arm, { offset: 0, scale: 1 }) / cusumRunLength(arm, 0) - 1)).toBeLessThan(0.06);
    }
    expect(armRunLength({ k: 0.5, h: 10 }, { offset: 0.5, scale: 1 })).toBeCloseTo(11.166 ** 2, 6);
  });

  it("nothing off, the bank keeps its run length", () => {
    fc.assert(
      fc.property(RUN_LENGTHS, fc.constantFrom<1 | 2>(1, 2), (runLength, sides) => {
        const rate = shakenAlarmRate({ runLength, sides, slowest: 0 })({ offset: 0, scale: 1 });
        expect(rate * runLength).toBeCloseTo(1, 9);
      }),
      { numRuns: 100 },
    );
  });

  it.each(SHAKEN)(
    "one in $runLength becomes one in $simulated when off by $offset and $scale",
    ({ runLength, offset, scale, simulated }) => {
      const rate = shakenAlarmRate({ runLength, sides: 2, slowest: 0 })({ offset, scale });
      expect(Math.abs(1 / (rate * simulated) - 1)).toBeLessThan(0.1);
    },
  );
});

describe("thresholds that allow for the estimated baseline", () => {
  it("lie higher the shorter the baseline, and come down to those of a known one", () => {
    for (const guarantee of ["average", "nine-in-ten"] as const) {
      const quickest = [25, 56, 100, 250, 1_000].map((subgroups) => {
        return guardedThresholds({ runLength: 370, sides: 2, subgroups, guarantee }).at(-1)?.h ?? 0;
      });
      expect(quickest).toEqual(quickest.toSorted((a, b) => b - a));
    }
    const known = guardedThresholds({ runLength: 370, sides: 2, subgroups: 1e9, freedom: Infinity, guarantee: "average" });
    const plain = bankThresholds({ runLength: 370 / 0.92, sides: 2 });
    for (const [i, { h }] of known.entries()) expect(h).toBeCloseTo(plain[i]?.h ?? 0, 1);
  });

  it("nine in ten asks for more than the average, a season and an estimated spread for more than none", () => {
    const known = { runLength: 200, sides: 2, subgroups: 100, guarantee: "average" } as const;
    const least = guardedThresholds({ ...known, freedom: Infinity }).at(-1)?.h ?? 0;
    const usual = guardedThresholds(known).at(-1)?.h ?? 0;
    expect(usual).toBeGreaterThan(least);
    expect(guardedThresholds({ ...known, taken: 6 }).at(-1)?.h).toBeGreaterThan(usual);
    expect(guardedThresholds({ ...known, guarantee: "nine-in-ten" }).at(-1)?.h).toBeGreaterThan(usual);
  });

  it("slow arms go where the baseline is off by as much as they look for", () => {
    expect(guardedThresholds({ runLength: 9_000, sides: 2, subgroups: 56, guarantee: "average" }).map(({ k }) => k)).toEqual([0.5, 1]);
  });

  it.each([{ subgroups: 7 }, { subgroups: 20, freedom: 2 }, { subgroups: 8, runLength: 1e6 }])(
    "what cannot be promised is refused (%#)",
    (part) => {
      expect(() => guardedThresholds({ runLength: 370, sides: 2, guarantee: "nine-in-ten", ...part })).toThrow(RangeError);
    },
  );
});
