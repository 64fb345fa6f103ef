import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Target } from "../../../../shared/agreement/agreement.ts";
import type { DaySums } from "../../../../shared/agreement/day-sums.ts";
import { evaluate } from "../../../../shared/agreement/evaluate.ts";
import { Verdict, type VerdictWindow } from "../../../../shared/agreement/verdict.ts";
import type { CounterId } from "../../../../shared/metrics/counter.ts";
import { buildTarget, contextOf, intervalFeed } from "../../../support/target-case.ts";

const DAY = {
  kind: "day",
  start: "2026-03-02",
  fromMs: Date.parse("2026-03-02T00:00:00Z"),
  toMs: Date.parse("2026-03-03T00:00:00Z"),
} as const;
const CLOSED: VerdictWindow = { ...DAY, open: false };
const OPEN: VerdictWindow = { ...DAY, open: true };

const AHT: Partial<Target> = { measure: { metric: "aht" }, direction: "at-most", expected: "3:00" };
const FEED = intervalFeed([
  "offered",
  "answered",
  "abandoned",
  "answered-within-20000",
  "handle-ms",
  "csat-1",
  "csat-2",
  "csat-3",
  "csat-4",
  "csat-5",
]);

type Input = Parameters<typeof evaluate>[0];
type Counts = Partial<Record<CounterId, number>>;

/** The input of one target whose counters stand at `counts`; `null` stands for a day without any interval. */
function input(
  target: Partial<Target>,
  counts: Counts | null,
  change: Partial<Omit<Input, "sums">> & { days?: Partial<DaySums> } = {},
): Input {
  const { agreement, targets } = contextOf([buildTarget(target)], {}, [FEED]);
  const [compiled] = targets;
  if (compiled === undefined) throw new Error("the context has no target");
  const { days = {}, ...rest } = change;
  const totals = compiled.counters.map((id) => counts?.[id] ?? 0);
  const sums: DaySums = {
    intervals: counts === null ? 0 : 4,
    incomplete: 0,
    outside: 0,
    totals,
    lastStartMs: counts === null ? null : DAY.fromMs,
    claim: null,
    ...days,
  };
  return {
    agreement,
    compiled,
    window: CLOSED,
    sums,
    measured: true,
    intervalMs: 900_000,
    receivedMs: DAY.toMs,
    silentSinceMs: null,
    ...rest,
  };
}

function serviceLevel(within: number, answered: number, abandoned = 0): Counts {
  return { "answered-within-20000": within, answered, abandoned };
}

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
    expect(evaluate(input(target, counts)).status).toBe(status);
  });

  it.each([
    ["half up to whole percent", { dp: 0, mode: "half-up" }, serviceLevel(795, 1000), "met"],
    ["half up, but not enough", { dp: 0, mode: "half-up" }, serviceLevel(7949, 10_000), "missed"],
    ["down to one decimal", { dp: 1, mode: "down" }, serviceLevel(79_999, 100_000), "missed"],
    ["half up to one decimal", { dp: 1, mode: "half-up" }, serviceLevel(79_950, 100_000), "met"],
  ] as const)("is rounded %s only because the agreement says so", (_, rounding, counts, status) => {
    expect(evaluate(input({ rounding }, counts)).status).toBe(status);
    expect(evaluate(input({}, counts)).status).toBe("missed");
    expect(evaluate(input({ rounding }, counts)).trace.join("\n")).toContain("as agreed");
  });

  it.each([
    ["whole seconds", { dp: 0, mode: "half-up" }, 180_499, "met"],
    ["whole seconds, up", { dp: 0, mode: "half-up" }, 180_500, "missed"],
    ["whole seconds, down", { dp: 0, mode: "down" }, 180_999, "met"],
    ["tenths", { dp: 1, mode: "half-up" }, 180_049, "met"],
    ["tenths, up", { dp: 1, mode: "half-up" }, 180_050, "missed"],
    ["milliseconds", { dp: 3, mode: "half-up" }, 180_001, "missed"],
  ] as const)("of a duration is rounded to %s", (_, rounding, ms, status) => {
    expect(evaluate(input({ ...AHT, rounding }, { "handle-ms": ms, answered: 1 })).status).toBe(status);
  });

  it("tells a figure beyond the minimum too from one that only misses the target", () => {
    const target = { minimum: "70 %" };
    expect(evaluate(input(target, serviceLevel(75, 100)))).toMatchObject({ status: "missed", belowMinimum: false });
    expect(evaluate(input(target, serviceLevel(70, 100)))).toMatchObject({ status: "missed", belowMinimum: false });
    expect(evaluate(input(target, serviceLevel(69, 100)))).toMatchObject({ status: "missed", belowMinimum: true });
  });
});

