import { describe, expect, it } from "vitest";
import { compileHours, type HoursRules } from "../../../../shared/calendar/open-hours.ts";
import { createZone } from "../../../../shared/calendar/zone.ts";

const zone = createZone("Europe/Berlin");
const SHIFTS: HoursRules = {
  hours: [
    { days: ["mon", "tue"], from: "08:00", to: "12:00" },
    { days: ["mon", "tue"], from: "14:00", to: "18:00" },
  ],
  holidays: ["2026-06-02", "2026-06-09"],
  overrides: [
    { date: "2026-06-08", hours: "closed" },
    { date: "2026-06-09", hours: [{ from: "10:00", to: "11:00" }] },
    { date: "2026-06-13", hours: "always" },
  ],
};

function clocks(day: string): string[] {
  const wall = (ms: number): string =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("Europe/Berlin").toPlainTime().toString({ smallestUnit: "minute" });
  return compileHours(zone, SHIFTS)
    .rangesOf(day)
    .map(({ fromMs, toMs }) => `${wall(fromMs)}-${wall(toMs)}`);
}

describe("compiled hours", () => {
  it.each([
    ["a day of two shifts is two ranges", "2026-06-01", ["08:00-12:00", "14:00-18:00"]],
    ["a holiday is closed", "2026-06-02", []],
    ["a weekday without a block is closed", "2026-06-03", []],
    ["an override closes a weekday", "2026-06-08", []],
    ["an override opens a holiday, in its own hours", "2026-06-09", ["10:00-11:00"]],
    ["an override opens a Saturday all day", "2026-06-13", ["00:00-00:00"]],
  ] as const)("%s", (_, day, ranges) => {
    expect(clocks(day)).toEqual(ranges);
  });

  it("say which rule made a day what it is", () => {
    const hours = compileHours(zone, SHIFTS);
    expect(["2026-06-01", "2026-06-02", "2026-06-09"].map((day) => hours.ruleOf(day))).toEqual(["weekday", "holiday", "override"]);
  });

  it("work a day out once: the same ranges come back", () => {
    const hours = compileHours(zone, SHIFTS);
    expect(hours.rangesOf("2026-06-01")).toBe(hours.rangesOf("2026-06-01"));
  });
});
