import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../shared/agreement/agreement.ts";
import { type Cadence, cadenceOf } from "../../../../shared/agreement/feed-cadence.ts";
import { feedCalendar } from "../../../../shared/agreement/feed-calendar.ts";
import { beatsOf, type Delivery, withDelivery } from "../../../../shared/agreement/feed-beats.ts";
import { compileHours } from "../../../../shared/calendar/open-hours.ts";
import { createZone } from "../../../../shared/calendar/zone.ts";
import type { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { buildAgreement, buildFeed } from "../../../support/sample-agreement.ts";

const HOUR_MS = 3_600_000;
/** A fortnight around a change of the clock in Europe, or without one. */
const STARTS = ["2026-03-23T00:00:00Z", "2026-10-19T00:00:00Z", "2026-06-01T00:00:00Z"].map((text) => Date.parse(text));
const RUNS = process.env["ACCORD_TESTS"] === "full" ? 20_000 : 400;

const expected = fc.constantFrom<NonNullable<FeedDefinition["expected"]>>(
  { every: "PT15M", grace: "PT5M" },
  { every: "PT1H", grace: "PT1H", days: ["mon", "tue", "wed", "thu", "fri"] },
  { every: "P1D", grace: "PT4H" },
  { at: "12:00", grace: "PT4H" },
  { at: "02:30", grace: "PT1H" },
  { at: "09:00", grace: "P1D", days: ["mon", "thu"] },
);
const hours = fc.constantFrom<Agreement["serviceHours"]>("always", [
  { days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "18:00" },
  { days: ["sat"], from: "09:00", to: "24:00" },
]);
const case_ = fc.record({
  expected,
  hours,
  startMs: fc.constantFrom(...STARTS),
  deliveries: fc.array(fc.integer({ min: 0, max: 14 * 24 * 60 }), { minLength: 1, maxLength: 40 }),
  now: fc.integer({ min: 0, max: 14 * 24 * 60 }),
  later: fc.integer({ min: 1, max: 3 * 24 * 60 }),
});
type Case = typeof case_ extends fc.Arbitrary<infer T> ? T : never;

function stage(given: Case) {
  const zone = createZone("Europe/Berlin");
  const agreement: Agreement = { ...buildAgreement(), timeZone: "Europe/Berlin", serviceHours: given.hours };
  const feed: FeedDefinition = { ...buildFeed(), timeZone: "Europe/Berlin", expected: given.expected };
  const calendar = feedCalendar({ agreement, zone, hours: compileHours(zone, { ...agreement, hours: given.hours }) }, feed);
  const at = (minute: number): number => given.startMs + minute * 60_000;
  const times = given.deliveries.map(at).toSorted((a, b) => a - b);
  const stateAt = (nowMs: number, known: readonly number[] = times): Cadence =>
    cadenceOf({ feed, calendar, lastDataMs: known.findLast((time) => time <= nowMs) ?? null, nowMs });
  return { feed, calendar, at, times, stateAt };
}

const WORSE = { never: 0, closed: 0, fresh: 0, late: 1, silent: 2 } as const;

describe("the cadence of any feed", () => {
  it("what comes later never makes an earlier state wrong", () => {
    fc.assert(
      fc.property(case_, (given) => {
        const { at, times, stateAt } = stage(given);
        const nowMs = at(given.now);
        expect(stateAt(nowMs)).toEqual(
          stateAt(
            nowMs,
            times.filter((time) => time <= nowMs),
          ),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it("silence only ever makes it worse, until the service closes", () => {
    fc.assert(
      fc.property(case_, (given) => {
        const { at, stateAt, times } = stage(given);
        const fromMs = at(given.now);
        const known = times.filter((time) => time <= fromMs);
        let before = 0;
        for (let nowMs = fromMs; nowMs < fromMs + given.later * 60_000; nowMs += HOUR_MS / 4) {
          const { state } = stateAt(nowMs, known);
          const rank = WORSE[state];
          if (state === "closed") before = 0;
          else {
            expect(rank).toBeGreaterThanOrEqual(before);
            before = rank;
          }
        }
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it("data never makes it worse at the moment it comes", () => {
    fc.assert(
      fc.property(case_, (given) => {
        const { at, stateAt, times } = stage(given);
        const nowMs = at(given.now);
        expect(WORSE[stateAt(nowMs, [...times.filter((time) => time <= nowMs), nowMs]).state]).toBeLessThanOrEqual(
          WORSE[stateAt(nowMs).state],
        );
      }),
      { numRuns: RUNS },
    );
  });

  it("is silent exactly when it says since when, and late before it is silent", () => {
    fc.assert(
      fc.property(case_, (given) => {
        const { at, stateAt } = stage(given);
        const nowMs = at(given.now);
        const { state, silentSinceMs, dueAtMs, graceEndsMs } = stateAt(nowMs);
        if (state === "silent") {
          expect(silentSinceMs).toBe(graceEndsMs);
          expect(nowMs).toBeGreaterThan(silentSinceMs ?? Infinity);
        }
        if (state === "late") {
          expect(silentSinceMs).toBeNull();
          expect(nowMs).toBeGreaterThan(dueAtMs ?? Infinity);
          expect(nowMs).toBeLessThanOrEqual(graceEndsMs ?? -Infinity);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("no outage makes it worse", () => {
    fc.assert(
      fc.property(case_, (given) => {
        const { at, feed, calendar, times } = stage(given);
        const nowMs = at(given.now);
        const lastDataMs = times.findLast((time) => time <= nowMs) ?? null;
        const away = [{ fromMs: nowMs - given.later * 60_000, toMs: nowMs - 60_000 }];
        const without = cadenceOf({ feed, calendar, lastDataMs, nowMs });
        expect(WORSE[cadenceOf({ feed, calendar, lastDataMs, nowMs, away }).state]).toBeLessThanOrEqual(WORSE[without.state]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("heartbeats", () => {
  it("are the same from the thinned list as from all deliveries, and of one feed never more than 32", () => {
    fc.assert(
      fc.property(case_, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (given, refused) => {
        const { at, feed, calendar, times } = stage(given);
        const nowMs = at(14 * 24 * 60);
        const all = [...new Set(times)].map((atMs, i): Delivery => ({ atMs, refused: refused[i] === true && i % 9 === 0 }));
        const kept = all.reduce<Delivery[]>((known, delivery) => withDelivery(known, delivery, feed), []);
        const { beats } = beatsOf({ feed, calendar, deliveries: all, nowMs });
        expect(beatsOf({ feed, calendar, deliveries: kept, nowMs }).beats).toBe(beats);
        expect(beats).toMatch(/^[olrm]{0,32}$/u);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});
