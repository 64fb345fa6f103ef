import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayCorrelation } from "../../../../shared/outlook/correlation.ts";
import type { DayFigure } from "../../../../shared/outlook/day-figure.ts";
import { levelOf } from "../../../../shared/outlook/level.ts";
import { limitOf } from "../../../../shared/outlook/limit.ts";
import { meanOdds, missOfMean } from "../../../../shared/outlook/mean-odds.ts";
import { bestRate } from "../../../../shared/outlook/reach.ts";
import { weekdayEffects } from "../../../../shared/outlook/weekday-effects.ts";
import {
  type DayVolume,
  type RestDay,
  restOn,
  type RestVolume,
  volumeBasis,
  volumePoints,
  volumeRange,
} from "../../../../shared/outlook/volume.ts";

const RUNS = { numRuns: 1000 };

function daysOf(pairs: readonly (readonly [good: number, n: number])[]): DayFigure[] {
  return pairs.map(([good, n], at) => ({ at, good, n }));
}

function correlationOf(days: readonly DayFigure[]): number {
  return dayCorrelation(days, weekdayEffects(days.map(({ at, good, n }) => ({ at, value: good / n, weight: n }))));
}

describe("how alike the contacts of a day are", () => {
  it("two days of 1,000 at 76 % and 84 % give 0.0190 by moments, 0.0062 drawn as far as one degree of freedom tells", () => {
    expect(
      correlationOf(
        daysOf([
          [760, 1000],
          [840, 1000],
        ]),
      ),
    ).toBeCloseTo((0.019 + 3 * 0.002) / 4, 3);
  });

  it("days as unlike as chance would have them bring it down to next to nothing", () => {
    const days = daysOf(Array.from({ length: 56 }, (_, i) => [800 + (i % 2 === 0 ? 5 : -5), 1000] as const));
    expect(correlationOf(days)).toBeLessThan(0.0002);
  });

  it("there is none where a day is a single unit", () =>
    expect(
      correlationOf(
        daysOf([
          [1, 1],
          [0, 1],
          [1, 1],
        ]),
      ),
    ).toBe(0));

  it("lies within 0..0.99 whatever the days", () => {
    const day = fc.integer({ min: 1, max: 500 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(fc.array(day, { maxLength: 30 }), (pairs) => {
        const rho = correlationOf(daysOf(pairs));
        expect(rho).toBeGreaterThanOrEqual(0);
        expect(rho).toBeLessThanOrEqual(0.99);
      }),
      RUNS,
    );
  });
});

describe("the shape of the week", () => {
  const weeks = (low: number, noise: number): DayFigure[] =>
    Array.from({ length: 56 }, (_, at) => ({
      at,
      n: 1000,
      good: (at % 7 === 3 ? low : 800) + (Math.floor(at / 7) % 2 === 0 ? 1 : -1) * (at % 2) * noise,
    }));
  const effectsOf = (days: readonly DayFigure[]) => weekdayEffects(days.map(({ at, n, good }) => ({ at, value: good / n, weight: n })));

  it("a Sunday that is ten points lower every week is known to be, and is not taken for unlike days", () => {
    const days = weeks(700, 4);
    expect(effectsOf(days).of(6)).toBeCloseTo(-0.6 / 7, 2);
    expect(effectsOf(days).of(0)).toBeCloseTo(0.1 / 7, 2);
    expect(correlationOf(days)).toBeLessThan(0.0005);
  });

  it("there is none in days that differ without any", () => {
    const days = weeks(800, 0).map((day) => ({ ...day, good: day.good + ((day.at * 37) % 56) - 28 }));
    expect(Math.abs(effectsOf(days).of(6))).toBeLessThan(0.005);
  });

  it("is not looked for in two weeks", () => expect(effectsOf(weeks(700, 4).slice(0, 14)).taken).toBe(0));
});

describe("where the level stands", () => {
  const start = { mean: 0.5, variance: 1 / 8 };
  const steady = Array.from({ length: 50 }, (_, at) => ({ at, value: at % 2 === 0 ? 0.81 : 0.79, variance: 1e-4 }));

  it("of steady days is their mean, and is known better than any of them", () => {
    const { mean, variance } = levelOf({ observations: steady, unitVariance: 0.16, start, shares: [1] });
    expect(mean).toBeCloseTo(0.8, 2);
    expect(variance).toBeLessThan(1e-4);
  });

  it("of days that fell is nearer the last ones", () => {
    const fallen = steady.map((day) => ({ ...day, value: day.value - (day.at >= 40 ? 0.1 : 0) }));
    const { mean } = levelOf({ observations: fallen, unitVariance: 0.16, start, shares: [1] });
    expect(Math.abs(mean - 0.7)).toBeLessThan(0.02);
  });
});

describe("the best figure ever held over a volume", () => {
  const days = fc.array(
    fc.integer({ min: 1, max: 50 }).chain((n) => fc.record({ n: fc.constant(n), good: fc.integer({ min: 0, max: n }) })),
    { maxLength: 20 },
  );

  it("is the best of the shortest runs from each day on that reach it, looked up one by one", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 200 }), (some, volume) => {
        const all = some.map((day, at) => ({ ...day, at }));
        const rates = all.flatMap((_, first) => {
          let [good, n] = [0, 0];
          for (const day of all.slice(first)) {
            good += day.good;
            n += day.n;
            if (n >= volume) return [good / n];
          }
          return [];
        });
        const found = bestRate(all, volume, "higher");
        if (rates.length === 0) expect(found).toBeNull();
        else expect(found).toBeCloseTo(Math.max(...rates), 12);
      }),
      RUNS,
    );
  });
});

