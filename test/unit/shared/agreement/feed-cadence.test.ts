import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../shared/agreement/agreement.ts";
import { type Cadence, cadenceOf } from "../../../../shared/agreement/feed-cadence.ts";
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
  change: Partial<Agreement> & { expected?: { every: string; grace: string } | undefined } = {},
): Cadence {
  const { expected = QUARTER, ...rest } = change;
  const agreement = { ...buildAgreement(), timeZone: "Europe/Berlin", ...rest };
  const zone = createZone("Europe/Berlin");
  const at = (text: string): number => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
  const feed = "expected" in change && change.expected === undefined ? buildFeed() : { ...buildFeed(), expected };
  return cadenceOf({
    feed,
    hours: compileHours(zone, { ...agreement, hours: agreement.serviceHours }),
    zone,
    lastDataMs: last === null ? null : at(last),
    nowMs: at(now),
  });
}

describe("cadenceOf", () => {
  it.each<[string, string | null, string, Partial<Agreement>, Cadence["state"]]>([
    ["a feed that never delivered has not fallen silent", null, "2026-03-02T12:00", {}, "never"],
    ["data just came", "2026-03-02T12:00", "2026-03-02T12:00", {}, "fresh"],
    ["data is due and within the grace", "2026-03-02T12:00", "2026-03-02T12:20", {}, "fresh"],
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
    ["a weekend lies between", "2026-03-06T17:59", "2026-03-09T08:19", { serviceHours: WEEKDAYS }, "fresh"],
    ["the service never closes and midnight passed", "2026-03-02T23:50", "2026-03-03T00:11", {}, "silent"],
    ["a night shift goes over midnight", "2026-03-02T23:50", "2026-03-03T00:11", { serviceHours: NIGHT }, "silent"],
    ["a service that never closes opens after a holiday", "2026-03-02T23:59", "2026-03-04T00:19", { holidays: ["2026-03-03"] }, "fresh"],
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
});
