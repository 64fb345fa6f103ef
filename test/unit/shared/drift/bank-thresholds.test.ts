import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bankThresholds } from "../../../../shared/drift/bank-thresholds.ts";
import { armRunLength } from "../../../../shared/drift/arm-run-length.ts";
import { cusumRunLength } from "../../../../shared/stats/cusum-run-length.ts";

const RUN_LENGTHS = fc.double({ min: 20, max: 20_000, noNaN: true });

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

it("an arm's run length is near the exact one", () => {
  for (const arm of bankThresholds({ runLength: 1_000, sides: 2 })) {
    expect(Math.abs(armRunLength(arm) / cusumRunLength(arm, 0) - 1)).toBeLessThan(0.06);
  }
});
