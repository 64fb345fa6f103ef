import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAmount, parseAmount } from "../../../../shared/settlement/amount.ts";
import { shareOut } from "../../../../shared/settlement/share-out.ts";

describe("an amount", () => {
  it.each([
    [0, "USD 0"],
    [200_000, "USD 2,000"],
    [200_050, "USD 2,000.50"],
    [5, "USD 0.05"],
    [100_000_000_000, "USD 1,000,000,000"],
    [-31_200, "USD -312"],
  ])("of %i hundredths reads %s", (minor, text) => {
    expect(formatAmount(minor, "USD")).toBe(text);
  });

  it("is read in hundredths", () => {
    expect(["120000", "99.5", "99.50", "0.05"].map(parseAmount)).toEqual([12_000_000, 9950, 9950, 5]);
  });

  it.each(["", "1,000", "01", "1.234", "-5", "USD 5"])("is refused as %j", (text) => {
    expect(() => parseAmount(text)).toThrow(RangeError);
  });
});

describe("sharing out by largest remainder", () => {
  it("gives 100 by 1, 1, 1 as 34, 33, 33", () => {
    expect(shareOut(100, [1, 1, 1])).toEqual([34, 33, 33]);
  });

  it("adds up exactly, stays within one of the exact share, and gives no part more than its weight", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (some, fraction) => {
        const sum = some.reduce((all, weight) => all + weight, 0);
        const total = Math.floor(sum * fraction);
        const parts = shareOut(total, some);
        expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
        parts.forEach((part, i) => {
          const weight = some[i] ?? 0;
          expect(part >= 0 && part <= weight).toBe(true);
          if (sum > 0) expect(Math.abs(part - (weight * total) / sum)).toBeLessThan(1.001);
        });
      }),
      { numRuns: 1000 },
    );
  });
});
