import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilson } from "../../../../shared/stats/wilson.ts";

describe("the Wilson interval", () => {
  // Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i is the published one", (successes, n, low, high) => {
    const interval = wilson(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("contains its proportion, stays within 0 and 1, and mirrors", () => {
    const counts = fc.integer({ min: 1, max: 1_000_000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(counts, ([successes, n]) => {
        const { low, high } = wilson(successes, n);
        const mirrored = wilson(n - successes, n);
        expect(low >= 0 && high <= 1 && low <= successes / n + 1e-12 && high >= successes / n - 1e-12).toBe(true);
        expect(mirrored.low).toBeCloseTo(1 - high, 10);
      }),
    );
  });

  it.each([
    [1, 0],
    [-1, 5],
    [6, 5],
    [Number.NaN, 5],
  ])("%d of %d is no proportion", (successes, n) => {
    expect(() => wilson(successes, n)).toThrow(RangeError);
  });
});
