import { describe, expect, it } from "vitest";
import { autocorrelationOf } from "../../../../shared/drift/autocorrelation.ts";
import { sequenceHalfWidth } from "../../../../shared/drift/confidence-sequence.ts";
import { median } from "../../../../shared/drift/gross-days.ts";
import { normalScore } from "../../../../shared/drift/learned-level.ts";
import { seasonOf } from "../../../../shared/drift/season.ts";
import { normalisedScore, skewOf } from "../../../../shared/drift/skewness.ts";
import { NO_SLOW_MEAN, slowLimit, slowScore, slowStep } from "../../../../shared/drift/slow-mean.ts";
import { addToTails, NO_TAILS, tailShape } from "../../../../shared/drift/tail-weight.ts";

import { normalCdf } from "../../../../shared/stats/normal.ts";
import { drawGamma, drawNormal } from "../../../../shared/stats/random-draws.ts";
import { randomStream } from "../../../../shared/stats/random.ts";
import { studentTCdf } from "../../../../shared/stats/student-t.ts";

describe("what a baseline says is usual", () => {
  it("weekdays that differ keep nearly all of their effects, those that do not keep none", () => {
    const stream = randomStream("weekdays");
    const week = [2, 1, 0, 0, 0, -1, -2];
    const days = (effect: number) =>
      Array.from({ length: 56 }, (_, i) => ({ slot: i % 7, value: effect * (week[i % 7] ?? 0) + drawNormal(stream), weight: 1 }));
    const { effects, taken } = seasonOf(days(2), 7);
    effects.forEach((effect, i) => expect(Math.abs(effect - 2 * (week[i] ?? 0))).toBeLessThan(1));
    expect(taken).toBeGreaterThan(5);
    expect(Math.max(...seasonOf(days(0), 7).effects.map(Math.abs))).toBeLessThan(0.4);
    expect(Math.abs(effects.reduce((sum, effect) => sum + effect, 0))).toBeLessThan(1e-12);
  });

  it("half-hours have a season too", () => {
    const stream = randomStream("half-hours");
    const wave = (slot: number): number => 3 * Math.sin((2 * Math.PI * slot) / 48);
    const halfHours = Array.from({ length: 48 * 14 }, (_, i) => ({ slot: i % 48, value: wave(i % 48) + drawNormal(stream), weight: 1 }));
    const { effects } = seasonOf(halfHours, 48);
    effects.forEach((effect, slot) => expect(Math.abs(effect - wave(slot))).toBeLessThan(1.3));
  });

  it("the correlation of neighbours is found across weekends only where a week has them", () => {
    const stream = randomStream("neighbours");
    let z = 0;
    const residuals = Array.from({ length: 4_000 }, (_, i) => {
      z = 0.5 * z + Math.sqrt(0.75) * drawNormal(stream);
      return { at: i + 2 * Math.floor(i / 5), z };
    });
    const { measured, step, sums } = autocorrelationOf(residuals);
    expect(step).toBe(1);
    expect(sums.pairs).toBe(3_200);
    expect(Math.abs(measured - 0.5)).toBeLessThan(0.06);
  });

  it("the middle of an even number of values is between the two in the middle", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([5, 1, 3])).toBe(3);
    expect(median([])).toBe(0);
  });

  it("heavy tails show as few degrees of freedom, normal ones as many", () => {
    const stream = randomStream("tails");
    const of = (draw: () => number) => tailShape(Array.from({ length: 2_000 }, draw).reduce(addToTails, NO_TAILS));
    expect(of(() => drawNormal(stream)).degrees).toBeGreaterThan(50);
    expect(of(() => drawNormal(stream) / Math.sqrt(drawGamma(stream, 2.5) / 2.5) / Math.sqrt(5 / 3)).degrees).toBeLessThan(9);
    const { skew } = of(() => (drawGamma(stream, 4) - 4) / 2);
    expect(skew).toBeGreaterThan(0.4);
    expect(skew).toBeLessThanOrEqual(1);
  });
});

describe("scores brought to a normal distribution", () => {
  it.each([
    { t: 2.2281388519649385, degrees: 10 },
    { t: -4, degrees: 40 },
    { t: 5, degrees: 200 },
  ])("t = $t with $degrees degrees of freedom keeps its probability", ({ t, degrees }) => {
    const side = -Math.abs(t);
    expect(Math.log(normalCdf(normalScore(side, degrees)) / studentTCdf(side, degrees))).toBeCloseTo(0, 1);
    expect(Math.sign(normalScore(t, degrees))).toBe(Math.sign(t));
  });

  // A gamma variable with shape 16 has the first by scipy; the second would be -4.42 without caution.
  it("the longer tail is drawn in and the shorter one out", () => {
    expect(normalisedScore(3, 0.5)).toBeCloseTo(2.5474, 2);
    expect(normalisedScore(-3, 0.5)).toBeCloseTo(-3.982, 2);
    expect(normalisedScore(1.7, 0)).toBe(1.7);
    expect(skewOf(400, { kind: "share", level: 0.8, variance: { unit: 0.16, between: 0 } })).toBeCloseTo(-0.075, 12);
    expect(skewOf(400, { kind: "mean", level: 0.8, variance: { unit: 0.16, between: 0 } })).toBe(0);
  });
});

describe("bands and means that may be looked at every day", () => {
  it("the confidence sequence is as wide as the formula says", () => {
    expect(sequenceHalfWidth(30, 30)).toBeCloseTo(0.55415, 5);
  });

  it("the confidence sequence misses the level, ever, in at most one of twenty series", () => {
    const stream = randomStream("sequence");
    let missed = 0;
    for (let series = 0; series < 400; series++) {
      let sum = 0;
      for (let n = 1; n <= 500; n++) {
        sum += drawNormal(stream);
        if (Math.abs(sum / n) <= sequenceHalfWidth(n, 30)) continue;
        missed++;
        break;
      }
    }
    expect(missed).toBeLessThan(20);
  });

  it("the slow mean crosses its limit no more often than asked, whatever the baseline's own error", () => {
    const stream = randomStream("slow");
    const limit = slowLimit(1_000);
    const doubt = { information: 56, degrees: 55, lag: { pairs: 0, products: 0, squares: 0 }, tails: NO_TAILS, skew: null };
    let crossed = 0;
    for (let series = 0; series < 300; series++) {
      const error = drawNormal(stream) / Math.sqrt(56);
      let slow = NO_SLOW_MEAN;
      for (let day = 0; day < 300; day++) {
        slow = slowStep(slow, { fresh: drawNormal(stream) + error, sd: 1, carry: 0 });
        if (Math.abs(slowScore(slow, doubt, { fromDays: 14, skew: 0 })) < limit) continue;
        crossed++;
        break;
      }
    }
    // 90 are allowed: 300 series of 300 days, one in 1,000 days.
    expect(crossed).toBeLessThan(90);
    expect(crossed).toBeGreaterThan(5);
  });
});