function restVolume(known: readonly DayVolume[], rest: readonly RestDay[]): RestVolume | null {
  const basis = volumeBasis(known);
  return basis === null ? null : restOn(basis, rest);
}

describe("the volume of the rest", () => {
  const known: DayVolume[] = Array.from({ length: 56 }, (_, i) => ({
    at: i + 4,
    weekday: i % 7,
    n: i % 7 === 6 ? 100 : 1000,
    locked: null,
  }));
  const rest = (weekday: number, left = 1, locked: number | null = null) => ({ weekday, left, locked });

  it("is the mean of the same weekdays, a day that is partly over by what is left of it", () => {
    const found = restVolume(known, [rest(5, 0.25), rest(6), rest(0)]);
    expect([found?.source, found?.expected]).toEqual(["profile", 250 + 100 + 1000]);
  });

  it("is the locked forecast where every day of the rest has one", () => {
    const found = restVolume(known, [rest(5, 0.5, 800), rest(6, 1, 90)]);
    expect([found?.source, found?.expected]).toEqual(["locked", 490]);
    expect(restVolume(known, [rest(5, 0.5, 800), rest(6)])?.source).toBe("profile");
  });

  it("is not known from four days", () => expect(restVolume(known.slice(0, 4), [rest(0)])).toBeNull());

  it("is spread wider by weeks that differ, and its points lie evenly around it", () => {
    const uneven = known.map((day, i) => ({ ...day, n: Math.floor(i / 7) % 2 === 0 ? day.n * 1.5 : day.n * 0.5 }));
    const [calm, wild] = [restVolume(known, [rest(0), rest(1)]), restVolume(uneven, [rest(0), rest(1)])];
    expect(calm?.expected).toBe(wild?.expected);
    expect(wild?.deviation ?? 0).toBeGreaterThan(4 * (calm?.deviation ?? Infinity));
    const points = wild === null ? [] : volumePoints(wild);
    expect(points.reduce((sum, point) => sum + point, 0) / 9).toBeCloseTo(2000, 0);
    const { low, high } = wild === null ? { low: 0, high: 0 } : volumeRange(wild);
    expect(low + high).toBe(4000);
  });
});

describe("P(miss) of a mean", () => {
  const days = (means: readonly number[]): DayFigure[] => means.map((value, at) => ({ at, n: 100, good: value * 100 }));
  const rest: RestVolume = {
    source: "profile",
    expected: 1000,
    deviation: 0,
    shares: Array.from({ length: 10 }, () => 0.1),
    weekdays: [0, 1, 2, 3, 4, 5, 6, 0, 1, 2],
  };
  const fourHundred = limitOf("at-most", { mantissa: 400, dp: 0 }, null);
  const history = [398, 402, 395, 405, 400, 401, 399, 397, 403, 400, 396, 404, 400, 400];

  function miss(sum: number): number {
    const odds = meanOdds(days(history), rest);
    return odds === null ? NaN : missOfMean(odds, rest, { limit: fourHundred, soFar: { sum, n: 1000 } });
  }

  it("is a coin's toss where the days so far and the usual day are just at the level", () => {
    expect(miss(400_000)).toBeGreaterThan(0.4);
    expect(miss(400_000)).toBeLessThan(0.6);
  });

  it("is small below it and large above it", () => {
    expect(miss(394_000)).toBeLessThan(0.02);
    expect(miss(406_000)).toBeGreaterThan(0.98);
  });

  it("rises with every second of handle time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 380_000, max: 420_000 }), fc.integer({ min: 1, max: 5000 }), (sum, more) => {
        expect(miss(sum)).toBeLessThanOrEqual(miss(sum + more) + 1e-12);
      }),
      RUNS,
    );
  });
});