describe("an open window", () => {
  it("is at risk where a closed one is missed, and met so far where a closed one is met", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(40), (within, late, abandoned) => {
        const counts = serviceLevel(within, within + late, abandoned);
        const [open, closed] = [OPEN, CLOSED].map((window) => evaluate(input({}, counts, { window })).status);
        const pairs = { "at-risk": "missed", met: "met", "no-data": "no-data" };
        expect(pairs[open === "at-risk" ? "at-risk" : open === "met" ? "met" : "no-data"]).toBe(closed);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("of a silent feed has no data, whatever it had so far; a closed one keeps its figure", () => {
    const silentSinceMs = DAY.fromMs + 36_000_000;
    expect(evaluate(input({}, serviceLevel(100, 100), { window: OPEN, silentSinceMs }))).toMatchObject({
      status: "no-data",
      reason: "The feed is silent although data is due.",
      value: { num: 100, den: 100 },
    });
    expect(evaluate(input({}, serviceLevel(100, 100), { silentSinceMs })).status).toBe("met");
    expect(evaluate(input({}, serviceLevel(1, 100), { silentSinceMs })).status).toBe("missed");
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
        expect(evaluate(input(target, null, { window }))).toMatchObject({
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
    const verdict = evaluate(input({}, serviceLevel(0, 0, 0)));
    expect(verdict).toMatchObject({ status: "no-data", value: null, n: 0 });
    expect(verdict.reason).toContain("no contact in the denominator");
  });

  it("says so where every interval lacks a needed count", () => {
    expect(evaluate(input({}, null, { days: { incomplete: 96 } }))).toMatchObject({
      status: "no-data",
      reason: "All 96 intervals lack a count that the formula needs.",
    });
  });

  it("a window that is closed all through is not counted", () => {
    expect(evaluate(input({}, null, { measured: false }))).toMatchObject({
      status: "not-counted",
      reason: "Closed all through this window.",
    });
  });

  it("a version that is not in force does not judge", () => {
    const { agreement, ...rest } = input({}, serviceLevel(1, 100));
    expect(evaluate({ ...rest, agreement: { ...agreement, effectiveFrom: "2026-03-03" } }).status).toBe("not-counted");
    expect(evaluate({ ...rest, agreement: { ...agreement, effectiveTo: "2026-03-01" } }).status).toBe("not-counted");
    expect(evaluate({ ...rest, agreement: { ...agreement, effectiveFrom: "2026-03-02", effectiveTo: "2026-03-02" } }).status).toBe(
      "missed",
    );
  });

  it("a feed that cannot answer is not derivable, names the missing count and shows the printed figure as a claim", () => {
    const measure = { metric: "service-level", variant: "negative", withinSeconds: 30 } as const;
    const verdict = evaluate(input({ measure }, serviceLevel(100, 100), { days: { claim: { mantissa: 763, dp: 3 } } }));
    expect(verdict).toMatchObject({ status: "not-derivable", value: null, n: 0, fed: { value: { mantissa: 763, dp: 3 }, agrees: null } });
    expect(verdict.reason).toBe("Not derivable: the feed has no count of calls answered within 30 s.");
  });
});

describe("a small sample", () => {
  it("is not proven and says how many more decide", () => {
    expect(evaluate(input({ minimumSample: 50 }, serviceLevel(49, 49)))).toMatchObject({
      status: "not-proven",
      needed: 1,
      n: 49,
      reason: "49 of the 50 needed; 1 more decide.",
    });
    expect(evaluate(input({ minimumSample: 50 }, serviceLevel(50, 50)))).toMatchObject({ status: "met", needed: null });
    expect(evaluate(input({ minimumSample: 50 }, serviceLevel(10, 50)))).toMatchObject({ status: "missed", needed: null });
  });

  it("of a census is decided by one contact where the agreement asks for no minimum", () => {
    expect(evaluate(input({}, serviceLevel(1, 1))).status).toBe("met");
  });
});

describe("a sampled metric", () => {
  const csat: Partial<Target> = { measure: { metric: "csat", method: "top-2-box" }, expected: "80 %" };
  const mean: Partial<Target> = { measure: { metric: "csat", method: "mean" }, expected: "4" };

  it.each([
    ["4 of 5 satisfied do not prove 80 %", { "csat-4": 4, "csat-1": 1 }, "not-proven"],
    ["5 of 5 do not prove it either", { "csat-5": 5 }, "not-proven"],
    ["900 of 1,000 do", { "csat-5": 900, "csat-2": 100 }, "met"],
    ["700 of 1,000 disprove it", { "csat-5": 700, "csat-2": 300 }, "missed"],
    ["800 of 1,000 leave it open", { "csat-5": 800, "csat-2": 200 }, "not-proven"],
  ] as const)("%s", (_, counts, status) => {
    expect(evaluate(input(csat, counts)).status).toBe(status);
  });

  it("carries Wilson's interval: 4 of 5 is 37.6 to 96.4 %", () => {
    const { interval } = evaluate(input(csat, { "csat-4": 4, "csat-1": 1 }));
    expect(interval?.low).toBeCloseTo(0.3755, 4);
    expect(interval?.high).toBeCloseTo(0.9638, 4);
  });

  it("as a mean is proven by its spread", () => {
    expect(evaluate(input(mean, { "csat-5": 400, "csat-4": 200 })).status).toBe("met");
    expect(evaluate(input(mean, { "csat-3": 400, "csat-4": 200 })).status).toBe("missed");
    expect(evaluate(input(mean, { "csat-3": 1, "csat-4": 2, "csat-5": 1 })).status).toBe("not-proven");
  });

  it("of a single answer knows nothing, and what it says can be stored and read", () => {
    const verdict = evaluate(input(mean, { "csat-5": 1 }));
    expect(verdict).toMatchObject({ status: "not-proven", interval: { low: 1, high: 5 } });
    expect(Verdict.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict);
  });
});

describe("properties of a verdict", () => {
  const counts = fc.tuple(fc.nat(500), fc.nat(500), fc.nat(200)).map(([within, late, abandoned]) => ({ within, late, abandoned }));
  const rank = { missed: 0, met: 1 };

  it("a contact more that is answered in time never worsens an at-least target", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 99 }), fc.boolean(), ({ within, late, abandoned }, percent, open) => {
        const target = { expected: `${percent} %` };
        const window = open ? OPEN : CLOSED;
        const before = evaluate(input(target, serviceLevel(within, within + late, abandoned), { window })).status;
        const after = evaluate(input(target, serviceLevel(within + 1, within + late + 1, abandoned), { window })).status;
        if (before === "met") expect(after).toBe("met");
        expect(after).not.toBe("no-data");
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it("an abandoned contact more never betters it", () => {
    fc.assert(
      fc.property(counts, ({ within, late, abandoned }) => {
        const [before, after] = [abandoned, abandoned + 1].map(
          (some) => evaluate(input({}, serviceLevel(within, within + late, some))).status,
        );
        if (before === "missed" || before === "met") expect(rank[after === "met" ? "met" : "missed"]).toBeLessThanOrEqual(rank[before]);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it("decides exactly as integers do", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.integer({ min: 0, max: 1000 }), (within, late, perMille) => {
        const den = within + late;
        const { status } = evaluate(input({ expected: `${perMille / 10} %` }, serviceLevel(within, den)));
        if (den > 0) expect(status).toBe(BigInt(within) * 1000n >= BigInt(perMille) * BigInt(den) ? "met" : "missed");
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it("survives its schema and JSON, whatever it says", () => {
    const days = fc.record({
      intervals: fc.nat(3),
      incomplete: fc.nat(3),
      outside: fc.nat(3),
      claim: fc.oneof(fc.constant(null), fc.record({ mantissa: fc.nat(100), dp: fc.nat(4) })),
    });
    const targets = fc.constantFrom<Partial<Target>>({}, { minimumSample: 300, minimum: "50 %" }, AHT, {
      measure: { metric: "csat", method: "mean" },
      expected: "4",
    });
    fc.assert(
      fc.property(targets, counts, days, fc.boolean(), fc.boolean(), (target, { within, late, abandoned }, some, open, silent) => {
        const all: Counts = {
          ...serviceLevel(within, within + late, abandoned),
          "handle-ms": within * 1000,
          "csat-5": within,
          "csat-1": late,
        };
        const verdict = evaluate(input(target, all, { days: some, window: open ? OPEN : CLOSED, silentSinceMs: silent ? 0 : null }));
        expect(Verdict.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict);
        if (verdict.value === null) expect(["met", "missed", "at-risk", "not-proven"]).not.toContain(verdict.status);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe("the trace", () => {
  it("can be checked by hand: version, window, intervals, formula, sums, quotient, verdict", () => {
    const days = { intervals: 1480, outside: 12, incomplete: 3 };
    expect(evaluate(input({ minimumSample: 100 }, serviceLevel(16_402, 27_060, 3101), { days })).trace).toEqual([
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
    expect(evaluate(input({}, serviceLevel(7_999_996, 10_000_000))).trace).toContain(
      "7,999,996 ÷ 10,000,000 = 79.999 %; agreed at least 80 %.",
    );
    expect(evaluate(input({}, serviceLevel(8_000_004, 10_000_000))).trace).toContain(
      "8,000,004 ÷ 10,000,000 = 80.000 %; agreed at least 80 %.",
    );
    expect(evaluate(input(AHT, { "handle-ms": 180_001, answered: 1 })).trace).toContain("180,001 ÷ 1 = 180.01 s; agreed at most 3:00.");
    expect(evaluate(input({}, serviceLevel(8, 10))).trace).toContain("8 ÷ 10 = 80.000 %; agreed at least 80 %.");
  });
});
