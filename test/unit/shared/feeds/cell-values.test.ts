import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainClaim, readClaim } from "../../../../shared/feeds/cell-claim.ts";
import { explainClock, readClock } from "../../../../shared/feeds/cell-clock.ts";
import { explainDate, readDate } from "../../../../shared/feeds/cell-date.ts";
import { explainDuration, readDuration } from "../../../../shared/feeds/cell-duration.ts";
import { explainInstant, readInstant } from "../../../../shared/feeds/cell-instant.ts";

describe("lengths of time become whole milliseconds", () => {
  it.each([
    ["17", "s", 17_000],
    ["17.5", "s", 17_500],
    ["0.001", "s", 1],
    ["0.0010", "s", 1],
    ["250", "ms", 250],
    ["1.5", "min", 90_000],
    ["0.333", "min", 19_980],
    ["0:02:14", "h:mm:ss", 134_000],
    ["100:00:01", "h:mm:ss", 360_001_000],
  ] as const)("%s in %s", (text, unit, ms) => expect(readDuration(text, unit)).toBe(ms));

  it.each([
    ["-3", "s", "negative"],
    ["-0:00:03", "h:mm:ss", "negative"],
    ["0.0005", "s", "too-precise"],
    ["1.5", "ms", "too-precise"],
    ["0:02:14", "s", "not-a-duration"],
    ["134", "h:mm:ss", "not-a-duration"],
    ["0:60:00", "h:mm:ss", "not-a-duration"],
    ["2:14", "h:mm:ss", "not-a-duration"],
    ["1,5", "s", "comma-in-number"],
    ["1e3", "s", "exponent"],
    ["5s", "s", "unit-in-number"],
  ] as const)("%s in %s is refused by the rule %s", (text, unit, rule) => {
    expect(readDuration(text, unit)).toBeNaN();
    expect(explainDuration(text, unit).rule).toBe(rule);
  });

  it("seconds with three decimals are read as they were written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (ms) => {
        expect(readDuration(`${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, "0")}`, "s")).toBe(ms);
      }),
    );
  });
});

describe("printed figures keep every digit", () => {
  it.each([
    ["94.01%", "percent", 9401, 4],
    ["94.01 %", "percent", 9401, 4],
    ["94.01", "percent", 9401, 4],
    ["100.00%", "percent", 10_000, 4],
    ["0%", "percent", 0, 2],
    ["0.94", "fraction", 94, 2],
    ["35", "points", 35, 0],
    ["-12.5", "points", -125, 1],
    ["100", "points", 100, 0],
    ["0.940", "fraction", 940, 3],
    ["1", "fraction", 1, 0],
    ["0:00:17", "h:mm:ss", 17, 0],
    ["17", "s", 17, 0],
    ["17.25", "s", 1725, 2],
    ["1700", "ms", 1700, 3],
    ["4.2", "score", 42, 1],
  ] as const)("%s as %s", (text, unit, mantissa, dp) => expect(readClaim(text, unit)).toEqual({ mantissa, dp }));

  it.each([
    ["94.01", "fraction", "ratio-above-one"],
    ["100.1", "points", "points-off-scale"],
    ["-101", "points", "points-off-scale"],
    ["35 %", "points", "points-off-scale"],
    ["94.01%", "fraction", "unit-in-number"],
    ["120%", "percent", "ratio-above-one"],
    ["-3%", "percent", "negative"],
    ["94,01%", "percent", "comma-in-number"],
    ["n/a", "percent", "not-a-number"],
    ["%", "percent", "not-a-number"],
    ["2:14", "h:mm:ss", "not-a-duration"],
    ["#DIV/0!", "percent", "spreadsheet-error"],
  ] as const)("%s as %s is refused by the rule %s", (text, unit, rule) => {
    expect(readClaim(text, unit)).toBeNull();
    expect(explainClaim(text, unit).rule).toBe(rule);
  });
});

