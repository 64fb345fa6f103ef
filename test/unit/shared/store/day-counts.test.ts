import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DaySums } from "../../../../shared/agreement/day-sums.ts";
import { packDayCounts, unpackDayCounts } from "../../../../shared/store/day-counts.ts";

const count = fc.nat(1_000_000);
const sumsOf = (width: number): fc.Arbitrary<DaySums> =>
  fc.record({
    intervals: count,
    incomplete: count,
    outside: count,
    excluded: count,
    judged: count,
    passed: count,
    totals: fc.array(fc.oneof(count, fc.maxSafeNat()), { minLength: width, maxLength: width }),
    lastStartMs: fc.option(fc.nat(4_000_000_000_000)),
    claim: fc.option(fc.record({ mantissa: fc.integer({ min: -1_000_000, max: 1_000_000 }), dp: fc.nat(6) })),
  });

describe("a day's counts as stored", () => {
  it("come back as they were, whichever of the three there are", () => {
    const counts = fc.nat(8).chain((width) => {
      const sums = sumsOf(width);
      return fc.record({ recomputed: sums, adjusted: fc.option(sums), ifAllAccepted: fc.option(sums) });
    });
    fc.assert(
      fc.property(counts, (some) => {
        expect(unpackDayCounts(packDayCounts(some))).toEqual(some);
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  it("of other bytes are refused", () => {
    expect(() => unpackDayCounts(Uint8Array.of(0x00, 0x92, 0x00, 0x00))).toThrow(RangeError);
  });
});
