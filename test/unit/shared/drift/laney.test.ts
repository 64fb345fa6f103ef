import { describe, expect, it } from "vitest";
import { betweenVariance, splitVariance } from "../../../../shared/drift/day-variance.ts";
import { laneyChart } from "../../../../shared/drift/laney.ts";
import { drawNormal } from "../../../../shared/stats/random-draws.ts";
import { randomStream } from "../../../../shared/stats/random.ts";

const SIZES = [400, 420, 380, 410, 395, 405, 430, 390, 415, 400];
const GOOD = [40, 55, 30, 48, 36, 52, 45, 33, 50, 41];
const DAYS = SIZES.map((n, i) => ({ n, good: GOOD[i] ?? 0 }));

describe("days that differ by more than chance", () => {
  // Computed apart with numpy from the formulas of Laney 2002 and Spiegelhalter 2005.
  it("Laney's chart gives mean, sigma-z and limits", () => {
    const chart = laneyChart(DAYS);
    expect(chart.mean).toBeCloseTo(0.10630407911, 9);
    expect(chart.sigmaZ).toBeCloseTo(1.8028545448921123, 9);
    expect(chart.limits(400, 3).low).toBeCloseTo(0.02295097, 7);
    expect(chart.limits(400, 3).high).toBeCloseTo(0.18965719, 7);
  });

  it("the additive variance between days follows by moments", () => {
    const { mean } = laneyChart(DAYS);
    const residuals = DAYS.map(({ n, good }) => ({ value: good / n - mean, size: n }));
    expect(betweenVariance(residuals, mean * (1 - mean), 9)).toBeCloseTo(8.524442411878873e-5, 10);
  });

  it("both variances are told apart where days differ much in size, and need not be where they do not", () => {
    const stream = randomStream("split");
    const residuals = Array.from({ length: 4_000 }, (_, i) => {
      const size = i % 2 === 0 ? 4 : 100;
      return { value: Math.sqrt(25 / size + 1) * drawNormal(stream), size };
    });
    const { unit, between } = splitVariance(residuals, residuals.length);
    expect(unit).toBeGreaterThan(22);
    expect(unit).toBeLessThan(28);
    expect(Math.abs(between - 1)).toBeLessThan(0.2);
    expect(
      splitVariance(
        [
          { value: 1, size: 5 },
          { value: -1, size: 5 },
        ],
        1,
      ),
    ).toEqual({ unit: 0, between: 2 });
  });
});
