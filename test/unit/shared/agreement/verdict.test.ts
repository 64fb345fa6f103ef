import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Target } from "../../../../shared/agreement/agreement.ts";
import { evaluate } from "../../../../shared/agreement/evaluate.ts";
import { Verdict } from "../../../../shared/agreement/verdict.ts";
import { AHT, CLOSED, type Counts, OPEN, serviceLevel, verdictInput } from "../../../support/verdict-input.ts";

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
    expect(evaluate(verdictInput(csat, counts)).status).toBe(status);
  });

  it("carries Wilson's interval: 4 of 5 is 37.6 to 96.4 %", () => {
    const { interval } = evaluate(verdictInput(csat, { "csat-4": 4, "csat-1": 1 }));
    expect(interval?.low).toBeCloseTo(0.3755, 4);
    expect(interval?.high).toBeCloseTo(0.9638, 4);
  });

  it("as a mean is proven by its spread", () => {
    expect(evaluate(verdictInput(mean, { "csat-5": 400, "csat-4": 200 })).status).toBe("met");
    expect(evaluate(verdictInput(mean, { "csat-3": 400, "csat-4": 200 })).status).toBe("missed");
    expect(evaluate(verdictInput(mean, { "csat-3": 1, "csat-4": 2, "csat-5": 1 })).status).toBe("not-proven");
  });

  it("of a single answer knows nothing, and what it says can be stored and read", () => {
    const verdict = evaluate(verdictInput(mean, { "csat-5": 1 }));
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
        const before = evaluate(verdictInput(target, serviceLevel(within, within + late, abandoned), { window })).status;
        const after = evaluate(verdictInput(target, serviceLevel(within + 1, within + late + 1, abandoned), { window })).status;
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
          (some) => evaluate(verdictInput({}, serviceLevel(within, within + late, some))).status,
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
        const { status } = evaluate(verdictInput({ expected: `${perMille / 10} %` }, serviceLevel(within, den)));
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
        const verdict = evaluate(verdictInput(target, all, { days: some, window: open ? OPEN : CLOSED, silentSinceMs: silent ? 0 : null }));
        expect(Verdict.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict);
        if (verdict.value === null) expect(["met", "missed", "at-risk", "not-proven"]).not.toContain(verdict.status);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});
