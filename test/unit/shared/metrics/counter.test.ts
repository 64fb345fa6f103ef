import { describe, expect, it } from "vitest";
import { BASE_COUNTERS, CounterId, isCounterId, withinLimit } from "../../../../shared/metrics/counter.ts";
import { describeCounter, describeMeasure } from "../../../../shared/metrics/describe.ts";

describe("counter ids", () => {
  it.each([...BASE_COUNTERS, "answered-within-20000", "abandoned-within-0", "missed-within-86400000"])("%s is a counter", (id) => {
    expect(isCounterId(id)).toBe(true);
  });

  it.each([
    "",
    "offered ",
    "Answered",
    "answered-within-",
    "answered-within-020",
    "answered-within-1.5",
    "answered-within--1",
    "offered-within-20000",
    "csat-6",
    "csat-0",
    "toString",
    "__proto__",
  ])("%j is none", (id) => {
    expect(isCounterId(id)).toBe(false);
    expect(CounterId.safeParse(id).success).toBe(false);
  });

  it("a counter that depends on a limit carries it in milliseconds, so that two definitions never share one", () => {
    expect(withinLimit("answered-within-20000")).toEqual({ outcome: "answered", limitMs: 20_000 });
    expect(withinLimit("answered")).toBeNull();
    expect(withinLimit("answer-wait-ms")).toBeNull();
  });

  it.each([
    ["answered-within-20000", "calls answered within 20 s"],
    ["abandoned-within-1500", "calls abandoned within 1.5 s"],
    ["csat-4", "answers with score 4"],
    ["flowed-out", "calls that flowed out of the queue"],
  ] as const)("%s reads as %j", (id, words) => {
    expect(describeCounter(id)).toBe(words);
  });

  it.each(BASE_COUNTERS)("%s has words of its own", (id) => {
    expect(describeCounter(id)).not.toBe(id);
  });
});

describe("a measure's variant", () => {
  it("differs wherever a choice changes the number", () => {
    const variants = [
      describeMeasure({ metric: "service-level", variant: "short-excluded", withinSeconds: 20, shortAbandonSeconds: 5 }),
      describeMeasure({ metric: "service-level", variant: "short-excluded", withinSeconds: 20, shortAbandonSeconds: 10 }),
      describeMeasure({ metric: "service-level", variant: "short-excluded", withinSeconds: 30, shortAbandonSeconds: 5 }),
      describeMeasure({ metric: "service-level", variant: "negative", withinSeconds: 20 }),
      describeMeasure({ metric: "abandonment", denominator: "offered" }),
      describeMeasure({ metric: "abandonment", denominator: "offered", shortAbandonSeconds: 5 }),
      describeMeasure({ metric: "abandonment", denominator: "answered-and-abandoned" }),
      describeMeasure({ metric: "answer-rate", denominator: "offered" }),
      describeMeasure({ metric: "answer-rate", denominator: "answered-and-abandoned" }),
      describeMeasure({ metric: "csat", method: "mean" }),
      describeMeasure({ metric: "csat", method: "top-2-box" }),
    ].map(({ variant }) => variant);
    expect(new Set(variants).size).toBe(variants.length);
  });
});
