import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineWriter } from "../../../../shared/feeds/csv-out.ts";
import { decimalText } from "../../../../shared/feeds/csv-out-facts.ts";
import { createTimeWriter } from "../../../../shared/feeds/csv-out-time.ts";
import { readInstant } from "../../../../shared/feeds/cell-instant.ts";
import { escapeCell, unescapeCell } from "../../../../shared/feeds/escaped-cell.ts";

const RUN_BY_SPREADSHEETS = [
  "=1+1",
  "+cmd",
  "-2+3",
  "@SUM(1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "\0=1",
  "\uff1d1+1",
  "\uff0bx",
  "\uff0dx",
  "\uff20x",
];
const IN_FRONT = ["", " ", "'", '"', "\ufeff", "\u00a0", " '\"", "\0"];

describe("cells that leave", () => {
  it.each(RUN_BY_SPREADSHEETS)("%j is text whatever stands in front of it", (formula) => {
    for (const front of IN_FRONT) expect(escapeCell(front + formula)).toBe(`'${front}${formula}`);
  });

  it.each(["-5", "+49", "-12.5", "94.01%", "0", "12:30", "-0,5 %"])("%j stays a number", (number) =>
    expect(escapeCell(number)).toBe(number),
  );

  it("come back as they were, however they begin", () => {
    const unit = fc.constantFrom("'", '"', "=", "-", "1", " ", "\ufeff", "\t", "\uff1d", "a", "\0", "%", ".");
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit, maxLength: 8 })), (text) => {
        expect(unescapeCell(escapeCell(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it("stand in quotation marks where they hold what parts cells", () => {
    expect(createLineWriter(",")(["a,b", 'say "x"', "two\nlines", "=1,2"])).toBe('"a,b","say ""x""","two\nlines","\'=1,2"\r\n');
  });
});

describe("instants that leave", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"],
    ["Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"],
    ["Asia/Kolkata", "2026-01-01T00:00:00.5Z", "2026-01-01T05:30:00.500+05:30"],
    ["America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T01:30:00-04:00"],
    ["America/New_York", "2026-11-01T06:30:00Z", "2026-11-01T01:30:00-05:00"],
    ["Africa/Monrovia", "1971-06-01T00:00:00Z", "1971-06-01T00:00:00Z"],
    ["UTC", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"],
  ])("in %s carry the zone's offset: %s is %s", (zone, instant, written) =>
    expect(createTimeWriter(zone).instant(Date.parse(instant))).toBe(written),
  );

  it("are read back to the millisecond in every zone", () => {
    const zones = ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham", "Africa/Monrovia", "Asia/Kathmandu"];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 7_258_118_399_999 }), (zone, ms) => {
        expect(readInstant(createTimeWriter(zone).instant(ms), "iso-8601")).toBe(ms);
      }),
      { numRuns: 500 },
    );
  });
});

describe("decimals that leave", () => {
  it.each([
    [{ mantissa: 9401, dp: 4 }, "0.9401"],
    [{ mantissa: -125, dp: 1 }, "-12.5"],
    [{ mantissa: 5, dp: 3 }, "0.005"],
    [{ mantissa: 100, dp: 0 }, "100"],
    [{ mantissa: 0, dp: 2 }, "0.00"],
  ])("%j keeps every digit: %s", (value, written) => expect(decimalText(value)).toBe(written));
});
