import { describe, expect, it } from "vitest";
import { dueAfter, dueAt } from "../../../../shared/settlement/due-at.ts";

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

describe("a term", () => {
  it("of days ends with its last day on the clock of the agreement, the day of the event not counted", () => {
    const end = Date.parse("2026-06-01T00:00:00-04:00");
    expect(iso(dueAfter("P15D", end, "America/New_York"))).toBe("2026-06-16T04:00:00.000Z");
    expect(iso(dueAt("P1D", Date.parse("2026-06-01T15:00:00Z"), "UTC"))).toBe("2026-06-03T00:00:00.000Z");
    expect(iso(dueAt("P0D", Date.parse("2026-06-01T15:00:00Z"), "UTC"))).toBe("2026-06-02T00:00:00.000Z");
  });

  it("of days is not longer or shorter where the clock is changed: it is a day of the calendar", () => {
    const end = Date.parse("2026-10-25T00:00:00+02:00");
    expect(iso(dueAfter("P1D", end, "Europe/Berlin"))).toBe("2026-10-25T23:00:00.000Z");
  });

  it("of hours is exact, over a change of the clock too", () => {
    const end = Date.parse("2026-10-25T00:00:00+02:00");
    expect(dueAfter("PT24H", end, "Europe/Berlin") - end).toBe(24 * 3_600_000);
  });

  it("of months is refused", () => {
    expect(() => dueAt("P1M", 0, "UTC")).toThrow(RangeError);
  });
});
