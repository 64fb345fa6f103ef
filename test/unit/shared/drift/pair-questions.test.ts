import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "../../../../shared/calendar/day.ts";
import { watchSeries } from "../../../../shared/drift/watch-series.ts";
import { randomStream } from "../../../../shared/stats/random.ts";
import { drawBinomial } from "../../../../shared/stats/random-draws.ts";
import type { FoundDrift } from "../../../../shared/drift/drift-view.ts";
import { pairQuestions, type WatchedTarget } from "../../../../shared/drift/pair-questions.ts";

const FULL = process.env["ACCORD_TESTS"] === "full";

function buildDrift(overrides: Partial<FoundDrift> = {}): FoundDrift {
  return {
    direction: "down",
    worse: false,
    by: "bank",
    raisedOn: "2026-10-12",
    onset: { day: "2026-10-05", from: "2026-10-03", to: "2026-10-08" },
    size:
      overrides.direction === "up" ? { estimate: 42_000, low: 23_000, high: 61_000 } : { estimate: -42_000, low: -61_000, high: -23_000 },
    now: { value: 330_000, n: 4100 },
    endedOn: null,
    ...overrides,
  };
}

function buildTarget(overrides: Partial<WatchedTarget>, drift: FoundDrift | null): WatchedTarget {
  const base = { targetId: "aht", name: "Handle time", metric: "aht", unit: "duration", cohort: "sales", met: true } as const;
  return { ...base, ...overrides, drift };
}

const AHT = buildTarget({}, buildDrift());
const WORSE = buildDrift({
  direction: "up",
  worse: true,
  size: { estimate: 0.031, low: 0.0165, high: 0.0455 },
  now: { value: 0.142, n: 4000 },
});
const REPEATS = buildTarget({ targetId: "repeats", name: "Repeat contacts", metric: "repeat-contact", unit: "ratio" }, WORSE);
const LEVEL = buildTarget({ targetId: "sl", name: "Service level", metric: "service-level", unit: "ratio" }, null);
const TAIL = buildTarget({ targetId: "asa", name: "Average wait", metric: "asa" }, buildDrift({ direction: "up", worse: true }));
const RESPONSES = buildTarget(
  { targetId: "rr", name: "Response rate", metric: "response-rate", unit: "ratio" },
  buildDrift({ worse: true }),
);
const CSAT = buildTarget({ targetId: "csat", name: "CSAT", metric: "csat", unit: "ratio" }, buildDrift({ direction: "up", worse: false }));

function rules(...targets: WatchedTarget[]): string[] {
  return pairQuestions(targets).map(({ rule, about }) => `${rule} ${about}`);
}

describe("questions about two figures of one cohort", () => {
  it("quicker at the price of quality: handle time falls while repeat contacts rise", () => {
    const [question, ...others] = pairQuestions([AHT, REPEATS]);
    expect(others).toEqual([]);
    expect(question).toMatchObject({
      rule: "quicker-but-worse",
      about: "aht",
      question: "Is Handle time bought at the price of Repeat contacts?",
    });
    expect(question?.evidence).toEqual([
      "Handle time fell by about 42.0\u00a0s to 5:30 since about 5 Oct (3 Oct to 8 Oct).",
      "Repeat contacts rose by about 3.1\u00a0pp to 14.2\u00a0% since about 5 Oct (3 Oct to 8 Oct).",
      "Both are of the same queues. Chance moves a figure so far in less than 1 in 4,500 months.",
    ]);
    expect(question?.innocent.length).toBeGreaterThanOrEqual(2);
  });

  it("the service level is met while waits grow", () => {
    expect(rules(LEVEL, TAIL)).toEqual(["met-with-a-tail sl"]);
    expect(rules({ ...LEVEL, met: false }, TAIL)).toEqual([]);
    expect(rules({ ...LEVEL, met: null }, TAIL)).toEqual([]);
  });

  it("fewer answer as satisfaction rises", () => {
    expect(rules(CSAT, RESPONSES)).toEqual(["fewer-invitations csat"]);
    expect(rules({ ...CSAT, drift: buildDrift({ worse: true }) }, RESPONSES)).toEqual([]);
  });

  it("one drift by itself, another cohort or a better partner is no question", () => {
    expect(rules(AHT)).toEqual([]);
    expect(rules(AHT, { ...REPEATS, cohort: "service" })).toEqual([]);
    expect(rules(AHT, { ...REPEATS, drift: buildDrift({ worse: false }) })).toEqual([]);
    expect(rules({ ...AHT, drift: buildDrift({ direction: "up", worse: true }) }, REPEATS)).toEqual([]);
  });

  it("onsets more than 14 days apart are two stories", () => {
    const later = (days: number): WatchedTarget => {
      const onset = { day: addDays("2026-10-08", days), from: addDays("2026-10-08", days), to: addDays("2026-10-10", days) };
      return { ...REPEATS, drift: { ...WORSE, onset } };
    };
    expect(rules(AHT, later(14))).toEqual(["quicker-but-worse aht"]);
    expect(rules(AHT, later(15))).toEqual([]);
    expect(rules(later(14), AHT)).toEqual(["quicker-but-worse aht"]);
  });

  it("a move that chance may have made is no question, however surely an alarm was raised by it", () => {
    const size = { estimate: 0.0019, low: -0.0011, high: 0.0049 };
    expect(rules(LEVEL, { ...TAIL, drift: buildDrift({ direction: "up", worse: true, size }) })).toEqual([]);
    expect(rules(AHT, { ...REPEATS, drift: { ...WORSE, size } })).toEqual([]);
  });

  it("asks of less than one in a thousand steady months, although their detectors may raise a false alarm every other month", () => {
    const months = FULL ? 3000 : 12;
    const settings = { kind: "share", worse: "up", runLength: 61, baseline: null } as const;
    const alarms = Array.from({ length: months }, (_, i) => {
      const stream = randomStream(`steady pair ${i}`);
      const points = daysBetween("2026-01-01", "2026-03-31").map((day) => ({ day, n: 600, num: drawBinomial(stream, 600, 0.03) }));
      return watchSeries(points, settings).drift;
    });
    const asked = alarms.filter(
      (drift) => rules(LEVEL, buildTarget({ targetId: "lost", metric: "abandonment", unit: "ratio" }, drift)).length > 0,
    );
    if (FULL) console.info(`${alarms.filter((drift) => drift !== null).length} alarms, ${asked.length} questions in ${months} months`);
    // Of 3,000 three are due at most; 10 or more come with 0.1 %.
    expect(asked.length).toBeLessThanOrEqual(FULL ? 9 : 0);
  });
});
