import { describe, expect, it } from "vitest";
import { addDays } from "../../../../shared/calendar/day.ts";
import type { FoundDrift } from "../../../../shared/drift/drift-view.ts";
import { pairQuestions, type WatchedTarget } from "../../../../shared/drift/pair-questions.ts";

function buildDrift(overrides: Partial<FoundDrift> = {}): FoundDrift {
  return {
    direction: "down",
    worse: false,
    by: "bank",
    raisedOn: "2026-10-12",
    onset: { day: "2026-10-05", from: "2026-10-03", to: "2026-10-08" },
    size: { estimate: -42_000, low: -60_000, high: -20_000 },
    now: { value: 330_000, n: 4100 },
    endedOn: null,
    ...overrides,
  };
}

function buildTarget(overrides: Partial<WatchedTarget>, drift: FoundDrift | null): WatchedTarget {
  const base = { targetId: "aht", name: "Handle time", metric: "aht", unit: "duration", cohort: "sales", met: true } as const;
  return { ...base, ...overrides, watch: { drift, budget: { runLength: 900, watched: 100, alarms: 1 } } };
}

const AHT = buildTarget({}, buildDrift());
const WORSE = buildDrift({
  direction: "up",
  worse: true,
  size: { estimate: 0.031, low: 0.01, high: 0.05 },
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
      "Handle time fell by about 0:42 to 5:30 since about 2026-10-05 (2026-10-03 to 2026-10-08).",
      "Repeat contacts rose by about 3.1\u00a0% to 14.2\u00a0% since about 2026-10-05 (2026-10-03 to 2026-10-08).",
      "Both are of the same queues. If the second had not moved, an alarm of it at this time would come in less than 1 in 27 cases.",
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
    expect(rules({ ...CSAT, watch: { ...CSAT.watch, drift: buildDrift({ worse: true }) } }, RESPONSES)).toEqual([]);
  });

  it("one drift by itself, another cohort or a better partner is no question", () => {
    expect(rules(AHT)).toEqual([]);
    expect(rules(AHT, { ...REPEATS, cohort: "service" })).toEqual([]);
    expect(rules(AHT, { ...REPEATS, watch: { ...REPEATS.watch, drift: buildDrift({ worse: false }) } })).toEqual([]);
    expect(rules({ ...AHT, watch: { ...AHT.watch, drift: buildDrift({ direction: "up", worse: true }) } }, REPEATS)).toEqual([]);
  });

  it("onsets more than 14 days apart are two stories", () => {
    const later = (days: number): WatchedTarget => {
      const onset = { day: addDays("2026-10-08", days), from: addDays("2026-10-08", days), to: addDays("2026-10-10", days) };
      return { ...REPEATS, watch: { ...REPEATS.watch, drift: { ...WORSE, onset } } };
    };
    expect(rules(AHT, later(14))).toEqual(["quicker-but-worse aht"]);
    expect(rules(AHT, later(15))).toEqual([]);
    expect(rules(later(14), AHT)).toEqual(["quicker-but-worse aht"]);
  });
});
