import { describe, expect, it } from "vitest";
import type { Target } from "../../../../shared/agreement/agreement.ts";
import { explainWindow } from "../../../../shared/agreement/explain-window.ts";
import type { Exclusion } from "../../../../shared/agreement/exclusion.ts";
import { sumTargetDay } from "../../../../shared/agreement/target-day.ts";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { windowAt } from "../../../../shared/agreement/windows.ts";
import type { AgreementContext } from "../../../../shared/agreement/context.ts";
import type { QueueIntervals } from "../../../../shared/facts/interval.ts";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { engineOf, rows, served } from "../../../support/engine-case.ts";
import { buildTarget, contextOf, intervalFeed, intervalsOf, verdictOf } from "../../../support/target-case.ts";

const LATER = "2026-05-01T00:00:00Z";

function claim(from: string, to: string, change: Partial<Exclusion> = {}): Exclusion {
  return { id: "c3", fromMs: Date.parse(from), toMs: Date.parse(to), targets: "all", state: "accepted", why: "client outage", ...change };
}

const OUTAGE = claim("2026-03-02T10:00:00Z", "2026-03-02T10:30:00Z");
const some = rows(
  served("2026-03-02T09:45:00Z", 90, 100),
  served("2026-03-02T10:00:00Z", 0, 100),
  served("2026-03-02T10:15:00Z", 10, 100),
  served("2026-03-02T10:30:00Z", 80, 100),
);

function day(exclusions: readonly Exclusion[], target: Partial<Target> = {}): Verdict {
  return verdictOf(engineOf(target), some, { now: LATER, window: "day", exclusions });
}

describe("three counts of one window", () => {
  it("without any claim are one", () => {
    expect(day([])).toMatchObject({ value: { num: 180, den: 400 }, recomputed: null, ifAllAccepted: null });
  });

  it("an accepted claim leaves out the intervals that start in it, the end not among them", () => {
    expect(day([OUTAGE])).toMatchObject({
      status: "met",
      value: { num: 170, den: 200 },
      n: 200,
      recomputed: { value: { num: 180, den: 400 }, n: 400, status: "missed" },
      ifAllAccepted: null,
    });
  });

  it("an open claim changes only what would be if it were accepted", () => {
    expect(day([{ ...OUTAGE, state: "open" }])).toMatchObject({
      status: "missed",
      value: { num: 180, den: 400 },
      recomputed: null,
      ifAllAccepted: { value: { num: 170, den: 200 }, status: "met" },
    });
  });

  it("an accepted and an open claim give all three", () => {
    const open = claim("2026-03-02T10:30:00Z", "2026-03-02T11:00:00Z", { id: "c4", state: "open" });
    expect(day([OUTAGE, open])).toMatchObject({
      value: { num: 170, den: 200 },
      recomputed: { n: 400 },
      ifAllAccepted: { value: { num: 90, den: 100 }, n: 100 },
    });
  });

  it("an open claim on time that is left out already adds nothing", () => {
    expect(day([OUTAGE, { ...OUTAGE, id: "c4", state: "open" }]).ifAllAccepted).toBeNull();
  });

  it("a claim on other targets, or on time without intervals, touches nothing", () => {
    expect(day([{ ...OUTAGE, targets: ["aht"] }])).toEqual(day([]));
    expect(day([claim("2026-03-02T12:00:00Z", "2026-03-02T13:00:00Z")])).toEqual(day([]));
  });

  it("a claim on everything leaves nothing to judge: not counted, neither met nor without data", () => {
    expect(day([claim("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z")], { onNoData: "default" })).toMatchObject({
      status: "not-counted",
      value: null,
      default: null,
      recomputed: { status: "missed" },
    });
  });

  it("a daily row is left out only by a claim on its whole day", () => {
    const daily = FeedDefinition.parse({
      accord: "feed/1",
      id: "calls",
      name: "Calls",
      timeZone: "UTC",
      kind: "daily",
      queue: { constant: "main" },
      format: { type: "delimited", delimiter: "comma" },
      start: { date: { column: "date", format: "yyyy-mm-dd" } },
      counters: { answered: { column: "a" }, abandoned: { column: "b" }, "answered-within-20000": { column: "c" } },
    });
    const context = contextOf([buildTarget()], { effectiveFrom: "2026-01-01" }, [daily]);
    const [compiled] = context.targets;
    const counts = (to: string): number | undefined =>
      compiled === undefined
        ? undefined
        : sumTargetDay(context, compiled, "2026-03-02", {
            queues: rows(served("2026-03-02T00:00:00Z", 1, 10)),
            exclusions: [claim("2026-03-02T00:00:00Z", to)],
          }).adjusted?.excluded;
    expect([counts("2026-03-02T23:45:00Z"), counts("2026-03-03T00:00:00Z")]).toEqual([undefined, 1]);
  });
});

function explained(
  context: AgreementContext,
  queues: readonly QueueIntervals[],
  options: { day: string; exclusions?: readonly Exclusion[]; forecast?: number | null; kind?: "day" | "month" },
): string[] {
  const [compiled] = context.targets;
  const window = windowAt(context, options.kind ?? "day", options.day, Date.parse(LATER));
  if (compiled === undefined || window === null) throw new Error("there is no such window");
  const exclusions = options.exclusions ?? [];
  const volume = context.volume;
  return explainWindow(
    {
      context,
      compiled,
      nowMs: Date.parse(LATER),
      receivedMs: Date.parse(LATER),
      silentSinceMs: null,
      countsOf: (each) => sumTargetDay(context, compiled, each, { queues, exclusions }),
      volumeOf: (each) =>
        volume === null ? null : (sumTargetDay(context, volume, each, { queues, exclusions }).recomputed.totals[0] ?? null),
      forecastOf: () => options.forecast ?? null,
      intervalsOf: () => queues,
      exclusions,
    },
    window,
  );
}

