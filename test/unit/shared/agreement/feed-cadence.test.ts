import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../shared/agreement/agreement.ts";
import { type Cadence, cadenceOf } from "../../../../shared/agreement/feed-cadence.ts";
import { feedCalendar } from "../../../../shared/agreement/feed-calendar.ts";
import type { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { compileHours } from "../../../../shared/calendar/open-hours.ts";
import { createZone } from "../../../../shared/calendar/zone.ts";
import { buildAgreement, buildFeed } from "../../../support/sample-agreement.ts";

const QUARTER = { every: "PT15M", grace: "PT5M" };
const WEEKDAYS: Agreement["serviceHours"] = [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "18:00" }];
const NIGHT: Agreement["serviceHours"] = [
  { days: ["mon"], from: "18:00", to: "24:00" },
  { days: ["tue"], from: "00:00", to: "06:00" },
];

/** Berlin in March 2026 is an hour ahead of UTC until the 29th; the 2nd is a Monday. */
function cadence(
  last: string | null,
  now: string,
  change: Partial<Agreement> & { expected?: FeedDefinition["expected"]; away?: readonly [string, string][] } = {},
): Cadence {
  const { expected = QUARTER, away = [], ...rest } = change;
  const agreement = { ...buildAgreement(), timeZone: "Europe/Berlin", ...rest };
  const zone = createZone("Europe/Berlin");
  const at = (text: string): number => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
  const feed = "expected" in change && change.expected === undefined ? buildFeed() : { ...buildFeed(), expected };
  const calendar = feedCalendar({ agreement, zone, hours: compileHours(zone, { ...agreement, hours: agreement.serviceHours }) }, feed);
  const ranges = away.map(([from, to]) => ({ fromMs: at(from), toMs: at(to) }));
  return cadenceOf({ feed, calendar, lastDataMs: last === null ? null : at(last), nowMs: at(now), away: ranges });
}

