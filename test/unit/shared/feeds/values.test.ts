import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainClaim, readClaim } from "../../../../shared/feeds/cell-claim.ts";
import { clockLength, explainClock, readClock } from "../../../../shared/feeds/cell-clock.ts";
import { explainDate, readDate } from "../../../../shared/feeds/cell-date.ts";
import { explainDuration, readDuration } from "../../../../shared/feeds/cell-duration.ts";
import {
  BARE_UNITS,
  CLAIM_UNITS,
  DATE_FORMATS,
  DECIMAL_MARKS,
  DURATION_UNITS,
  INSTANT_FORMATS,
  THOUSANDS_MARKS,
  TIME_FORMATS,
} from "../../../../shared/feeds/cell-formats.ts";
import { explainInstant, readInstant } from "../../../../shared/feeds/cell-instant.ts";
import { explainNumber, readCount } from "../../../../shared/feeds/cell-number.ts";
import { momentTexts } from "../../../../shared/feeds/start-moment.ts";

describe("a column of lengths of time in mixed units", () => {
  it.each([
    ["0:05:30", 330_000],
    ["100:00:01", 360_001_000],
    ["0:00:01.5", 1500],
    ["5m30s", 330_000],
    ["5M 30S", 330_000],
    ["5 min 30 sec", 330_000],
    ["1 h 5 min", 3_900_000],
    ["1d2h", 93_600_000],
    ["2 hours", 7_200_000],
    ["12 s", 12_000],
    ["12.5 s", 12_500],
    ["250 ms", 250],
    ["3 min", 180_000],
    ["0.5 min", 30_000],
    ["PT5M30S", 330_000],
    ["PT0.25S", 250],
    ["P1DT1M", 86_460_000],
    ["PT0S", 0],
  ])("%s names its unit", (text, ms) => expect(readDuration(text, "auto")).toBe(ms));

  it.each([
    ["12", "12 seconds or 12 minutes"],
    ["12.5", "12.5 seconds or 12.5 minutes"],
    ["0.00165509", "a part of a day or of a second"],
    ["5.787E-05", "a part of a day or of a second"],
    ["5:30", "minutes and seconds or hours and minutes"],
  ])("%s has two readings, and both are said", (text, readings) => {
    expect(readDuration(text, "auto")).toBeNaN();
    expect(explainDuration(text, { unit: "auto" })).toMatchObject({ rule: "ambiguous-duration" });
    expect(explainDuration(text, { unit: "auto" }).message).toContain(readings);
    expect(explainDuration(text, { unit: "auto" }).remedy).toMatch(/definition$/u);
  });

  it("the definition may say what a number without a unit is, and what two parts are", () => {
    expect(BARE_UNITS.map((bare) => readDuration("2", { unit: "auto", bare }))).toEqual([2000, 2, 120_000, 7_200_000, 172_800_000]);
    expect(readDuration("5:30", { unit: "auto", clock: "m:ss" })).toBe(330_000);
    expect(readDuration("5:30", { unit: "auto", clock: "h:mm" })).toBe(19_800_000);
    expect(readDuration("12 min", { unit: "auto", bare: "s" })).toBe(720_000);
  });

  it.each(["5s30m", "5m5m", "1.5m30s", "5 x", "5m 30", "s", "P", "PT", "P1M", "P1Y", "-5 s", "0.0005 s", "1:2:3", "5 m  30 s", "½ min"])(
    "%s is no length of time",
    (text) => expect(readDuration(text, "auto")).toBeNaN(),
  );

  it("a length survives each way of writing it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_678_400 }), (seconds) => {
        const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
        const two = (part: number): string => String(part).padStart(2, "0");
        const texts = [`${h}:${two(m)}:${two(s)}`, `${h}h${m}m${s}s`, `${h} h ${m} min ${s} s`, `PT${h}H${m}M${s}S`, `${seconds} s`];
        for (const text of texts) expect(readDuration(text, "auto")).toBe(seconds * 1000);
        expect(readDuration(`${Math.floor(seconds / 60)}:${two(s)}`, "m:ss")).toBe(seconds * 1000);
        // Spreadsheets keep the double and print 15 to 17 digits of it.
        for (const text of [String(seconds / 86_400), (seconds / 86_400).toPrecision(15)])
          expect(readDuration(text, "day-fraction")).toBe(seconds * 1000);
      }),
    );
  });

  it.each([
    ["2:14", "m:ss", 134_000],
    ["134:20", "m:ss", 8_060_000],
    ["7:30", "h:mm", 27_000_000],
    ["1.5", "h", 5_400_000],
    ["5.7870370370370373E-5", "day-fraction", 5000],
    ["PT5M30S", "iso-8601", 330_000],
  ] as const)("%s in %s", (text, unit, ms) => expect(readDuration(text, unit)).toBe(ms));
});

