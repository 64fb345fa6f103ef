import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimAgrees } from "../../../../shared/agreement/claim.ts";

describe("claimAgrees", () => {
  it.each([
    ["0.94 and 204/217", { mantissa: 94, dp: 2 }, { num: 204, den: 217 }, true],
    ["94.01 % and 204/217", { mantissa: 9401, dp: 4 }, { num: 204, den: 217 }, true],
    ["94.02 % and 204/217", { mantissa: 9402, dp: 4 }, { num: 204, den: 217 }, false],
    ["0.95 and 103/109", { mantissa: 95, dp: 2 }, { num: 103, den: 109 }, false],
    ["0.94 and 103/109", { mantissa: 94, dp: 2 }, { num: 103, den: 109 }, true],
    ["exactly half of the last digit below", { mantissa: 95, dp: 2 }, { num: 945, den: 1000 }, true],
    ["exactly half of the last digit above", { mantissa: 94, dp: 2 }, { num: 945, den: 1000 }, true],
    ["a hair beyond half", { mantissa: 95, dp: 2 }, { num: 94_499_999, den: 100_000_000 }, false],
    ["1 and all", { mantissa: 1, dp: 0 }, { num: 7, den: 7 }, true],
    ["0 and none", { mantissa: 0, dp: 2 }, { num: 0, den: 9 }, true],
  ])("compares %s exactly", (_, claim, value, agrees) => {
    expect(claimAgrees(claim, value, "ratio")).toBe(agrees);
  });

  it("compares printed seconds with milliseconds per contact", () => {
    const perContact = { num: 5_000_000, den: 27 };
    expect(claimAgrees({ mantissa: 185, dp: 0 }, perContact, "duration")).toBe(true);
    expect(claimAgrees({ mantissa: 184, dp: 0 }, perContact, "duration")).toBe(false);
    expect(claimAgrees({ mantissa: 18_519, dp: 2 }, perContact, "duration")).toBe(true);
    expect(claimAgrees({ mantissa: 18_520, dp: 2 }, perContact, "duration")).toBe(false);
    expect(claimAgrees({ mantissa: 185_500, dp: 3 }, { num: 185_500, den: 1 }, "duration")).toBe(true);
  });

  it("agrees with every correctly rounded figure and with none that is a whole digit away", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), fc.nat(5), (num, den, dp) => {
        const scaled = (BigInt(num) * 2n * 10n ** BigInt(dp) + BigInt(den)) / (2n * BigInt(den));
        const mantissa = Number(scaled);
        expect(claimAgrees({ mantissa, dp }, { num, den }, "ratio")).toBe(true);
        expect(claimAgrees({ mantissa: mantissa + 2, dp }, { num, den }, "ratio")).toBe(false);
        expect(claimAgrees({ mantissa: mantissa + 1, dp }, { num, den }, "ratio")).toBe(false);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});
