import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainNumber, readDecimal, readWhole } from "../../../../shared/feeds/cell-number.ts";

/** What people and programs write into number cells, and the rule that refuses it. */
const BAD_COUNTS = [
  ["-5", "negative"],
  ["−5", "negative"],
  ["-0", "negative"],
  ["(12)", "negative"],
  ["(1,234.56)", "negative"],
  ["+10", "plus-sign"],
  ["1e400", "exponent"],
  ["1e3", "exponent"],
  ["1.5E-4", "exponent"],
  ["0x10", "other-base"],
  ["0b1", "other-base"],
  ["1_000", "digit-grouping"],
  ["1 000", "digit-grouping"],
  ["1\u00a0000", "digit-grouping"],
  ["1'000", "digit-grouping"],
  ["1.234.567", "digit-grouping"],
  ["3,5", "comma-in-number"],
  ["1,234", "comma-in-number"],
  ["1.234,56", "comma-in-number"],
  ["１２", "foreign-digits"],
  ["١٢", "foreign-digits"],
  ["NaN", "not-finite"],
  ["nan", "not-finite"],
  ["Infinity", "not-finite"],
  ["inf", "not-finite"],
  ["-Infinity", "not-finite"],
  ["10%", "unit-in-number"],
  ["$5", "unit-in-number"],
  ["5 s", "unit-in-number"],
  ["12 calls", "unit-in-number"],
  ["#DIV/0!", "spreadsheet-error"],
  ["#N/A", "spreadsheet-error"],
  ["12.5", "not-whole"],
  ["9007199254740993", "too-large"],
  ["99999999999999999999", "too-large"],
  ["twelve", "not-a-number"],
  ["1/2", "not-a-number"],
  ["=1+1", "not-a-number"],
  ["true", "not-a-number"],
  ["[]", "not-a-number"],
  ["null", "not-a-number"],
  [".", "not-a-number"],
] as const;

describe("whole numbers", () => {
  it.each(BAD_COUNTS)("%j is refused by the rule %s, with a remedy", (text, rule) => {
    expect(readWhole(text)).toBeNaN();
    const fault = explainNumber(text, "whole");
    expect(fault.rule).toBe(rule);
    expect(fault.remedy).not.toBe("");
  });

  it.each([["1".repeat(65_000)], ["1.".repeat(32_000)], ["1 ".repeat(32_000)], [",".repeat(65_000)]])(
    "a very long text is refused at once",
    (text) => {
      expect(readWhole(text)).toBeNaN();
      expect(explainNumber(text, "decimal").rule).toBe("not-a-number");
    },
  );

  it("survive being written and read, leading zeros and all", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.integer({ min: 0, max: 3 }), (number, zeros) => {
        expect(readWhole("0".repeat(zeros) + String(number))).toBe(number);
      }),
    );
  });

  it("no text is read that is not plain digits", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 20 }), fc.double().map(String)), (text) => {
        expect(Number.isNaN(readWhole(text))).toBe(!/^[0-9]{1,15}$/u.test(text));
      }),
    );
  });
});

describe("decimals in cells", () => {
  it.each(["-1", "-0.0", "1e3", "1,5", "", ".5", "5."])("%j is refused", (text) => expect(readDecimal(text)).toBeNull());

  it("more digits than can be kept are refused as too precise, not cut off", () => {
    expect(readDecimal("0.12345678901")).toBeNull();
    expect(explainNumber("0.12345678901", "decimal").rule).toBe("too-precise");
  });
});
