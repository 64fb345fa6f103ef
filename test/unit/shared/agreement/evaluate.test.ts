import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Target } from "../../../../shared/agreement/agreement.ts";
import { evaluate } from "../../../../shared/agreement/evaluate.ts";
import { AHT, CLOSED, DAY, OPEN, serviceLevel, verdictInput } from "../../../support/verdict-input.ts";

describe("the side of a figure", () => {
  it.each([
    ["exactly on the target is met", {}, serviceLevel(80, 100), "met"],
    ["one contact short is missed", {}, serviceLevel(79, 100), "missed"],
    ["79.999 % is never met at 80 %", {}, serviceLevel(79_999, 100_000), "missed"],
    ["79.999999999 % is never met at 80 %", {}, serviceLevel(799_999_999_999_99, 1_000_000_000_000_00), "missed"],
    ["80.000001 % is met", {}, serviceLevel(80_000_001, 100_000_000), "met"],
    ["exactly at most is met", AHT, { "handle-ms": 180_000, answered: 1 }, "met"],
    ["a millisecond in a thousand contacts beyond at most is missed", AHT, { "handle-ms": 180_000_001, answered: 1000 }, "missed"],
    ["nothing answered of something offered is missed", {}, serviceLevel(0, 0, 5), "missed"],
  ] as const)("%s", (_, target, counts, status) => {
    expect(evaluate(verdictInput(target, counts)).status).toBe(status);
  });

  it.each([
    ["half up to whole percent", { dp: 0, mode: "half-up" }, serviceLevel(795, 1000), "met"],
    ["half up, but not enough", { dp: 0, mode: "half-up" }, serviceLevel(7949, 10_000), "missed"],
    ["down to one decimal", { dp: 1, mode: "down" }, serviceLevel(79_999, 100_000), "missed"],
    ["half up to one decimal", { dp: 1, mode: "half-up" }, serviceLevel(79_950, 100_000), "met"],
  ] as const)("is rounded %s only because the agreement says so", (_, rounding, counts, status) => {
    expect(evaluate(verdictInput({ rounding }, counts)).status).toBe(status);
    expect(evaluate(verdictInput({}, counts)).status).toBe("missed");
    expect(evaluate(verdictInput({ rounding }, counts)).trace.join("\n")).toContain("as agreed");
  });

  it.each([
    ["whole seconds", { dp: 0, mode: "half-up" }, 180_499, "met"],
    ["whole seconds, up", { dp: 0, mode: "half-up" }, 180_500, "missed"],
    ["whole seconds, down", { dp: 0, mode: "down" }, 180_999, "met"],
    ["tenths", { dp: 1, mode: "half-up" }, 180_049, "met"],
    ["tenths, up", { dp: 1, mode: "half-up" }, 180_050, "missed"],
    ["milliseconds", { dp: 3, mode: "half-up" }, 180_001, "missed"],
  ] as const)("of a duration is rounded to %s", (_, rounding, ms, status) => {
    expect(evaluate(verdictInput({ ...AHT, rounding }, { "handle-ms": ms, answered: 1 })).status).toBe(status);
  });

  it("tells a figure beyond the minimum too from one that only misses the target", () => {
    const target = { minimum: "70 %" };
    expect(evaluate(verdictInput(target, serviceLevel(75, 100)))).toMatchObject({ status: "missed", belowMinimum: false });
    expect(evaluate(verdictInput(target, serviceLevel(70, 100)))).toMatchObject({ status: "missed", belowMinimum: false });
    expect(evaluate(verdictInput(target, serviceLevel(69, 100)))).toMatchObject({ status: "missed", belowMinimum: true });
  });
});

