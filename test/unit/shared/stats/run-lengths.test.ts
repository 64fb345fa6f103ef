import { describe, expect, it } from "vitest";
import { bernoulliCusumRunLength, poissonCusumRunLength } from "../../../../shared/stats/count-cusum-run-length.ts";
import { bernoulliCusumThreshold, poissonCusumThreshold } from "../../../../shared/stats/count-cusum-threshold.ts";
import { cusumRunLength, steadyCusumRunLength, twoSidedCusumRunLength } from "../../../../shared/stats/cusum-run-length.ts";
import { cusumThreshold } from "../../../../shared/stats/cusum-threshold.ts";
import { ewmaRunLength } from "../../../../shared/stats/ewma-run-length.ts";
import { ewmaThreshold } from "../../../../shared/stats/ewma-threshold.ts";
import { expectedSteps } from "../../../../shared/stats/expected-steps.ts";
import { gaussLegendre } from "../../../../shared/stats/gauss-legendre.ts";
import { runRulesRunLength } from "../../../../shared/stats/run-rules-run-length.ts";
import { shewhartRunLength } from "../../../../shared/stats/shewhart-run-length.ts";
import { solveLinear } from "../../../../shared/stats/solve-linear.ts";
import {
  BERNOULLI,
  CUSUM_FIR_HALF,
  CUSUM_ONE_SIDED,
  CUSUM_TWO_SIDED,
  EWMA,
  MOUSTAKIDES,
  POISSON,
  RUN_RULES,
  SHEWHART,
  SHIFTS,
  STEADY,
} from "./run-length-tables.ts";

/** Every cell within a tenth of a per cent. */
function expectNear(value: number, published: number): void {
  expect(Math.abs(value / published - 1), `${value} against ${published}`).toBeLessThan(1e-3);
}

function expectRow(row: readonly number[], lengthAt: (shift: number) => number): void {
  expect(row).toHaveLength(SHIFTS.length);
  for (const [i, shift] of SHIFTS.entries()) expectNear(lengthAt(shift), row[i] ?? 0);
}

describe("run lengths of charts for normal scores", () => {
  it.each(CUSUM_ONE_SIDED)("a one-sided CUSUM with h = $h", ({ h, row }) =>
    expectRow(row, (shift) => cusumRunLength({ k: 0.5, h }, shift)),
  );

  it.each(CUSUM_TWO_SIDED)("a two-sided CUSUM with h = $h", ({ h, row }) =>
    expectRow(row, (shift) => twoSidedCusumRunLength({ k: 0.5, h }, shift)),
  );

  it.each(CUSUM_FIR_HALF)("a two-sided CUSUM with h = $h and a head start of h / 2", ({ h, row }) =>
    expectRow(row, (shift) => twoSidedCusumRunLength({ k: 0.5, h, headStart: h / 2 }, shift)),
  );

  it("a one-sided CUSUM that has run for long is quicker than one from 0", () => {
    for (const { shift, length } of STEADY) {
      const steady = steadyCusumRunLength({ k: 0.5, h: 4.775 }, shift);
      expect(Math.abs(steady - length)).toBeLessThanOrEqual(length > 10 ? 0.05 : 0.005);
      expect(steady).toBeLessThan(cusumRunLength({ k: 0.5, h: 4.775 }, shift));
    }
  });

  it.each(EWMA)("an EWMA of weight $weight with limits at $limit", ({ weight, limit, row }) =>
    expectRow(row, (shift) => ewmaRunLength({ weight, limit }, shift)),
  );

  it("an EWMA of weight 1 is a Shewhart chart", () => expectNear(ewmaRunLength({ weight: 1, limit: 3 }, 0.5), shewhartRunLength(3, 0.5)));

  it("a Shewhart chart at 3 standard deviations", () => expectRow(SHEWHART, (shift) => shewhartRunLength(3, shift)));

  it.each(RUN_RULES)("Western Electric rules $rules at $shift", ({ rules, shift, length, within }) => {
    expect(Math.abs(runRulesRunLength(rules, shift) - length)).toBeLessThanOrEqual(within);
  });

  it("a shift to either side is found as soon", () => {
    expectNear(runRulesRunLength([1, 2, 3, 4], -1), runRulesRunLength([1, 2, 3, 4], 1));
    expectNear(ewmaRunLength({ weight: 0.1, limit: 2.814 }, -1), ewmaRunLength({ weight: 0.1, limit: 2.814 }, 1));
    expectNear(twoSidedCusumRunLength({ k: 0.5, h: 4, headStart: 1 }, -1), twoSidedCusumRunLength({ k: 0.5, h: 4, headStart: 1 }, 1));
  });
});

