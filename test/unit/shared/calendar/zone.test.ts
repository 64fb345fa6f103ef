import { describe, expect, it } from "vitest";
import { windowDaysOf } from "../../../../shared/calendar/window-days.ts";
import { createZone, isKnownZone } from "../../../../shared/calendar/zone.ts";

const HOUR = 3_600_000;
const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

/** Days on which the clock is changed: the zone, the day, its length in hours, its first instant. */
const CHANGES = [
  ["Europe/Berlin", "2026-03-29", 23, "2026-03-28T23:00:00Z"],
  ["Europe/Berlin", "2026-10-25", 25, "2026-10-24T22:00:00Z"],
  ["America/New_York", "2026-03-08", 23, "2026-03-08T05:00:00Z"],
  ["America/New_York", "2026-11-01", 25, "2026-11-01T04:00:00Z"],
  ["Australia/Lord_Howe", "2026-04-05", 24.5, "2026-04-04T13:00:00Z"],
  ["Australia/Lord_Howe", "2026-10-04", 23.5, "2026-10-03T13:30:00Z"],
  ["Asia/Jerusalem", "2026-03-27", 23, "2026-03-26T22:00:00Z"],
  ["Asia/Jerusalem", "1999-01-11", 24, "1999-01-10T22:00:00Z"],
  ["Asia/Kathmandu", "2026-06-01", 24, "2026-05-31T18:15:00Z"],
  ["Pacific/Apia", "2011-12-30", 0, "2011-12-30T10:00:00Z"],
] as const;

describe("the day as a zone lives it", () => {
  it.each(CHANGES)("%s %s has %s hours", (timeZone, day, hours, first) => {
    const { fromMs, toMs } = createZone(timeZone).dayRange(day);
    expect({ hours: (toMs - fromMs) / HOUR, from: fromMs }).toEqual({ hours, from: at(first) });
  });

  it("a month over a clock change is an hour short", () => {
    const { first, last } = windowDaysOf("month", "2026-03-17", "mon");
    const berlin = createZone("Europe/Berlin");
    const hours = (berlin.dayRange(last).toMs - berlin.dayRange(first).fromMs) / HOUR;
    expect({ first, last, hours }).toEqual({ first: "2026-03-01", last: "2026-03-31", hours: 31 * 24 - 1 });
  });

  it("the window of a day is itself", () => {
    expect(windowDaysOf("day", "2026-11-01", "mon")).toEqual({ first: "2026-11-01", last: "2026-11-01" });
  });
});

describe("readings of a wall clock", () => {
  const berlin = createZone("Europe/Berlin");

  it("an ordinary reading is one instant", () => {
    expect(berlin.localToInstant("2026-06-01", 9 * HOUR)).toBe(at("2026-06-01T07:00:00Z"));
  });

  it.each([
    ["Europe/Berlin", "2026-03-29", 2.5, "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"],
    ["Australia/Lord_Howe", "2026-10-04", 2.25, "2026-10-03T15:15:00Z", "2026-10-03T15:45:00Z"],
    ["Asia/Jerusalem", "2026-03-27", 2.5, "2026-03-26T23:30:00Z", "2026-03-27T00:30:00Z"],
  ])("in %s the clock of %s jumps over %s h, and both readings are told", (timeZone, day, hours, early, late) => {
    const zone = createZone(timeZone);
    expect(zone.localToInstant(day, hours * HOUR)).toBe("impossible");
    expect(zone.possibleInstants(day, hours * HOUR)).toEqual([at(early), at(late)]);
  });

  it.each([
    ["Europe/Berlin", "2026-10-25", 2.5, "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"],
    ["America/New_York", "2026-11-01", 1.5, "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"],
    ["Australia/Lord_Howe", "2026-04-05", 1.75, "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"],
  ])("in %s the clock of %s shows %s h twice", (timeZone, day, hours, first, second) => {
    const zone = createZone(timeZone);
    expect(zone.localToInstant(day, hours * HOUR)).toBe("ambiguous");
    expect(zone.possibleInstants(day, hours * HOUR)).toEqual([at(first), at(second)]);
  });

  it("the clock stands at 3:00 right after the jump and at 2:00 right after being set back", () => {
    expect(berlin.clockAt(at("2026-03-29T01:00:00Z"))).toBe(3 * HOUR);
    expect(berlin.clockAt(at("2026-10-25T01:00:00Z"))).toBe(2 * HOUR);
  });

  it("an instant belongs to the local day, not to the day of UTC", () => {
    expect(berlin.localDay(at("2026-10-24T22:00:00Z"))).toBe("2026-10-25");
    expect(berlin.localDay(at("2026-10-24T21:59:59.999Z"))).toBe("2026-10-24");
    expect(createZone("America/New_York").localDay(at("2026-01-01T04:59:00Z"))).toBe("2025-12-31");
  });
});

describe("zones", () => {
  it.each(["Europe/Berlin", "UTC", "Asia/Kathmandu"])("%s is known", (name) => expect(isKnownZone(name)).toBe(true));
  it.each(["", "Europe/Bremen", "Mars/Olympus", "__proto__"])("%j is not known and cannot be made", (name) => {
    expect(isKnownZone(name)).toBe(false);
    expect(() => createZone(name)).toThrow(RangeError);
  });
});
