import { describe, expect, it } from "vitest";
import { BASE_COUNTERS, CounterId, isCounterId, isTimed, mergeOf, withinLimit } from "../../../../shared/metrics/counter.ts";
import { describeCounter, describeMeasure } from "../../../../shared/metrics/describe.ts";

describe("counter ids", () => {
  it.each([
    ...BASE_COUNTERS,
    "answered-within-20000",
    "abandoned-within-0",
    "missed-within-86400000",
    "waited-over-60000",
    "repeats-7d",
    "repeat-base-30d",
    "handled-tenure-under-90d",
    "starters-matured-90d",
    "survived-90d",
    "qa-points-earned-2026-1",
    "qa-points-possible-v3.1",
    "qa-evaluations-x",
  ])("%s is a counter", (id) => {
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
    "repeats-0d",
    "repeats-7",
    "repeats-1000d",
    "survived-d",
    "waited-over-1.5",
    "qa-points-earned-",
    "qa-points-earned-V3",
    "qa-score-v3",
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

  it("times end in -ms and need a unit, whatever a form is called", () => {
    expect(BASE_COUNTERS.filter(isTimed)).toEqual(BASE_COUNTERS.filter((id) => id.endsWith("-ms")));
    expect(isTimed("qa-evaluations-form-ms")).toBe(false);
    expect(isTimed("answered-within-20000")).toBe(false);
  });

  it("are added over time, but for the longest of waits and the latest of snapshots", () => {
    const merges = (wanted: string) => BASE_COUNTERS.filter((id) => mergeOf(id) === wanted);
    expect(merges("max")).toEqual(["longest-wait-ms", "oldest-item-ms"]);
    expect(merges("last")).toEqual(["backlog-open", "backlog-age-ms"]);
    expect(mergeOf("answered-within-20000")).toBe("sum");
    expect(mergeOf("qa-points-earned-v3")).toBe("sum");
  });

  it.each([
    ["waited-over-60000", "calls that waited more than 60 s"],
    ["repeats-7d", "contacts followed by another within 7 days"],
    ["handled-tenure-under-90d", "contacts handled by agents of less than 90 days"],
    ["qa-points-earned-2026-1", "points earned on form 2026-1"],
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

describe("a measure's detail", () => {
  it.each([
    [{ metric: "repeat-contact", withinDays: 7 }, "within 7 days, provisional for 7 days"],
    [{ metric: "fcr", method: "no-repeat", withinDays: 14 }, "no repeat within 14 days, provisional for 14 days"],
    [{ metric: "fcr", method: "survey" }, "by survey"],
    [{ metric: "early-survival", days: 90 }, "after 90 days"],
    [{ metric: "tail-share", overSeconds: 60 }, "waiting over 60 s"],
    [{ metric: "occupancy" }, ""],
  ] as const)("of %j is %j", (measure, detail) => {
    expect(describeMeasure(measure).detail).toBe(detail);
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