describe("cadenceOf", () => {
  it.each<[string, string | null, string, Partial<Agreement>, Cadence["state"]]>([
    ["a feed that never delivered has not fallen silent", null, "2026-03-02T12:00", {}, "never"],
    ["data just came", "2026-03-02T12:00", "2026-03-02T12:00", {}, "fresh"],
    ["data is due, and no later than a job may be", "2026-03-02T12:00", "2026-03-02T12:16:15", {}, "fresh"],
    ["data is overdue and within the grace", "2026-03-02T12:00", "2026-03-02T12:20", {}, "late"],
    ["the grace is over", "2026-03-02T12:00", "2026-03-02T12:20:01", {}, "silent"],
    ["the service is closed", "2026-03-02T17:50", "2026-03-02T18:00", { serviceHours: WEEKDAYS }, "closed"],
    ["it is a holiday", "2026-03-02T12:00", "2026-03-03T12:00", { holidays: ["2026-03-03"] }, "closed"],
    [
      "the service has just opened and data of yesterday is the last",
      "2026-03-02T17:50",
      "2026-03-03T08:10",
      { serviceHours: WEEKDAYS },
      "fresh",
    ],
    ["nothing came since the service opened", "2026-03-02T17:50", "2026-03-03T08:21", { serviceHours: WEEKDAYS }, "silent"],
    ["a weekend lies between", "2026-03-06T17:59", "2026-03-09T08:16", { serviceHours: WEEKDAYS }, "fresh"],
    ["the service never closes and midnight passed", "2026-03-02T23:50", "2026-03-03T00:11", {}, "silent"],
    ["a night shift goes over midnight", "2026-03-02T23:50", "2026-03-03T00:11", { serviceHours: NIGHT }, "silent"],
    ["a service that never closes opens after a holiday", "2026-03-02T23:59", "2026-03-04T00:16", { holidays: ["2026-03-03"] }, "fresh"],
  ])("%s", (_, last, now, agreement, state) => {
    expect(cadence(last, now, agreement).state).toBe(state);
  });

  it("stays silent over closing time: closing the doors brings no data", () => {
    const silent = cadence("2026-03-02T17:00", "2026-03-02T21:00", { serviceHours: WEEKDAYS });
    expect(silent).toMatchObject({ state: "closed", silentSinceMs: Date.parse("2026-03-02T16:20:00Z") });
    expect(cadence("2026-03-02T17:50", "2026-03-02T21:00", { serviceHours: WEEKDAYS }).silentSinceMs).toBeNull();
    expect(cadence("2026-03-06T12:00", "2026-03-08T12:00", { serviceHours: WEEKDAYS }).silentSinceMs).toBe(
      Date.parse("2026-03-06T11:20:00Z"),
    );
    expect(cadence("2026-03-06T19:00", "2026-03-08T12:00", { serviceHours: WEEKDAYS }).silentSinceMs).toBeNull();
  });

  it("counts from the opening, and says when data is due and since when it is overdue", () => {
    const opening = Date.parse("2026-03-03T07:00:00Z");
    expect(cadence("2026-03-02T17:50", "2026-03-03T08:30", { serviceHours: WEEKDAYS })).toEqual({
      state: "silent",
      everyMs: 900_000,
      dueAtMs: opening + 900_000,
      silentSinceMs: opening + 1_200_000,
      graceEndsMs: opening + 1_200_000,
      delivers: false,
    });
  });

  it("a fresh feed delivers only if data came since the opening", () => {
    expect(cadence("2026-03-02T17:50", "2026-03-03T08:05", { serviceHours: WEEKDAYS })).toMatchObject({ state: "fresh", delivers: false });
    expect(cadence("2026-03-03T08:01", "2026-03-03T08:05", { serviceHours: WEEKDAYS })).toMatchObject({ state: "fresh", delivers: true });
    expect(cadence("2026-03-03T00:01", "2026-03-03T00:05", {})).toMatchObject({ state: "fresh", delivers: true });
  });

  it("a feed without a cadence is never silent", () => {
    expect(cadence("2026-01-02T12:00", "2026-03-02T12:00", { expected: undefined })).toMatchObject({
      state: "fresh",
      dueAtMs: null,
      silentSinceMs: null,
    });
    expect(cadence(null, "2026-03-02T12:00", { expected: undefined }).state).toBe("never");
  });

  it("a day of 23 hours is no reason for silence, nor is one of 25", () => {
    const daily = { expected: { every: "P1D", grace: "PT2H" } };
    expect(cadence("2026-03-28T06:00", "2026-03-29T06:00", daily).state).toBe("fresh");
    expect(cadence("2026-10-24T06:00", "2026-10-25T06:00", daily).state).toBe("fresh");
  });

  it("a feed silent for a year is found silent at once", () => {
    expect(cadence("2025-03-02T12:00", "2026-03-02T12:00", {}).state).toBe("silent");
  });

  it("a day without hours is no day for a daily file, and business hours do not excuse one that never comes", () => {
    const daily = { serviceHours: WEEKDAYS, expected: { every: "P1D", grace: "PT2H" } };
    expect(cadence("2026-03-06T09:00", "2026-03-09T09:00", daily).state).toBe("fresh");
    expect(cadence("2026-03-06T09:00", "2026-03-09T10:00", daily).state).toBe("late");
    expect(cadence("2026-03-06T09:00", "2026-03-09T11:01", daily).state).toBe("silent");
    expect(cadence("2026-03-06T09:00", "2026-03-09T23:00", daily).state).toBe("silent");
  });

  it("a feed that never delivered is missed from the day that was agreed", () => {
    const expected = { ...QUARTER, since: "2026-03-02" };
    expect(cadence(null, "2026-03-01T12:00", { expected }).state).toBe("never");
    expect(cadence(null, "2026-03-02T00:10", { expected }).state).toBe("fresh");
    expect(cadence(null, "2026-03-02T00:19", { expected })).toMatchObject({ state: "late", delivers: false });
    expect(cadence(null, "2026-03-02T12:00", { expected }).state).toBe("silent");
    const roster: FeedDefinition["expected"] = { at: "12:00", days: ["mon"], grace: "PT4H", since: "2026-03-02" };
    expect(cadence(null, "2026-03-02T11:00", { expected: roster }).state).toBe("fresh");
    expect(cadence(null, "2026-03-02T12:01", { expected: roster }).state).toBe("late");
    expect(cadence(null, "2026-03-03T12:01", { expected: roster }).state).toBe("silent");
  });

  describe("data due on Mondays at 12:00", () => {
    const expected: FeedDefinition["expected"] = { at: "12:00", days: ["mon"], grace: "PT4H" };
    it.each<[string, string, string, Cadence["state"]]>([
      ["it came in the morning", "2026-03-09T11:40", "2026-03-15T12:00", "fresh"],
      ["it came on the Friday before", "2026-03-06T11:40", "2026-03-09T12:30", "fresh"],
      ["nothing came since the last one", "2026-03-02T11:40", "2026-03-09T12:01", "late"],
      ["the grace is over", "2026-03-02T11:40", "2026-03-09T16:01", "silent"],
      ["it came a day late, and the next one is not due yet", "2026-03-03T09:00", "2026-03-09T11:59", "fresh"],
      ["it came a day late, which is not early for the next", "2026-03-03T09:00", "2026-03-09T12:01", "late"],
      ["two were missed: the second is no new patience", "2026-03-02T11:40", "2026-03-16T12:01", "silent"],
    ])("%s", (_, last, now, state) => {
      expect(cadence(last, now, { expected }).state).toBe(state);
    });

    it("says when it is due next, and since when it is missed", () => {
      const next = Date.parse("2026-03-09T11:00:00Z");
      expect(cadence("2026-03-02T11:40", "2026-03-05T12:00", { expected })).toMatchObject({
        dueAtMs: next,
        graceEndsMs: next + 4 * 3_600_000,
      });
      expect(cadence("2026-03-02T11:40", "2026-03-17T12:00", { expected })).toMatchObject({
        dueAtMs: next,
        silentSinceMs: next + 4 * 3_600_000,
      });
    });

    it("is not due on a holiday, and at a time that the clock jumps over as late as that can be", () => {
      expect(cadence("2026-03-02T11:40", "2026-03-10T12:00", { expected, holidays: ["2026-03-09"] }).state).toBe("fresh");
      const night: FeedDefinition["expected"] = { at: "02:30", grace: "PT4H" };
      expect(cadence("2026-03-28T02:00", "2026-03-29T03:30", { expected: night }).state).toBe("fresh");
      expect(cadence("2026-03-28T02:00", "2026-03-29T03:31", { expected: night }).state).toBe("late");
    });
  });

  describe("while Accord itself was away", () => {
    const away: readonly [string, string][] = [["2026-03-02T12:10", "2026-03-02T13:10"]];
    it("nobody is called late, and the clock begins anew afterwards", () => {
      expect(cadence("2026-03-02T12:00", "2026-03-02T13:00", { away }).state).toBe("fresh");
      expect(cadence("2026-03-02T12:00", "2026-03-02T13:20", { away })).toMatchObject({ state: "fresh", delivers: false });
      expect(cadence("2026-03-02T12:00", "2026-03-02T13:27", { away }).state).toBe("late");
      expect(cadence("2026-03-02T12:00", "2026-03-02T13:31", { away }).state).toBe("silent");
    });

    it("a feed that was silent before stays silent", () => {
      expect(cadence("2026-03-02T11:00", "2026-03-02T13:00", { away }).state).toBe("silent");
      expect(cadence("2026-03-02T11:00", "2026-03-02T13:15", { away }).state).toBe("silent");
    });

    it("what was due by the clock is due as much later as it lasted", () => {
      const expected: FeedDefinition["expected"] = { at: "12:30", grace: "PT1H" };
      expect(cadence("2026-03-01T12:00", "2026-03-02T13:30", { away, expected }).state).toBe("fresh");
      expect(cadence("2026-03-01T12:00", "2026-03-02T13:31", { away, expected }).state).toBe("late");
      expect(cadence("2026-03-01T12:00", "2026-03-02T14:31", { away, expected }).state).toBe("silent");
    });
  });

  it("keeps the hours of the feed's program and its weekdays", () => {
    const program = { id: "sales", name: "Sales", queues: ["A"], serviceHours: WEEKDAYS };
    const expected: FeedDefinition["expected"] = { ...QUARTER, hours: "sales" };
    expect(cadence("2026-03-02T12:00", "2026-03-02T20:00", { programs: [program], expected }).state).toBe("closed");
    expect(cadence("2026-03-02T12:00", "2026-03-02T20:00", { expected: { ...QUARTER, days: ["tue"] } }).state).toBe("closed");
  });
});
