import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FinishedCall } from "../../../../workers/simulate/centre/call.ts";
import type { QueueModel } from "../../../../workers/simulate/centre/queue-model.ts";
import { emptyQueue, type QueueState } from "../../../../workers/simulate/centre/queue-state.ts";
import { type Plan, runSlot } from "../../../../workers/simulate/centre/run-slot.ts";

const MODEL: QueueModel = {
  id: "claims",
  talk: { meanS: 60, sigma: 1 },
  hold: { share: 0.3, meanS: 20 },
  acwMeanS: 10,
  patienceMeanS: 40,
  menu: { meanS: 10, leaveShare: 0.1 },
  survey: { share: 0.5, scores: [5, 5, 10, 40, 40] },
};

const plans = fc.array(fc.record({ callsPerHour: fc.integer({ min: 0, max: 1500 }), agents: fc.integer({ min: 0, max: 12 }) }), {
  minLength: 1,
  maxLength: 60,
});

function run(seed: string, course: readonly Plan[]): { state: QueueState; finished: FinishedCall[] } {
  let state = emptyQueue(seed);
  const finished: FinishedCall[] = [];
  course.forEach((plan, minute) => {
    const after = runSlot(MODEL, state, { fromS: minute * 60, toS: minute * 60 + 60 }, plan);
    state = after.state;
    finished.push(...after.finished);
  });
  return { state, finished };
}

describe("a queue", () => {
  it("loses no caller: offered = answered + abandoned + still in the system", () => {
    fc.assert(
      fc.property(fc.string(), plans, (seed, course) => {
        const { state, finished } = run(seed, course);
        const over = finished.filter(({ outcome }) => outcome === "answered" || outcome === "abandoned").length;
        expect(over + state.waiting.length + state.serving.length).toBe(state.offered);
        expect(new Set(finished.map(({ number }) => number)).size).toBe(finished.length);
      }),
    );
  });

  it("answers callers in the order in which they came", () => {
    fc.assert(
      fc.property(fc.string(), plans, (seed, course) => {
        const answered = run(seed, course).finished.filter(({ outcome }) => outcome === "answered");
        const byArrival = answered.toSorted((a, b) => a.number - b.number);
        byArrival.forEach((call, index) => {
          const before = byArrival[index - 1];
          if (before !== undefined) expect(call.queuedS + call.waitS).toBeGreaterThanOrEqual(before.queuedS + before.waitS);
        });
      }),
    );
  });

  it("gives an agent one call at a time", () => {
    fc.assert(
      fc.property(fc.string(), plans, (seed, course) => {
        const free = new Map<number, number>();
        const answered = run(seed, course).finished.filter(({ outcome }) => outcome === "answered");
        for (const call of answered.toSorted((a, b) => a.number - b.number)) {
          const answeredS = call.queuedS + call.waitS;
          expect(answeredS).toBeGreaterThanOrEqual(free.get(call.agent ?? -1) ?? -Infinity);
          free.set(call.agent ?? -1, call.endedS);
        }
      }),
    );
  });

  it("ends every call after its wait, talk, hold and after-call work", () => {
    for (const call of run(
      "sums",
      Array.from({ length: 60 }, () => ({ callsPerHour: 400, agents: 8 })),
    ).finished) {
      expect(call.endedS).toBe(call.queuedS + call.waitS + call.talkS + call.holdS + call.acwS);
    }
  });

  it("has the same history for the same seed, and another for another", () => {
    const course = Array.from({ length: 30 }, () => ({ callsPerHour: 300, agents: 5 }));
    expect(run("a", course)).toEqual(run("a", course));
    expect(run("a", course)).not.toEqual(run("b", course));
  });

  it("loses callers when nobody answers and none when agents abound", () => {
    const hour = (agents: number): Plan[] => Array.from({ length: 60 }, () => ({ callsPerHour: 300, agents }));
    expect(run("x", hour(0)).finished.filter(({ outcome }) => outcome === "answered")).toHaveLength(0);
    expect(run("x", hour(60)).finished.filter(({ outcome }) => outcome === "abandoned")).toHaveLength(0);
  });
});
