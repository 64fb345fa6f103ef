import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVIDENCE_ALARM, leaningEvidence } from "../../../../shared/stats/e-process.ts";

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Whether a series of trials ever reaches the alarm. */
function everAlarms(random: () => number, { trials, chance }: { trials: number; chance: number }): boolean {
  let [lean, other] = [0, 0];
  for (let i = 0; i < trials; i++) {
    if (random() < chance) lean++;
    else other++;
    if (leaningEvidence({ lean, other }) >= EVIDENCE_ALARM) return true;
  }
  return false;
}

function alarms(series: number, course: { trials: number; chance: number }): number {
  return Array.from({ length: series }, (_, seed) => everAlarms(mulberry32(seed), course)).filter(Boolean).length;
}

describe("evidence of a leaning", () => {
  it.each([
    // Means over the bets 0.1, 0.3, 0.5, 0.7, 0.9, computed by hand.
    { lean: 0, other: 0, is: 1 },
    { lean: 1, other: 0, is: 1.5 },
    { lean: 0, other: 1, is: 0.5 },
    { lean: 1, other: 1, is: 0.67 },
    { lean: 2, other: 0, is: 2.33 },
    { lean: 6, other: 0, is: 17.834489 },
    { lean: 7, other: 0, is: 31.1461 },
    { lean: 9, other: 0, is: 98.53628 },
  ])("is $is after $lean for and $other against", ({ lean, other, is }) => {
    expect(leaningEvidence({ lean, other })).toBeCloseTo(is, 4);
  });

  it("is worth the same on average after one more fair trial", () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (lean, other) => {
        const next = (leaningEvidence({ lean: lean + 1, other }) + leaningEvidence({ lean, other: other + 1 })) / 2;
        const now = leaningEvidence({ lean, other });
        expect(Math.abs(next - now)).toBeLessThanOrEqual(1e-9 * Math.max(1, now));
      }),
    );
  });

  it("stays a number however long the series", () => {
    expect(leaningEvidence({ lean: 0, other: 100_000 })).toBe(0);
    expect(leaningEvidence({ lean: 50_000, other: 50_000 })).toBeLessThan(1);
    expect(leaningEvidence({ lean: 100_000, other: 0 })).toBe(Number.POSITIVE_INFINITY);
  });

  it("ever reaches the alarm in at most 5 % of 2,000 fair series of 400 trials", () => {
    expect(alarms(2000, { trials: 400, chance: 0.5 })).toBeLessThanOrEqual(100);
  });

  it("finds nine in ten favouring one side within 40 trials in at least 95 % of series", () => {
    expect(alarms(500, { trials: 40, chance: 0.9 })).toBeGreaterThanOrEqual(475);
  });
});