describe("run lengths of charts for counts", () => {
  it.each(POISSON)("a Poisson CUSUM with h = $h, k = $k at mean $mu", ({ h, k, mu, arl, fir }) => {
    expectNear(poissonCusumRunLength({ k, h }, mu), arl);
    expectNear(poissonCusumRunLength({ k, h, start: Math.ceil(h / 2) }, mu), fir);
  });

  it("half an event as unit changes nothing where no half occurs", () => {
    expectNear(poissonCusumRunLength({ k: 2, h: 5, grain: 2 }, 1), poissonCusumRunLength({ k: 2, h: 5 }, 1));
  });

  it.each(BERNOULLI)("a Bernoulli CUSUM of $m units a failure with h = $h at $p", ({ m, h, p, arl }) => {
    expectNear(bernoulliCusumRunLength({ up: m - 1, h }, p), arl);
  });
});

describe("thresholds for a wanted run length", () => {
  it.each(MOUSTAKIDES)("a one-sided CUSUM for a shift of $shift and one false alarm in $runLength", ({ shift, runLength, h, delay }) => {
    const found = cusumThreshold(shift / 2, runLength);
    expect(Math.abs(found - h)).toBeLessThanOrEqual(6e-5);
    expectNear(cusumRunLength({ k: shift / 2, h: found }, shift), delay);
    expectNear(cusumRunLength({ k: shift / 2, h: found }, 0), runLength);
  });

  it.each([0.02, 0.1, 0.4])("an EWMA of weight %d, however rare its alarms", (weight) => {
    for (const runLength of [20, 370.4, 20_000])
      expectNear(ewmaRunLength({ weight, limit: ewmaThreshold(weight, runLength) }, 0), runLength);
  });

  it("charts for counts keep at least the run length, and one step less would not", () => {
    expect(poissonCusumThreshold({ k: 2 }, 1, 1_900)).toBe(5);
    expect(poissonCusumThreshold({ k: 1.25, grain: 4 }, 1, 5_000)).toBe(13.5);
    expect(bernoulliCusumThreshold(6, 0.1, 1_000)).toBe(31);
    const h = bernoulliCusumThreshold(13, 0.05, 5_000);
    expect(bernoulliCusumRunLength({ up: 13, h }, 0.05)).toBeGreaterThanOrEqual(5_000);
    expect(bernoulliCusumRunLength({ up: 13, h: h - 1 }, 0.05)).toBeLessThan(5_000);
  });
});

describe("what they are solved with", () => {
  it("a quadrature of n points is exact for a polynomial of degree 2n - 1", () => {
    const { nodes, weights } = gaussLegendre(4, 0, 2);
    const integral = nodes.reduce((sum, x, i) => sum + (weights[i] ?? 0) * x ** 7, 0);
    expect(Math.abs(integral - 32)).toBeLessThan(1e-12);
    expect(gaussLegendre(2, -1, 1).nodes[1]).toBeCloseTo(0.5773502691896257, 15);
  });

  it("equations are solved whichever row comes first, and refused when they contradict one another", () => {
    expect([...solveLinear([Float64Array.of(0, 2), Float64Array.of(4, 1)], Float64Array.of(6, 11))]).toEqual([2, 3]);
    expect(() => solveLinear([Float64Array.of(1, 1), Float64Array.of(1, 1)], Float64Array.of(1, 2))).toThrow(RangeError);
  });

  it("a chain that stays with probability 0.9 is left after ten steps", () => {
    expect(expectedSteps([Float64Array.of(0.9)])[0]).toBeCloseTo(10, 10);
  });

  it.each([
    () => gaussLegendre(1, 0, 1),
    () => gaussLegendre(5, 1, 1),
    () => cusumRunLength({ k: -1, h: 4 }, 0),
    () => cusumRunLength({ k: 0.5, h: 0 }, 0),
    () => cusumRunLength({ k: 0.5, h: 4, headStart: 5 }, 0),
    () => twoSidedCusumRunLength({ k: 0.5, h: 4, headStart: 3 }, 0),
    () => cusumThreshold(2, 5),
    () => ewmaRunLength({ weight: 0, limit: 3 }, 0),
    () => ewmaRunLength({ weight: 0.1, limit: 0 }, 0),
    () => ewmaThreshold(0.1, 1e9),
    () => runRulesRunLength([], 0),
    () => poissonCusumRunLength({ k: 1.5, h: 4 }, 1),
    () => poissonCusumRunLength({ k: 1, h: 4, start: 4 }, 1),
    () => poissonCusumRunLength({ k: 1, h: 4 }, 0),
    () => bernoulliCusumRunLength({ up: 6, h: 31 }, 0),
    () => bernoulliCusumRunLength({ up: 6, h: 31, start: 31 }, 0.1),
    () => bernoulliCusumThreshold(50, 1, 1e6),
    () => poissonCusumThreshold({ k: 1 }, 1, 0),
  ])("what is out of range is refused (%#)", (call) => expect(call).toThrow(RangeError));
});
