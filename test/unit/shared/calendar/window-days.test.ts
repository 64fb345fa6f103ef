import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween, WEEKDAYS, weekdayOf } from "../../../../shared/calendar/day.ts";
import { lastDayFrom, windowDaysOf, windowsCovering } from "../../../../shared/calendar/window-days.ts";

describe("the window of a day", () => {
  it.each([
    ["day", "2026-02-28", "mon", "2026-02-28", "2026-02-28"],
    ["week", "2026-03-01", "mon", "2026-02-23", "2026-03-01"],
    ["week", "2026-03-01", "sun", "2026-03-01", "2026-03-07"],
    ["week", "2026-03-01", "sat", "2026-02-28", "2026-03-06"],
    ["month", "2024-02-10", "mon", "2024-02-01", "2024-02-29"],
    ["quarter", "2026-05-31", "mon", "2026-04-01", "2026-06-30"],
    ["quarter", "2026-12-31", "mon", "2026-10-01", "2026-12-31"],
    ["rolling-28d", "2026-03-01", "mon", "2026-02-02", "2026-03-01"],
    ["rolling-3m", "2026-01-15", "mon", "2025-11-01", "2026-01-31"],
  ] as const)("%s of %s, weeks from %s: %s to %s", (kind, day, weekStart, first, last) => {
    expect(windowDaysOf(kind, day, weekStart)).toEqual({ first, last });
    expect(lastDayFrom(kind, first, weekStart)).toBe(last);
  });

  it("a day lies in as many rolling windows as they are days or months long, oldest first", () => {
    expect(windowsCovering("rolling-3d", "2026-03-02", "mon")).toEqual([
      { first: "2026-02-28", last: "2026-03-02" },
      { first: "2026-03-01", last: "2026-03-03" },
      { first: "2026-03-02", last: "2026-03-04" },
    ]);
    expect(windowsCovering("rolling-2m", "2026-03-31", "mon")).toEqual([
      { first: "2026-02-01", last: "2026-03-31" },
      { first: "2026-03-01", last: "2026-04-30" },
    ]);
    expect(windowsCovering("month", "2026-03-31", "mon")).toEqual([{ first: "2026-03-01", last: "2026-03-31" }]);
  });
});

describe("the arithmetic of days", () => {
  it("is that of Temporal", () => {
    const day = fc.integer({ min: -80_000, max: 80_000 }).map((days) => Temporal.PlainDate.from("2000-02-28").add({ days }));
    fc.assert(
      fc.property(day, fc.integer({ min: -1000, max: 1000 }), (date, days) => {
        expect(addDays(date.toString(), days)).toBe(date.add({ days }).toString());
        expect(weekdayOf(date.toString())).toBe(WEEKDAYS[date.dayOfWeek - 1]);
        const month = windowDaysOf("month", date.toString(), "mon");
        expect(month).toEqual({ first: date.with({ day: 1 }).toString(), last: date.with({ day: date.daysInMonth }).toString() });
      }),
      { numRuns: 1000, seed: 41 },
    );
  });

  it("refuses what is no day of the calendar, and counts from first to last", () => {
    for (const day of ["2023-02-29", "2026-04-31", "2026-13-01", "today"]) expect(() => addDays(day, 1)).toThrow(RangeError);
    expect(daysBetween("2024-02-28", "2024-03-01")).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
    expect(daysBetween("2024-03-02", "2024-03-01")).toEqual([]);
  });
});
