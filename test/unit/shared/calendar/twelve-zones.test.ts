import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../../../shared/calendar/day.ts";
import { compileHours } from "../../../../shared/calendar/open-hours.ts";
import { createZone } from "../../../../shared/calendar/zone.ts";

const HOUR = 3_600_000;

/** Days on which the clock was changed, by the IANA time zone database: zone, day, hours. */
const CHANGES = [
  ["Europe/Berlin", "2026-03-29", 23],
  ["Europe/Berlin", "2026-10-25", 25],
  ["America/New_York", "2026-03-08", 23],
  ["America/New_York", "2026-11-01", 25],
  ["Australia/Lord_Howe", "2025-10-05", 23.5],
  ["Australia/Lord_Howe", "2026-04-05", 24.5],
  ["Pacific/Chatham", "2025-09-28", 23],
  ["Pacific/Chatham", "2026-04-05", 25],
  ["Pacific/Apia", "2011-12-30", 0],
  ["Pacific/Apia", "2011-12-31", 24],
  ["Africa/Cairo", "2025-04-25", 23],
  ["Africa/Cairo", "2025-10-30", 25],
  ["America/Santiago", "2025-09-07", 23],
  ["America/Santiago", "2026-04-04", 25],
  ["Atlantic/Azores", "2026-03-29", 23],
  ["Atlantic/Azores", "2026-10-25", 25],
  ["America/Havana", "2026-03-08", 23],
  ["America/Havana", "2026-11-01", 25],
  ["America/Sao_Paulo", "2018-11-04", 23],
  ["America/Sao_Paulo", "2018-02-17", 25],
  ["Asia/Beirut", "2025-03-30", 23],
  ["Asia/Beirut", "2025-10-25", 25],
  ["Asia/Kathmandu", "2026-03-29", 24],
] as const;

const ZONES = [...new Set(CHANGES.map(([zone]) => zone))];

describe("days in twelve zones", () => {
  it("are twelve", () => expect(ZONES).toHaveLength(12));

  it.each(CHANGES)("%s %s has %d hours, and a service that is always open is open for all of them", (timeZone, day, hours) => {
    const zone = createZone(timeZone);
    const { fromMs, toMs } = zone.dayRange(day);
    expect((toMs - fromMs) / HOUR).toBe(hours);
    const open = compileHours(zone, { hours: "always", holidays: [], overrides: [] }).rangesOf(day);
    expect(open.reduce((sum, range) => sum + range.toMs - range.fromMs, 0)).toBe(toMs - fromMs);
  });

  it.each(ZONES)("%s: days touch without gap or overlap, and any two halves of a day are the day", (timeZone) => {
    const zone = createZone(timeZone);
    const all = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
    const length = (ranges: readonly { fromMs: number; toMs: number }[]): number =>
      ranges.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    fc.assert(
      fc.property(fc.nat(365 * 20), fc.integer({ min: 1, max: 95 }), (offset, quarter) => {
        const day = addDays("2008-01-01", offset);
        const { fromMs, toMs } = zone.dayRange(day);
        expect(zone.dayRange(addDays(day, 1)).fromMs).toBe(toMs);
        const clock = `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;
        const halves = [
          { days: all, from: "00:00", to: clock },
          { days: all, from: clock, to: "24:00" },
        ].map((block) => length(zone.openRanges([block], [], day)));
        // A clock set back over midnight shows some readings of this day on the next one; those belong to both.
        expect((halves[0] ?? 0) + (halves[1] ?? 0)).toBeGreaterThanOrEqual(toMs - fromMs);
        if (toMs - fromMs === 24 * HOUR) expect((halves[0] ?? 0) + (halves[1] ?? 0)).toBe(24 * HOUR);
      }),
      { numRuns: 1000, seed: 11 },
    );
  });
});
