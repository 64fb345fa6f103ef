import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goodNeeded, limitOf } from "../../../../shared/outlook/limit.ts";
import { chanceOf, fewerThan, widened } from "../../../../shared/outlook/predictive.ts";
import { betaBinomialNormal } from "../../../../shared/stats/beta-binomial.ts";

const EIGHTY = limitOf("at-least", { mantissa: 8, dp: 1 }, null);
const RUNS = { numRuns: 1000 };

/** Reference vectors, key `breach_projection` (scipy, prior 0.5 and 0.5, target 80 %). */
const ROWS = [
  { good: 49_100, n: 62_000, rest: 38_000, rho: 0, need: 30_900, rate: 0.813158, exact: 1, normal: 1, projected: 0.791934 },
  {
    good: 49_100,
    n: 62_000,
    rest: 38_000,
    rho: 0.0005,
    need: 30_900,
    rate: 0.813158,
    exact: 0.989018,
    normal: 0.98758,
    projected: 0.791934,
  },
  { good: 410, n: 500, rest: 300, rho: 0, need: 230, rate: 0.766667, exact: 0.030674, normal: 0.026342, projected: 0.81976 },
  { good: 82, n: 100, rest: 60, rho: 0, need: 46, rate: 0.766667, exact: 0.17367, normal: 0.175558, projected: 0.818812 },
  { good: 17, n: 20, rest: 12, rho: 0, need: 9, rate: 0.75, exact: 0.1673, normal: 0.171391, projected: 0.84375 },
  { good: 9500, n: 12_000, rest: 8000, rho: 0.002, need: 6500, rate: 0.8125, exact: 0.86296, normal: 0.862066, projected: 0.791657 },
];

describe("the golden rows of breach_projection (scipy)", () => {
  it.each(ROWS)("$good of $n with $rest to come and rho $rho: P(miss) $exact, by the normal form $normal", (row) => {
    const need = goodNeeded(EIGHTY, row.n + row.rest) - row.good;
    const chance = widened({ a: row.good + 0.5, b: row.n - row.good + 0.5 }, row.rho);
    const projected = (row.good + (row.rest * chance.a) / (chance.a + chance.b)) / (row.n + row.rest);
    expect(need).toBe(row.need);
    expect(Math.abs(need / row.rest - row.rate)).toBeLessThan(1e-6);
    expect(Math.abs(fewerThan(need, row.rest, chance) - row.exact)).toBeLessThan(1e-6);
    expect(Math.abs(betaBinomialNormal(need - 1, { n: row.rest, ...chance }) - row.normal)).toBeLessThan(1e-6);
    expect(Math.abs(projected - row.projected)).toBeLessThan(1e-6);
  });
});

describe("a chance that is not known exactly", () => {
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

  it("has the mean and the variance it is made from", () => {
    fc.assert(
      fc.property(share, fc.double({ min: 1e-6, max: 0.9, noNaN: true }), (p, part) => {
        const variance = p * (1 - p) * part;
        const { a, b } = chanceOf(p, variance);
        expect(a / (a + b)).toBeCloseTo(p, 10);
        expect((a * b) / ((a + b) ** 2 * (a + b + 1)) / variance).toBeCloseTo(1, 6);
      }),
      RUNS,
    );
  });

  it("keeps its mean when it is widened, and its variance grows by p (1 - p) rho", () => {
    fc.assert(
      fc.property(share, fc.double({ min: 0, max: 0.3, noNaN: true }), (p, rho) => {
        const before = chanceOf(p, p * (1 - p) * 0.01);
        const after = widened(before, rho);
        expect(after.a / (after.a + after.b)).toBeCloseTo(p, 10);
        expect(1 / (after.a + after.b + 1)).toBeCloseTo(1 / (before.a + before.b + 1) + rho, 10);
      }),
      RUNS,
    );
  });

  it("above a million contacts the normal form takes over without a step", () => {
    const chance = { a: 8000, b: 2000 };
    const [summed, normal] = [fewerThan(795_000, 1_000_000, chance), fewerThan(795_001, 1_000_001, chance)];
    expect(Math.abs(summed - normal)).toBeLessThan(2e-3);
  });
});
