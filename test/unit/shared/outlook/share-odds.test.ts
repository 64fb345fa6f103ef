import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goodNeeded, limitOf } from "../../../../shared/outlook/limit.ts";
import { type LowSample, missOfShare, type ShareOdds } from "../../../../shared/outlook/share-odds.ts";
import { type RestVolume, volumePoints } from "../../../../shared/outlook/volume.ts";

const RUNS = { numRuns: 1000 };
const EVERY: LowSample = { below: 0, rule: "not-proven" };

const odds = fc.record({
  rho: fc.double({ min: 0, max: 0.05, noNaN: true }),
  chance: fc.record({ a: fc.double({ min: 0.5, max: 5000, noNaN: true }), b: fc.double({ min: 0.5, max: 2000, noNaN: true }) }),
});
const rest = fc
  .record({
    expected: fc.integer({ min: 0, max: 3000 }),
    spread: fc.double({ min: 0, max: 0.3, noNaN: true }),
    days: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ expected, spread, days }): RestVolume => ({
    source: "profile",
    expected,
    deviation: expected * spread,
    shares: Array.from({ length: days }, () => 1 / days),
    weekdays: Array.from({ length: days }, (_, i) => i % 7),
  }));
const soFar = fc
  .record({ n: fc.integer({ min: 0, max: 3000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ n, share }) => ({ n, good: Math.floor(n * share) }));
const mills = fc.integer({ min: 1, max: 999 });

function atLeast(mill: number) {
  return limitOf("at-least", { mantissa: mill, dp: 3 }, null);
}

function miss(known: ShareOdds, left: RestVolume, mill: number, so: { good: number; n: number }): number {
  return missOfShare(known, left, { limit: atLeast(mill), soFar: so, low: EVERY });
}

describe("P(miss) of a share", () => {
  it("is a probability", () => {
    fc.assert(
      fc.property(odds, rest, mills, soFar, (known, left, mill, so) => {
        const probability = miss(known, left, mill, so);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });

  it("never rises with one more good contact among as many", () => {
    fc.assert(
      fc.property(odds, rest, mills, soFar, (known, left, mill, so) => {
        fc.pre(so.good < so.n);
        const more = miss(known, left, mill, { ...so, good: so.good + 1 });
        expect(more).toBeLessThanOrEqual(miss(known, left, mill, so) + 1e-9);
      }),
      RUNS,
    );
  });

  it("never falls with a higher agreed level", () => {
    fc.assert(
      fc.property(odds, rest, mills, mills, soFar, (known, left, one, other, so) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(miss(known, left, low, so)).toBeLessThanOrEqual(miss(known, left, high, so) + 1e-9);
      }),
      RUNS,
    );
  });

  it("is 1 exactly where no volume of the rest suffices, and 0 exactly where any does", () => {
    fc.assert(
      fc.property(odds, rest, mills, soFar, (known, left, mill, so) => {
        const missing = volumePoints(left).map((volume) => ({ volume, need: goodNeeded(atLeast(mill), so.n + volume) - so.good }));
        if (missing.every(({ volume, need }) => need > volume)) expect(miss(known, left, mill, so)).toBe(1);
        if (missing.every(({ need }) => need <= 0)) expect(miss(known, left, mill, so)).toBe(0);
      }),
      RUNS,
    );
  });

  it("grows towards a coin's toss when days are less alike", () => {
    const left: RestVolume = { source: "profile", expected: 1000, deviation: 0, shares: [0.5, 0.5], weekdays: [0, 1] };
    const calm = { rho: 0, chance: { a: 8200, b: 1800 } };
    const so = { n: 1000, good: 800 };
    const [still, wild] = [miss(calm, left, 800, so), miss({ ...calm, rho: 0.05 }, left, 800, so)];
    expect(still).toBeLessThan(0.06);
    expect(wild).toBeGreaterThan(0.3);
  });

  it("of a window with too few to prove anything is 0, and one miss is forgiven where that is agreed", () => {
    const left: RestVolume = { source: "profile", expected: 0, deviation: 0, shares: [], weekdays: [] };
    const known = { rho: 0, chance: { a: 8, b: 2 } };
    const ask = (good: number, low: LowSample): number => missOfShare(known, left, { limit: atLeast(800), soFar: { n: 20, good }, low });
    expect(ask(10, { below: 30, rule: "not-proven" })).toBe(0);
    expect([ask(15, { below: 30, rule: "allow-one-miss" }), ask(14, { below: 30, rule: "allow-one-miss" })]).toEqual([0, 1]);
    expect(ask(15, { below: 20, rule: "allow-one-miss" })).toBe(1);
  });
});
