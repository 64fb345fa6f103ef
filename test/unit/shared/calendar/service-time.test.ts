import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileHours, type HoursRules } from "../../../../shared/calendar/open-hours.ts";
import { afterOpenTime } from "../../../../shared/calendar/service-time.ts";
import { createZone } from "../../../../shared/calendar/zone.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const zone = createZone("Europe/Berlin");
const WEEK: HoursRules = {
  hours: [
    { days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "12:00" },
    { days: ["mon", "tue", "wed", "thu", "fri"], from: "14:00", to: "18:00" },
    { days: ["sun"], from: "00:00", to: "06:00" },
  ],
  holidays: ["2026-04-06"],
  overrides: [{ date: "2026-04-04", hours: [{ from: "10:00", to: "11:00" }] }],
};
const service = { zone, hours: compileHours(zone, WEEK) };

function at(wall: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime("Europe/Berlin").epochMilliseconds;
}

/** Walks minute by minute through every open range. */
function walked(fromMs: number, minutes: number): number {
  const isOpen = (ms: number): boolean => service.hours.rangesOf(zone.localDay(ms)).some((range) => ms >= range.fromMs && ms < range.toMs);
  let [ms, left] = [fromMs, minutes];
  while (left > 0) {
    if (isOpen(ms)) left -= 1;
    ms += MINUTE_MS;
  }
  return ms;
}

describe("a length of service time", () => {
  it.each([
    ["within a shift it is the clock's", "2026-03-30T09:00", 2, "2026-03-30T11:00"],
    ["may end as a shift ends", "2026-03-30T09:00", 3, "2026-03-30T12:00"],
    ["stands still over the break", "2026-03-30T11:00", 2, "2026-03-30T15:00"],
    ["stands still over night", "2026-03-30T17:00", 2, "2026-03-31T09:00"],
    ["begins when it opens", "2026-03-30T03:00", 1, "2026-03-30T09:00"],
    ["of none is the next opening", "2026-03-30T12:30", 0, "2026-03-30T14:00"],
    ["leaves a holiday out and takes an override in", "2026-04-03T17:00", 9, "2026-04-07T09:00"],
    ["has no hour that the clock jumped over", "2026-03-29T00:00", 5, "2026-03-29T06:00"],
    ["has an hour twice that was shown twice", "2026-10-25T00:00", 7, "2026-10-25T06:00"],
  ])("%s", (_, from, hours, to) => {
    expect(afterOpenTime(service, at(from), hours * HOUR_MS)).toBe(at(to));
  });

  it("is what a walk through every open minute says", () => {
    const instant = fc.integer({ min: 0, max: 60 * 24 * 20 }).map((minutes) => at("2026-03-20T00:00") + minutes * MINUTE_MS);
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 2000 }), (fromMs, minutes) => {
        expect(afterOpenTime(service, fromMs, minutes * MINUTE_MS)).toBe(walked(fromMs, minutes));
      }),
      { numRuns: 60 },
    );
  });

  it("of a service that never opens passes after 62 days as on any clock", () => {
    const closed = { zone, hours: compileHours(zone, { hours: [], holidays: [], overrides: [] }) };
    expect(afterOpenTime(closed, at("2026-01-01T12:00"), HOUR_MS)).toBe(at("2026-03-05T01:00"));
  });
});
