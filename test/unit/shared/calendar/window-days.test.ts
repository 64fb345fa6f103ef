import { describe, expect, it } from "vitest";
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