describe("printed lengths of time", () => {
  it.each([
    ["0:02:14", { mantissa: 134, dp: 0 }],
    ["2m14s", { mantissa: 134, dp: 0 }],
    ["134.5 s", { mantissa: 1345, dp: 1 }],
    ["134000 ms", { mantissa: 134_000, dp: 3 }],
  ])("%s", (text, claim) => expect(readClaim(text, "auto")).toEqual(claim));

  it("figures printed in minutes are refused, because nothing can be compared with them", () => {
    expect(readClaim("3 min", "auto")).toBeNull();
    expect(explainClaim("3 min", "auto").rule).toBe("too-coarse");
  });
});

describe("days in many notations", () => {
  it.each([
    ["2026/3/1", "yyyy/mm/dd", "2026-03-01"],
    ["1.3.2026", "dd.mm.yyyy", "2026-03-01"],
    ["01-03-2026", "dd-mm-yyyy", "2026-03-01"],
    ["1/3/26", "dd/mm/yy", "2026-03-01"],
    ["3/1/26", "mm/dd/yy", "2026-03-01"],
    ["01.03.26", "dd.mm.yy", "2026-03-01"],
    ["1 Mar 2026", "d mmm yyyy", "2026-03-01"],
    ["01 march 2026", "d mmm yyyy", "2026-03-01"],
    ["1-Mar-2026", "d-mmm-yyyy", "2026-03-01"],
    ["1-MAR-26", "d-mmm-yy", "2026-03-01"],
    ["Sept. 1, 2026", "mmm d, yyyy", "2026-09-01"],
    ["2026-W09-7", "yyyy-Www-d", "2026-03-01"],
    ["2020-W53-5", "yyyy-Www-d", "2021-01-01"],
    ["Apr-15", "mmm-yy", "2015-04-01"],
    ["April 2015", "mmm yyyy", "2015-04-01"],
    ["2015-04", "yyyy-mm", "2015-04-01"],
    ["46082", "excel-serial", "2026-03-01"],
    ["46082.0", "excel-serial", "2026-03-01"],
    ["44620", "excel-serial-1904", "2026-03-01"],
    ["25569", "excel-serial", "1970-01-01"],
  ] as const)("%s as %s is %s", (text, format, day) => expect(readDate(text, format, undefined)).toBe(day));

  it.each([
    ["31.2.2026", "dd.mm.yyyy", "no-such-day"],
    ["1 Foo 2026", "d mmm yyyy", "no-such-day"],
    ["2021-W53-1", "yyyy-Www-d", "no-such-day"],
    ["2026-W00-1", "yyyy-Www-d", "no-such-day"],
    ["Foo-15", "mmm-yy", "no-such-day"],
    ["15-Apr", "mmm-yy", "not-a-date"],
    ["46082.4", "excel-serial", "not-a-date"],
    ["1", "excel-serial", "not-a-date"],
    ["60", "excel-serial", "not-a-date"],
    ["999999", "excel-serial", "not-a-date"],
  ] as const)("%s as %s is refused by the rule %s", (text, format, rule) => {
    expect(readDate(text, format, undefined)).toBeNull();
    expect(explainDate(text, format).rule).toBe(rule);
  });

  it("every day of two centuries is found again by its week and by its serial number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 83_000 }), (number) => {
        const day = Temporal.PlainDate.from("1970-01-05").add({ days: number });
        const week = `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, "0")}-${day.dayOfWeek}`;
        expect(readDate(week, "yyyy-Www-d", undefined)).toBe(day.toString());
        expect(readDate(String(25_573 + number), "excel-serial", undefined)).toBe(day.toString());
        expect(readDate(String(24_111 + number), "excel-serial-1904", undefined)).toBe(day.toString());
      }),
    );
  });
});

