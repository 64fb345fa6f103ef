import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completenessOf, expectedSlots } from "../../../../shared/agreement/feed-completeness.ts";
import { feedCalendar } from "../../../../shared/agreement/feed-calendar.ts";
import { suspicionsOf } from "../../../../shared/agreement/feed-suspicion.ts";
import { suspicionWords } from "../../../../shared/agreement/suspicion-words.ts";
import { vanishedQueues } from "../../../../shared/agreement/vanished-queues.ts";
import { compileHours } from "../../../../shared/calendar/open-hours.ts";
import { createZone } from "../../../../shared/calendar/zone.ts";
import type { Interval, QueueIntervals } from "../../../../shared/facts/interval.ts";
import { buildAgreement, buildFeed } from "../../../support/sample-agreement.ts";

const QUARTER = 900_000;
const HOUR = 4 * QUARTER;
const DAY = 24 * HOUR;
const MONDAY = Date.parse("2026-06-01T00:00:00Z");
const zone = createZone("UTC");
const agreement = {
  ...buildAgreement(),
  timeZone: "UTC",
  serviceHours: [{ days: ["mon" as const, "tue" as const], from: "08:00", to: "10:00" }],
};
const calendar = feedCalendar({ agreement, zone, hours: compileHours(zone, { ...agreement, hours: agreement.serviceHours }) }, buildFeed());

function interval(startMs: number, counters: readonly number[]): Interval {
  return { revision: 1, startMs, counters, claims: [] };
}

function queue(name: string, intervals: readonly Interval[]): QueueIntervals {
  return { queue: name, intervals };
}

/** A generator of honest counts: Poisson arrivals by quarter of an hour, of which some are answered, with their time. */
function honest(seed: number, days: number, mean: number): Interval[] {
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const poisson = (lambda: number): number => {
    let [count, product] = [0, random()];
    while (product > Math.exp(-lambda)) {
      count += 1;
      product *= random();
    }
    return count;
  };
  return Array.from({ length: days * 32 }, (_, i) => {
    const startMs = MONDAY + Math.floor(i / 32) * DAY + 8 * HOUR + (i % 32) * QUARTER;
    const offered = poisson(mean);
    const answered = Array.from({ length: offered }, () => (random() < 0.9 ? 1 : 0)).reduce<number>((a, b) => a + b, 0);
    return interval(startMs, [offered, answered, Math.round(answered * 300_000 * (0.8 + random() * 0.4))]);
  });
}

describe("completeness", () => {
  const range = { fromMs: MONDAY, toMs: MONDAY + 2 * DAY };

  it("expects every interval of the service's hours, and no other", () => {
    const slots = expectedSlots({ calendar, intervalMs: QUARTER, range: { fromMs: MONDAY, toMs: MONDAY + 7 * DAY } });
    expect(slots).toHaveLength(16);
    expect(slots[0]).toEqual({ fromMs: MONDAY + 8 * HOUR, toMs: MONDAY + 8 * HOUR + QUARTER });
  });

  it("names what is missing as stretches, over closed hours too", () => {
    const present = [0, 1, 2, 6, 7].map((i) => interval(MONDAY + 8 * HOUR + i * QUARTER, [12]));
    const tuesday = [2, 3].map((i) => interval(MONDAY + DAY + 8 * HOUR + i * QUARTER, [12]));
    expect(completenessOf({ calendar, intervalMs: QUARTER, range, queues: [queue("A", [...present, ...tuesday])] })).toEqual([
      {
        queue: "A",
        expected: 16,
        present: 7,
        gaps: [
          { fromMs: MONDAY + 8 * HOUR + 3 * QUARTER, toMs: MONDAY + 8 * HOUR + 6 * QUARTER, count: 3 },
          { fromMs: MONDAY + DAY + 8 * HOUR, toMs: MONDAY + DAY + 8 * HOUR + 2 * QUARTER, count: 2 },
          { fromMs: MONDAY + DAY + 9 * HOUR, toMs: MONDAY + DAY + 10 * HOUR, count: 4 },
        ],
      },
    ]);
  });

  it("counts days where intervals say nothing, and a queue from its first day on", () => {
    const tuesday = [interval(MONDAY + DAY + 9 * HOUR, [1])];
    expect(completenessOf({ calendar, intervalMs: null, range, queues: [queue("A", tuesday)] })).toEqual([
      { queue: "A", expected: 1, present: 1, gaps: [] },
    ]);
  });

  it("what is present and what is missing make what is expected", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }), (there) => {
        const slots = expectedSlots({ calendar, intervalMs: QUARTER, range });
        const known = slots.filter((_, i) => there[i] === true).map(({ fromMs }) => interval(fromMs, [1]));
        for (const one of completenessOf({ calendar, intervalMs: QUARTER, range, queues: [queue("A", known)] }))
          expect(one.present + one.gaps.reduce((sum, { count }) => sum + count, 0)).toBe(one.expected);
      }),
    );
  });
});

