import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BetaBinomial, betaBinomialCdf, betaBinomialNormal } from "../../../../shared/stats/beta-binomial.ts";
import { logBeta, logGamma } from "../../../../shared/stats/log-gamma.ts";
import { normalCdf } from "../../../../shared/stats/normal.ts";
import { studentTCdf } from "../../../../shared/stats/student-t.ts";

const RUNS = { numRuns: 1000 };

describe("the logarithm of gamma and beta", () => {
  it.each([
    [0.001, 6.907178885383853],
    [0.5, 0.5723649429247001],
    [1, 0],
    [1.5, -0.12078223763524522],
    [2, 0],
    [14.9, 24.924132002217277],
    [15, 25.191221182738683],
    [1000, 5905.220423209181],
    [1e6, 12815504.569147611],
  ])("logGamma(%f) is %f (scipy.special.gammaln)", (x, value) => {
    expect(Math.abs(logGamma(x) - value)).toBeLessThan(1e-14 * Math.max(1, Math.abs(value)));
  });

  it.each([
    [0.5, 0.5, 1.1447298858494],
    [2, 3, -2.4849066497880004],
    [0.001, 20, 6.904208335756635],
    [0.5, 1e6, -6.335390211057437],
    [49100.5, 12900.5, -31710.21945917135],
    [1e6, 2e6, -1909548.2909685448],
  ])("logBeta(%f, %f) is %f (scipy.special.betaln)", (a, b, value) => {
    expect(Math.abs(logBeta(a, b) - value)).toBeLessThan(1e-13 * Math.max(1, Math.abs(value)));
  });

  it("logGamma grows by ln x from x to x + 1", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e5, noNaN: true }), (x) => {
        const scale = Math.max(1, Math.abs(logGamma(x + 1)));
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(4e-14 * scale);
      }),
      RUNS,
    );
  });

  it("there is none of 0", () => expect(() => logGamma(0)).toThrow(RangeError));
});

describe("the beta-binomial distribution", () => {
  it.each([
    [45, 60, 82.5, 18.5, 0.17367026617396605],
    [229, 300, 410.5, 90.5, 0.030674086619647652],
    [30_899, 38_000, 1500, 400, 0.9943032876211366],
    [799_999, 1_000_000, 80_000.5, 20_000.5, 0.5001202870758772],
    [790_000, 1_000_000, 80.5, 20.5, 0.4118839878192013],
    [3, 10, 0.5, 0.5, 0.4080352783203125],
    [0, 5, 0.3, 2, 0.6607023414547691],
    [500, 1000, 1, 1, 501 / 1001],
  ])("P(X <= %i of %i) with a %f and b %f is %f (scipy.stats.betabinom)", (k, n, a, b, value) => {
    expect(Math.abs(betaBinomialCdf(k, { n, a, b }) - value)).toBeLessThan(1e-9);
  });

  /** Every probability by itself, from logGamma alone. */
  function bySumming(k: number, { n, a, b }: BetaBinomial): number {
    let sum = 0;
    for (let x = 0; x <= k; x++) {
      const ways = logGamma(n + 1) - logGamma(x + 1) - logGamma(n - x + 1);
      const chance = logGamma(x + a) + logGamma(n - x + b) - logGamma(n + a + b) - logGamma(a) - logGamma(b) + logGamma(a + b);
      sum += Math.exp(ways + chance);
    }
    return sum;
  }

  const parts = fc.record({
    n: fc.integer({ min: 1, max: 200 }),
    a: fc.double({ min: 0.05, max: 300, noNaN: true }),
    b: fc.double({ min: 0.05, max: 300, noNaN: true }),
  });

  it("agrees with the sum of all its probabilities", () => {
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 1, noNaN: true }), (distribution, share) => {
        const k = Math.floor(share * distribution.n);
        expect(Math.abs(betaBinomialCdf(k, distribution) - bySumming(k, distribution))).toBeLessThan(1e-10);
      }),
      RUNS,
    );
  });

  it("seen from the other side is what is left to 1", () => {
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 1, noNaN: true }), ({ n, a, b }, share) => {
        const k = Math.floor(share * n);
        const sum = betaBinomialCdf(k, { n, a, b }) + betaBinomialCdf(n - k - 1, { n, a: b, b: a });
        expect(Math.abs(sum - 1)).toBeLessThan(1e-10);
      }),
      RUNS,
    );
  });

  it("is nothing below 0 and all from n on, in both forms", () => {
    const distribution = { n: 10, a: 3, b: 2 };
    expect([betaBinomialCdf(-1, distribution), betaBinomialCdf(10, distribution)]).toEqual([0, 1]);
    expect([betaBinomialNormal(-1, distribution), betaBinomialNormal(10, distribution)]).toEqual([0, 1]);
  });

  it("needs two numbers above 0", () => expect(() => betaBinomialCdf(1, { n: 2, a: 0, b: 1 })).toThrow(RangeError));
});

describe("the normal distribution", () => {
  it.each([
    [-8, 6.22096057427174e-16],
    [-5, 2.866515718791933e-7],
    [-3.0001, 0.0013494549132607172],
    [-2.9999, 0.001350341282954925],
    [-1, 0.15865525393145707],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1.959963984540054, 0.975],
    [4, 0.9999683287581669],
  ])("P(Z <= %f) is %f (scipy.stats.norm)", (x, value) => {
    expect(Math.abs(normalCdf(x) - value)).toBeLessThan(1e-14 * Math.max(value, 1e-2));
  });

  it("ends at 0 and 1", () => expect([normalCdf(-60), normalCdf(60)]).toEqual([0, 1]));
});

describe("Student's t distribution", () => {
  it.each([
    [-1, 1, 0.25],
    [2.2281388519649385, 10, 0.9749999999990957],
    [0.3, 4.5, 0.6112332264802843],
    [-6, 55, 8.044313927445562e-8],
    [1.5, 400, 0.9327983714938888],
    [0.01, 30, 0.5039562537134111],
    [0, 3, 0.5],
  ])("P(T <= %f) with %f degrees of freedom is %f (scipy.stats.t)", (t, df, value) => {
    expect(Math.abs(studentTCdf(t, df) - value)).toBeLessThan(1e-12);
  });

  it("is symmetric and rises", () => {
    const number = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.double({ min: 0.5, max: 500, noNaN: true }), (x, y, df) => {
        const [low, high] = [Math.min(x, y), Math.max(x, y)];
        expect(studentTCdf(low, df)).toBeLessThanOrEqual(studentTCdf(high, df) + 1e-14);
        expect(Math.abs(studentTCdf(x, df) + studentTCdf(-x, df) - 1)).toBeLessThan(1e-12);
      }),
      RUNS,
    );
  });

  it("needs degrees of freedom", () => expect(() => studentTCdf(1, 0)).toThrow(RangeError));
});