describe("times of day with halves, and with ends", () => {
  it.each([
    ["12:00 AM", "h:mm am/pm", 0],
    ["12:30 pm", "h:mm am/pm", 45_000_000],
    ["1:05 p.m.", "h:mm am/pm", 47_100_000],
    ["11:59:59PM", "h:mm:ss am/pm", 86_399_000],
    ["09:00 - 09:30", "h:mm - h:mm", 32_400_000],
    ["23:30–24:00", "h:mm - h:mm", 84_600_000],
    ["11:30 PM - 12:00 AM", "h:mm am/pm - h:mm am/pm", 84_600_000],
    ["0.5", "day-fraction", 43_200_000],
  ] as const)("%s as %s", (text, format, ms) => expect(readClock(text, format)).toBe(ms));

  it.each([
    ["0:30 AM", "h:mm am/pm"],
    ["13:00 PM", "h:mm am/pm"],
    ["9:30", "h:mm am/pm"],
    ["09:00 - 25:00", "h:mm - h:mm"],
    ["09:00", "h:mm - h:mm"],
    ["1", "day-fraction"],
  ] as const)("%j as %s is refused", (text, format) => {
    expect(readClock(text, format)).toBeNaN();
    expect(explainClock(text, format).rule).toBe("not-a-clock-time");
  });

  it("an interval over midnight has its length", () => {
    expect(["09:00 - 09:30", "23:30 - 0:00", "23:30 - 24:00"].map((text) => clockLength(text, "h:mm - h:mm"))).toEqual([
      1_800_000, 1_800_000, 1_800_000,
    ]);
  });
});

describe("a day and a time in one cell", () => {
  it.each([
    ["10/29/2020 2:05 PM", "mm/dd/yyyy", "10/29/2020", "2:05 PM"],
    ["2026-03-01T09:00:00", "yyyy-mm-dd", "2026-03-01", "09:00:00"],
    ["2026-03-01  09:00:00", "yyyy-mm-dd", "2026-03-01", "09:00:00"],
    ["1 Mar 2026, 9:00", "d mmm yyyy", "1 Mar 2026", "9:00"],
    ["46082.384004629628", "excel-serial", "46082", "0.384004629628"],
    ["46082", "excel-serial", "46082", "0"],
    ["2026-03-01", "yyyy-mm-dd", "2026-03-01", ""],
  ] as const)("%s", (text, format, date, time) => expect(momentTexts(text, format)).toEqual({ date, time }));
});

describe("hostile texts", () => {
  const LENGTH = 100_000;
  const texts = [
    "1",
    "1.",
    "1,",
    "1 ",
    " ",
    "\u00a0",
    "%",
    "-",
    ":",
    "1:",
    "5m",
    "P",
    "PT1",
    "T",
    "a",
    "am",
    "e-",
    "0",
    "'",
    "W",
    "/",
    "١",
  ].flatMap((part) => [
    part.repeat(LENGTH / part.length),
    `${part.repeat(LENGTH / part.length)}!`,
    `1${part.repeat(LENGTH / part.length)}`,
  ]);
  const styles = DECIMAL_MARKS.flatMap((decimal) => [...THOUSANDS_MARKS, null].map((thousands) => ({ decimal, thousands })));
  const readers = [
    ...DURATION_UNITS.flatMap((unit) => [(text: string) => readDuration(text, unit), (text: string) => explainDuration(text, unit)]),
    ...CLAIM_UNITS.flatMap((unit) => [(text: string) => readClaim(text, unit), (text: string) => explainClaim(text, unit)]),
    ...DATE_FORMATS.flatMap((format) => [
      (text: string) => readDate(text, format, "2020-01-01"),
      (text: string) => explainDate(text, format),
      (text: string) => momentTexts(text, format),
    ]),
    ...TIME_FORMATS.flatMap((format) => [
      (text: string) => readClock(text, format),
      (text: string) => clockLength(text, format),
      (text: string) => explainClock(text, format),
    ]),
    ...INSTANT_FORMATS.flatMap((format) => [(text: string) => readInstant(text, format), (text: string) => explainInstant(text, format)]),
    ...styles.flatMap((style) => [
      (text: string) => readCount(text, style),
      (text: string) => explainNumber(text, "whole", style),
      (text: string) => explainNumber(text, "decimal", style),
    ]),
  ];

  const took = (read: (text: string) => unknown, text: string): number => {
    const before = performance.now();
    read(text);
    return performance.now() - before;
  };

  it("no reader takes more than 10 ms for 100,000 characters", () => {
    const slow: string[] = [];
    for (const [at, read] of readers.entries()) {
      for (const text of texts) {
        // Once is enough; five times, because the machine may be busy with something else.
        if (!Array.from({ length: 5 }).some(() => took(read, text) <= 10)) slow.push(`${at}: ${text.slice(0, 5)}`);
      }
    }
    expect(slow).toEqual([]);
  });
});