describe("suspicion", () => {
  const input = (intervals: readonly Interval[]) => ({
    zone,
    intervalMs: QUARTER,
    queues: [queue("A", intervals)],
    isTime: [false, false, true],
  });

  it("asks nothing of 200 honest months", () => {
    const asked = Array.from({ length: 200 }, (_, seed) => suspicionsOf(input(honest(seed * 7919 + 1, 20, 8 + (seed % 40))))).flat();
    expect(asked).toEqual([]);
  });

  it("asks why the same counts come six times in a row, or ten where there is one counter", () => {
    const at = (i: number, counters: readonly number[]) => interval(MONDAY + 8 * HOUR + i * QUARTER, counters);
    const run = (count: number, counters: readonly number[]) => Array.from({ length: count }, (_, i) => at(i, counters));
    expect(suspicionsOf(input(run(5, [40, 38, 900_000])))).toEqual([]);
    const [found] = suspicionsOf(input(run(6, [40, 38, 900_000])));
    expect(found).toMatchObject({ kind: "constant", intervals: 6 });
    expect(suspicionsOf(input(run(9, [40])))).toEqual([]);
    expect(suspicionsOf(input(run(10, [40])))).toMatchObject([{ kind: "constant" }]);
    expect(suspicionsOf(input(run(30, [3, 3, 0])))).toEqual([]);
    if (found === undefined) throw new Error("it was found");
    expect(suspicionWords(found, zone).question).toBe("Why does A have the same counts 6 times in a row?");
  });

  it("asks why a day equals another one", () => {
    const days = honest(5, 4, 30);
    const again = days.slice(0, 32).map((one) => ({ ...one, startMs: one.startMs + 4 * DAY }));
    expect(suspicionsOf(input([...days, ...again]))).toMatchObject([{ kind: "repeated", like: "2026-06-01", intervals: 32 }]);
  });

  it("asks nothing about times: whole seconds are round and need not differ", () => {
    const seconds = Array.from({ length: 100 }, (_, i) => interval(MONDAY + i * QUARTER, [3 + (i % 4), 2, 60_000]));
    expect(suspicionsOf(input(seconds))).toEqual([]);
  });

  it("asks why half of the counts are whole tens", () => {
    const rounded = honest(9, 5, 60).map((one) => ({
      ...one,
      counters: [Math.round((one.counters[0] ?? 0) / 10) * 10, one.counters[1] ?? 0],
    }));
    expect(suspicionsOf(input(rounded)).map(({ kind }) => kind)).toEqual(["round"]);
  });
});

describe("vanished queues", () => {
  const from = (day: number, days: number) => Array.from({ length: days }, (_, i) => interval(MONDAY + (day + i) * DAY, [10]));

  it("are told with the new queue that may be the same", () => {
    const queues = [queue("Sales EN", from(0, 10)), queue("sales_en_v2", from(11, 15)), queue("Service", from(0, 26))];
    expect(vanishedQueues(queues)).toEqual([{ queue: "Sales EN", lastMs: MONDAY + 9 * DAY, looksLike: "sales_en_v2" }]);
  });

  it("a weekend without calls is no farewell, and an unlike name no heir", () => {
    expect(vanishedQueues([queue("A", from(0, 10)), queue("B", from(0, 14))])).toEqual([]);
    expect(vanishedQueues([queue("Retention", from(0, 10)), queue("Billing", from(11, 15))])).toMatchObject([{ looksLike: null }]);
  });
});