describe("an open window", () => {
  it("is at risk where a closed one is missed, and met so far where a closed one is met", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(40), (within, late, abandoned) => {
        const counts = serviceLevel(within, within + late, abandoned);
        const [open, closed] = [OPEN, CLOSED].map((window) => evaluate(verdictInput({}, counts, { window })).status);
        const pairs = { "at-risk": "missed", met: "met", "no-data": "no-data" };
        expect(pairs[open === "at-risk" ? "at-risk" : open === "met" ? "met" : "no-data"]).toBe(closed);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("of a silent feed has no data, whatever it had so far; a closed one keeps its figure", () => {
    const silentSinceMs = DAY.fromMs + 36_000_000;
    expect(evaluate(verdictInput({}, serviceLevel(100, 100), { window: OPEN, silentSinceMs }))).toMatchObject({
      status: "no-data",
      reason: "The feed is silent although data is due.",
      value: { num: 100, den: 100 },
    });
    expect(evaluate(verdictInput({}, serviceLevel(100, 100), { silentSinceMs })).status).toBe("met");
    expect(evaluate(verdictInput({}, serviceLevel(1, 100), { silentSinceMs })).status).toBe("missed");
  });
});

describe("nothing known", () => {
  it("is never met, in no direction and under no formula", () => {
    const measures: Partial<Target>[] = [
      {},
      { direction: "at-most" },
      AHT,
      { ...AHT, expected: "0 s" },
      { measure: { metric: "csat", method: "mean" }, expected: "4" },
      { expected: "0 %" },
    ];
    for (const target of measures) {
      for (const window of [OPEN, CLOSED]) {
        expect(evaluate(verdictInput(target, null, { window }))).toMatchObject({
          status: "no-data",
          value: null,
          n: 0,
          asOfMs: null,
          reason: "Nothing was handed in for this window.",
        });
      }
    }
  });

  it("a zero denominator is no data, not 0 and not 100 %, and says why", () => {
    const verdict = evaluate(verdictInput({}, serviceLevel(0, 0, 0)));
    expect(verdict).toMatchObject({ status: "no-data", value: null, n: 0 });
    expect(verdict.reason).toContain("no contact in the denominator");
  });

  it("says so where every interval lacks a needed count", () => {
    expect(evaluate(verdictInput({}, null, { days: { incomplete: 96 } }))).toMatchObject({
      status: "no-data",
      reason: "All 96 intervals lack a count that the formula needs.",
    });
  });

  it("a window that is closed all through is not counted", () => {
    expect(evaluate(verdictInput({}, null, { measured: false }))).toMatchObject({
      status: "not-counted",
      reason: "Closed all through this window.",
    });
  });

  it("a version that is not in force does not judge", () => {
    const input = verdictInput({}, serviceLevel(1, 100));
    expect(evaluate({ ...input, term: { from: "2026-03-03", to: null } }).status).toBe("not-counted");
    expect(evaluate({ ...input, term: { from: "2026-01-01", to: "2026-03-01" } }).status).toBe("not-counted");
    expect(evaluate({ ...input, term: { from: "2026-03-02", to: "2026-03-02" } }).status).toBe("missed");
  });

  it("a feed that cannot answer is not derivable, names the missing count and shows the printed figure as a claim", () => {
    const measure = { metric: "service-level", variant: "negative", withinSeconds: 30 } as const;
    const verdict = evaluate(verdictInput({ measure }, serviceLevel(100, 100), { days: { claim: { mantissa: 763, dp: 3 } } }));
    expect(verdict).toMatchObject({ status: "not-derivable", value: null, n: 0, fed: { value: { mantissa: 763, dp: 3 }, agrees: null } });
    expect(verdict.reason).toBe("Not derivable: the feed has no count of calls answered within 30 s.");
  });
});

describe("a small sample", () => {
  it("is not proven and says how many more decide", () => {
    expect(evaluate(verdictInput({ minimumSample: 50 }, serviceLevel(49, 49)))).toMatchObject({
      status: "not-proven",
      needed: 1,
      n: 49,
      reason: "49 of the 50 needed; 1 more decide.",
    });
    expect(evaluate(verdictInput({ minimumSample: 50 }, serviceLevel(50, 50)))).toMatchObject({ status: "met", needed: null });
    expect(evaluate(verdictInput({ minimumSample: 50 }, serviceLevel(10, 50)))).toMatchObject({ status: "missed", needed: null });
  });

  it("of a census is decided by one contact where the agreement asks for no minimum", () => {
    expect(evaluate(verdictInput({}, serviceLevel(1, 1))).status).toBe("met");
  });
});

describe("the trace", () => {
  it("can be checked by hand: version, window, intervals, formula, sums, quotient, verdict", () => {
    const days = { intervals: 1480, outside: 12, incomplete: 3 };
    expect(evaluate(verdictInput({ minimumSample: 100 }, serviceLevel(16_402, 27_060, 3101), { days })).trace).toEqual([
      "Version 1; day from 2026-03-02 in UTC, 2026-03-02T00:00:00Z to 2026-03-03T00:00:00Z.",
      "1,480 intervals of feed calls (all queues) counted.",
      "12 intervals not counted: outside the measured hours.",
      "3 intervals not counted: a count that the formula needs is missing.",
      "Formula: answered within 20 s ÷ (answered + abandoned).",
      "Sums: answered-within-20000 16,402, answered 27,060, abandoned 3,101.",
      "16,402 ÷ 30,161 = 54.381 %; agreed at least 80 %.",
      "Sample 30,161 of at least 100.",
      "missed: On the wrong side at the end of the window.",
    ]);
  });

  it("never shows a figure on the agreed level that misses it", () => {
    expect(evaluate(verdictInput({}, serviceLevel(7_999_996, 10_000_000))).trace).toContain(
      "7,999,996 ÷ 10,000,000 = 79.999 %; agreed at least 80 %.",
    );
    expect(evaluate(verdictInput({}, serviceLevel(8_000_004, 10_000_000))).trace).toContain(
      "8,000,004 ÷ 10,000,000 = 80.000 %; agreed at least 80 %.",
    );
    expect(evaluate(verdictInput(AHT, { "handle-ms": 180_001, answered: 1 })).trace).toContain(
      "180,001 ÷ 1 = 180.01 s; agreed at most 3:00.",
    );
    expect(evaluate(verdictInput({}, serviceLevel(8, 10))).trace).toContain("8 ÷ 10 = 80.000 %; agreed at least 80 %.");
  });
});
