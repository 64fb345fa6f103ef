import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalToNumber, parseDecimal, shiftDecimal } from "../../../../shared/stats/decimal.ts";
import { compareRatio } from "../../../../shared/stats/ratio.ts";
import { compareDecimal, roundRatio } from "../../../../shared/stats/round.ts";

const decimal = fc.record({ mantissa: fc.integer({ min: 0, max: 999_999_999 }), dp: fc.integer({ min: 0, max: 9 }) });
const ratio = fc.record({ num: fc.integer({ min: 0, max: 10 ** 12 }), den: fc.integer({ min: 1, max: 10 ** 12 }) });

describe("decimals", () => {
  it.each([
    ["80", 80, 0],
    ["0.805", 805, 3],
    ["-3.2", -32, 1],
    ["007", 7, 0],
    ["0.00", 0, 2],
  ])("%s is read exactly", (text, mantissa, dp) => {
    expect(parseDecimal(text)).toEqual({ mantissa, dp });
  });

  it.each(["", " 1", "1e3", "1,5", ".5", "5.", "0x10", "1_000", "NaN", "Infinity", "１", "9007199254740993", "+1"])(
    "%j is not a decimal",
    (text) => {
      expect(parseDecimal(text)).toBeNull();
    },
  );

  it("survive being written and read", () => {
    fc.assert(
      fc.property(decimal, ({ mantissa, dp }) => {
        const digits = String(mantissa).padStart(dp + 1, "0");
        const text = dp === 0 ? digits : `${digits.slice(0, -dp)}.${digits.slice(-dp)}`;
        expect(parseDecimal(text)).toEqual({ mantissa, dp });
      }),
    );
  });

  it("keep their value when the point moves there and back", () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: -5, max: 5 }), (value, places) => {
        expect(compareDecimal(shiftDecimal(shiftDecimal(value, places), -places), value)).toBe(0);
      }),
    );
  });

  it("become the nearest float", () => expect(decimalToNumber({ mantissa: 9401, dp: 4 })).toBe(0.9401));
});

describe("ratios", () => {
  it("60 of 75 is exactly 0.80", () => expect(compareRatio({ num: 60, den: 75 }, { mantissa: 80, dp: 2 })).toBe(0));

  it("a ratio rounded down is never above it, and less than one digit below", () => {
    fc.assert(
      fc.property(ratio, fc.integer({ min: 0, max: 3 }), (value, dp) => {
        const down = roundRatio(value, dp, "down");
        expect(compareRatio(value, down)).not.toBe(-1);
        expect(compareRatio(value, { mantissa: down.mantissa + 1, dp })).toBe(-1);
      }),
    );
  });

  it.each([
    [2, 3, "0.667", "0.666"],
    [1, 2, "0.500", "0.500"],
    [799_995, 1_000_000, "0.800", "0.799"],
    [-2, 3, "-0.667", "-0.666"],
    [-1, 2000, "-0.001", "0.000"],
    [-1, 3, "-0.333", "-0.333"],
  ])("%i / %i to three places", (num, den, up, down) => {
    const shown = (mode: "down" | "half-up"): string => decimalToNumber(roundRatio({ num, den }, 3, mode)).toFixed(3);
    expect([shown("half-up"), shown("down")]).toEqual([up, down]);
  });
});