describe("an explanation", () => {
  const HOURS = [{ days: ["mon", "tue", "wed", "thu", "fri"] as const, from: "08:00", to: "18:00" }].map(({ days, ...rest }) => ({
    days: [...days],
    ...rest,
  }));

  it("names what lies outside the service hours, touching intervals as one range", () => {
    const context = engineOf({}, { serviceHours: HOURS });
    const queues = rows(
      served("2026-03-02T07:30:00Z", 1, 2),
      served("2026-03-02T07:45:00Z", 1, 1),
      served("2026-03-02T10:00:00Z", 9, 10),
      served("2026-03-02T18:00:00Z", 0, 1),
      served("2026-03-02T23:45:00Z", 0, 4),
    );
    const lines = explained(context, queues, { day: "2026-03-02" });
    expect(lines.slice(-4)).toEqual([
      "2 Mar 07:30-08:00 not counted: outside service hours, 3 contacts",
      "2 Mar 18:00-18:15 not counted: outside service hours, 1 contact",
      "2 Mar 23:45-24:00 not counted: outside service hours, 4 contacts",
      "met: On the agreed side.",
    ]);
  });

  it("speaks in the agreement's own clock", () => {
    const context = engineOf({}, { serviceHours: HOURS, timeZone: "America/New_York" });
    const lines = explained(context, rows(served("2026-03-02T12:30:00Z", 1, 3)), { day: "2026-03-02" });
    expect(lines).toContain("2 Mar 07:30-07:45 not counted: outside service hours, 3 contacts");
  });

  it("names holidays, days with hours of their own, claims, and counts that are missing", () => {
    const context = engineOf(
      {},
      { holidays: ["2026-03-03"], overrides: [{ date: "2026-03-04", hours: [{ from: "10:00", to: "12:00" }] }] },
    );
    const queues = rows(
      ...some.flatMap(({ intervals }) =>
        intervals.map(({ startMs, counters }): [string, readonly (number | null)[]] => [new Date(startMs).toISOString(), counters]),
      ),
      ["2026-03-02T11:00:00Z", [5, 0, null]],
      served("2026-03-03T10:00:00Z", 1, 5),
      served("2026-03-04T09:00:00Z", 1, 6),
    );
    const open = claim("2026-03-02T09:45:00Z", "2026-03-02T10:00:00Z", { id: "c4", state: "open", why: "bad feed" });
    const lines = explained(context, queues, { day: "2026-03-02", kind: "month", exclusions: [OUTAGE, open] });
    expect(lines.slice(-6, -1)).toEqual([
      '2 Mar 09:45-10:00 counted, until claim c4 "bad feed" is decided, 100 contacts',
      '2 Mar 10:00-10:30 not counted: left out by claim c3 "client outage", 200 contacts',
      "2 Mar 11:00-11:15 not counted: incomplete, no count of calls answered within 20 s, 5 contacts",
      "3 Mar 10:00-10:15 not counted: holiday, 5 contacts",
      "4 Mar 09:00-09:15 not counted: outside the hours agreed for this day, 6 contacts",
    ]);
  });

  it("names what the volume band leaves out", () => {
    const feed = intervalFeed(["offered", "answered", "abandoned", "answered-within-20000"]);
    const volume = {
      feed: "calls",
      unit: "day",
      upper: "110 %",
      above: "exclude",
      below: "keep",
      lockDaysBefore: 30,
      forecastBy: "client",
    } as const;
    const context = contextOf([buildTarget()], { effectiveFrom: "2026-01-01", volume }, [feed]);
    const lines = explained(context, rows(["2026-03-02T10:00:00Z", [120, 120, 0, 100]]), { day: "2026-03-02", forecast: 100 });
    expect(lines).toContain("2 Mar 10:00-10:15 not counted: volume outside the agreed band around the forecast, 120 contacts");
  });

  it("names the queues where each has hours of its own, or where one lacks a count", () => {
    const night = HOURS.map(({ days }) => ({ days, from: "20:00", to: "24:00" }));
    const programs = [{ id: "night", name: "Night", queues: ["night"], serviceHours: night }];
    const context = engineOf({}, { serviceHours: HOURS, programs });
    const queues = [
      intervalsOf([served("2026-03-02T18:00:00Z", 1, 3), served("2026-03-02T18:15:00Z", 1, 4)], "sales"),
      intervalsOf([served("2026-03-02T18:00:00Z", 1, 5)], "support"),
      intervalsOf([served("2026-03-02T18:15:00Z", 1, 6), ["2026-03-02T20:00:00Z", [5, 0, null]]], "night"),
    ];
    expect(explained(context, queues, { day: "2026-03-02" }).slice(-4, -1)).toEqual([
      "2 Mar 18:00-18:30 (sales, support) not counted: outside service hours, 12 contacts",
      "2 Mar 18:15-18:30 (night) not counted: outside service hours, 6 contacts",
      "2 Mar 20:00-20:15 (night) not counted: incomplete, no count of calls answered within 20 s, 5 contacts",
    ]);
  });
});
