import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DaySums, EMPTY_DAY, foldDays } from "../../../../shared/agreement/day-sums.ts";
import { sumDay } from "../../../../shared/agreement/sum-day.ts";
import type { Interval } from "../../../../shared/facts/interval.ts";
import type { Layout } from "../../../../shared/feeds/canonical.ts";
import { packDayCounts, unpackDayCounts } from "../../../../shared/store/day-counts.ts";

const LAYOUT: Layout = { counters: ["answered", "offered", "abandoned"], claims: ["abandonment"] };
const DAY = { fromMs: 0, toMs: 86_400_000 };
const HOUR = 3_600_000;

function interval(hour: number, counters: readonly (number | null)[], printed: number | null = null): Interval {
  return { revision: 1, startMs: hour * HOUR, counters, claims: [printed === null ? null : { mantissa: printed, dp: 2 }] };
}

function sum(intervals: readonly Interval[], open = [DAY]): DaySums {
  return sumDay({
    counters: ["abandoned", "offered"],
    layout: LAYOUT,
    claim: "abandonment",
    day: DAY,
    queues: [{ open, intervals }],
    piece: null,
    isExcluded: null,
  });
}

describe("sumDay", () => {
  it("adds the counters of the formula, wherever they stand in the file", () => {
    expect(sum([interval(9, [8, 10, 2]), interval(10, [5, 5, 0])])).toEqual({
      ...EMPTY_DAY,
      intervals: 2,
      totals: [2, 15],
      lastStartMs: 10 * HOUR,
      claim: null,
    });
  });

  it("an interval that lacks a needed count is in no sum; one that lacks another is", () => {
    expect(sum([interval(9, [8, 10, null]), interval(10, [null, 5, 1])])).toMatchObject({ intervals: 1, incomplete: 1, totals: [1, 5] });
  });

  it("intervals outside the measured hours are told, not counted", () => {
    const open = [{ fromMs: 9 * HOUR, toMs: 10 * HOUR }];
    expect(sum([interval(8, [1, 1, 0]), interval(9, [1, 1, 0]), interval(10, [1, 1, 0])], open)).toMatchObject({
      intervals: 1,
      outside: 2,
      totals: [0, 1],
    });
  });

  it("the start of the day belongs to it and its end does not", () => {
    expect(sum([interval(-1, [1, 1, 0]), interval(0, [1, 2, 0]), interval(24, [1, 4, 0])]).totals).toEqual([0, 2]);
  });

  it("a printed figure is kept for a day of one row and never made up for one of several", () => {
    expect(sum([interval(0, [8, 10, 2], 20)]).claim).toEqual({ mantissa: 20, dp: 2 });
    expect(sum([interval(0, [8, 10, null], 20)]).claim).toEqual({ mantissa: 20, dp: 2 });
    expect(sum([interval(0, [8, 10, 2], 20), interval(1, [8, 10, 2], 20)]).claim).toBeNull();
    expect(sum([interval(0, [8, 10, 2], null), interval(1, [8, 10, 2], 20)]).claim).toBeNull();
  });

  it("does not depend on the order of the intervals", () => {
    const some = fc.array(fc.tuple(fc.nat(23), fc.array(fc.oneof(fc.nat(9), fc.constant(null)), { minLength: 3, maxLength: 3 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(some, (rows) => {
        const intervals = rows.map(([hour, counters]) => interval(hour, counters));
        expect(sum(intervals.toReversed())).toEqual(sum(intervals));
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

const COUNTERS = ["abandoned", "offered"] as const;

const anyDay: fc.Arbitrary<DaySums> = fc.record({
  intervals: fc.nat(96),
  incomplete: fc.nat(96),
  outside: fc.nat(96),
  excluded: fc.nat(96),
  judged: fc.nat(96),
  passed: fc.nat(96),
  totals: fc.tuple(fc.nat(1_000_000), fc.nat(2 ** 46)),
  lastStartMs: fc.oneof(fc.constant(null), fc.integer({ min: -DAY.toMs, max: 4_000_000_000_000 })),
  claim: fc.oneof(fc.constant(null), fc.record({ mantissa: fc.nat(100_000), dp: fc.nat(6) })),
});

describe("folding days", () => {
  it("is the same in any order and in any parts", () => {
    fc.assert(
      fc.property(fc.array(anyDay, { maxLength: 12 }), fc.nat(12), (days, cut) => {
        const whole = foldDays(days, COUNTERS);
        expect(foldDays(days.toReversed(), COUNTERS)).toEqual(whole);
        const parts = foldDays([foldDays(days.slice(0, cut), COUNTERS), foldDays(days.slice(cut), COUNTERS)], COUNTERS);
        expect({ ...parts, claim: null }).toEqual({ ...whole, claim: null });
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it("keeps a printed figure only where a single day has data", () => {
    const day: DaySums = { ...EMPTY_DAY, intervals: 1, totals: [1, 2], lastStartMs: 0, claim: { mantissa: 5, dp: 1 } };
    const empty: DaySums = { ...day, intervals: 0, totals: [0, 0], claim: null };
    expect(foldDays([empty, day, empty], COUNTERS).claim).toEqual({ mantissa: 5, dp: 1 });
    expect(foldDays([day, day], COUNTERS).claim).toBeNull();
    expect(foldDays([], COUNTERS)).toEqual({ ...EMPTY_DAY, totals: [0, 0] });
  });

  it("survives being stored, in one count or in three", () => {
    const other = fc.oneof(fc.constant(null), anyDay);
    fc.assert(
      fc.property(anyDay, other, other, (recomputed, adjusted, ifAllAccepted) => {
        const counts = { recomputed, adjusted, ifAllAccepted };
        expect(unpackDayCounts(packDayCounts(counts))).toEqual(counts);
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});