describe("dates", () => {
  it.each([
    ["2024-02-29", "yyyy-mm-dd", "2024-02-29"],
    ["20240229", "yyyymmdd", "2024-02-29"],
    ["990101", "yymmdd", "1999-01-01"],
    ["700101", "yymmdd", "1970-01-01"],
    ["690101", "yymmdd", "2069-01-01"],
    ["01/02/2026", "dd/mm/yyyy", "2026-02-01"],
    ["1/2/2026", "mm/dd/yyyy", "2026-01-02"],
  ] as const)("%s as %s is %s", (text, format, day) => expect(readDate(text, format, undefined)).toBe(day));

  it("a day number counts from its first day, which is 1", () => {
    expect(["1", "60", "600"].map((text) => readDate(text, "day-number", "2020-01-01"))).toEqual([
      "2020-01-01",
      "2020-02-29",
      "2021-08-22",
    ]);
  });

  it.each([
    ["2023-02-29", "yyyy-mm-dd", "no-such-day"],
    ["2026-13-01", "yyyy-mm-dd", "no-such-day"],
    ["31/04/2026", "dd/mm/yyyy", "no-such-day"],
    ["1969-12-31", "yyyy-mm-dd", "no-such-day"],
    ["12/31/2026", "dd/mm/yyyy", "no-such-day"],
    ["2026-1-1", "yyyy-mm-dd", "not-a-date"],
    ["2026-01-01T00:00", "yyyy-mm-dd", "not-a-date"],
    ["0", "day-number", "not-a-date"],
    ["1.5", "day-number", "not-a-date"],
  ] as const)("%s as %s is refused by the rule %s", (text, format, rule) => {
    expect(readDate(text, format, "2020-01-01")).toBeNull();
    expect(explainDate(text, format).rule).toBe(rule);
  });
});

describe("times of day", () => {
  it.each([
    ["9:05", "h:mm", 32_700_000],
    ["23:59:59", "h:mm:ss", 86_399_000],
    ["0", "hhmm", 0],
    ["15", "hhmm", 900_000],
    ["930", "hhmm", 34_200_000],
    ["2345", "hhmm", 85_500_000],
  ] as const)("%s as %s", (text, format, ms) => expect(readClock(text, format)).toBe(ms));

  it.each([
    ["24:00", "h:mm"],
    ["9:60", "h:mm"],
    ["2:30 pm", "h:mm"],
    ["9:05", "h:mm:ss"],
    ["2460", "hhmm"],
    ["1275", "hhmm"],
    ["", "hhmm"],
    ["12345", "hhmm"],
  ] as const)("%j as %s is refused", (text, format) => {
    expect(readClock(text, format)).toBeNaN();
    expect(explainClock(text, format).rule).toBe("not-a-clock-time");
  });
});

describe("instants", () => {
  it.each([
    ["2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z"],
    ["2026-03-01T09:00:00+01:00", "2026-03-01T08:00:00Z"],
    ["2026-03-01 09:00-0530", "2026-03-01T14:30:00Z"],
    ["2026-03-01T09:00:00.1239Z", "2026-03-01T09:00:00.123Z"],
  ])("%s", (text, same) => expect(readInstant(text, "iso-8601")).toBe(Temporal.Instant.from(same).epochMilliseconds));

  it("seconds where milliseconds are named are no day of January 1970", () => {
    expect(readInstant("1780000000", "epoch-ms")).toBeNaN();
    expect(explainInstant("1780000000", "epoch-ms").message).toContain("it may be seconds");
  });

  it("epochs are seconds or milliseconds, as the definition says", () => {
    expect([readInstant("1700000000", "epoch-s"), readInstant("1700000000000", "epoch-ms")]).toEqual([
      1_700_000_000_000, 1_700_000_000_000,
    ]);
  });

  it("agree with Temporal", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_000_000_000_000 }), (ms) => {
        expect(readInstant(Temporal.Instant.fromEpochMilliseconds(ms).toString(), "iso-8601")).toBe(ms);
      }),
    );
  });

  it.each(["2026-03-01T09:00:00", "2026-02-30T09:00:00Z", "2026-03-01T24:00:00Z", "yesterday", "1700000000"])("%s is refused", (text) => {
    expect(readInstant(text, "iso-8601")).toBeNaN();
    expect(explainInstant(text, "iso-8601").rule).toBe("not-an-instant");
  });

  it("milliseconds where seconds are declared lie beyond the year 2199", () => expect(readInstant("1700000000000", "epoch-s")).toBeNaN());
});
