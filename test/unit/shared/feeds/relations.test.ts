import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreesWithin } from "../../../../shared/feeds/claim-rule.ts";
import { breaksRule, countRulesOf } from "../../../../shared/feeds/count-rules.ts";
import type { CounterId } from "../../../../shared/metrics/counter.ts";
import { roundRatio } from "../../../../shared/stats/round.ts";

function broken(counts: Partial<Record<CounterId, number | null>>, counters: readonly CounterId[]): string[] {
  const values = counters.map((id) => counts[id] ?? null);
  return countRulesOf({ counters, claims: [] }).flatMap((rule) => (breaksRule(rule, values) ? [`${rule.id}: ${rule.fault.message}`] : []));
}

describe("counts of one row", () => {
  it("within a limit are bounded by the next longer limit, and the longest by the total", () => {
    const counters: CounterId[] = ["answered", "answered-within-60000", "answered-within-20000"];
    expect(broken({ answered: 10, "answered-within-60000": 8, "answered-within-20000": 9 }, counters)).toEqual([
      "answered-within-20000: is too large: answered-within-20000 exceeds answered-within-60000",
    ]);
    expect(broken({ answered: 7, "answered-within-60000": 8, "answered-within-20000": 8 }, counters)).toEqual([
      "answered-within-60000: is too large: answered-within-60000 exceeds answered",
    ]);
  });

  it("of abandoned contacts are not bounded by those of answered ones", () => {
    expect(broken({ answered: 1, abandoned: 9, "abandoned-within-5000": 9 }, ["answered", "abandoned", "abandoned-within-5000"])).toEqual(
      [],
    );
  });

  it.each<[CounterId, CounterId]>([
    ["adherent-ms", "scheduled-ms"],
    ["covered-ms", "required-ms"],
    ["fcr-resolved", "fcr-asked"],
    ["without-compliance-error", "monitored"],
    ["calibration-matches", "calibration-items"],
    ["repeats-7d", "repeat-base-7d"],
    ["survived-90d", "starters-matured-90d"],
    ["handled-tenure-under-90d", "handled"],
    ["qa-points-earned-v3", "qa-points-possible-v3"],
  ])("%s is a part of %s", (part, whole) => {
    expect(broken({ [part]: 5, [whole]: 5 }, [part, whole])).toEqual([]);
    expect(broken({ [part]: 6, [whole]: 5 }, [part, whole])).toEqual([`${part}: is too large: ${part} exceeds ${whole}`]);
  });

  it("of one form or window are not bounded by another's", () => {
    expect(broken({ "qa-points-earned-v3": 6, "qa-points-possible-v2": 5 }, ["qa-points-earned-v3", "qa-points-possible-v2"])).toEqual([]);
    expect(broken({ "repeats-7d": 6, "repeat-base-30d": 5 }, ["repeats-7d", "repeat-base-30d"])).toEqual([]);
  });

  it("that are missing break no rule", () => {
    expect(broken({ answered: 10, abandoned: 5 }, ["offered", "answered", "abandoned"])).toEqual([]);
    expect(broken({ offered: 10, answered: null, abandoned: 5 }, ["offered", "answered", "abandoned"])).toEqual([]);
  });
});

describe("a printed figure", () => {
  it("agrees with the exact ratio from which it was rounded, either way", () => {
    const ratio = fc
      .integer({ min: 1, max: 10 ** 9 })
      .chain((den) => fc.record({ num: fc.integer({ min: 0, max: den }), den: fc.constant(den) }));
    fc.assert(
      fc.property(ratio, fc.integer({ min: 0, max: 11 }), ({ num, den }, dp) => {
        const printed = roundRatio({ num, den }, dp, "half-up");
        expect(agreesWithin(printed, num, den)).toBe(true);
        expect(agreesWithin({ mantissa: printed.mantissa + 2, dp }, num, den)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [95, 2, 206, 218, false],
    [96, 2, 212, 222, false],
    [99, 2, 131, 133, false],
    [9401, 4, 204, 217, true],
    [94, 2, 204, 217, true],
    [5, 1, 9, 20, true],
    [4, 1, 9, 20, true],
    [3, 1, 9, 20, false],
  ])("of %i / 10^%i beside %i / %i: %s", (mantissa, dp, num, den, agrees) => expect(agreesWithin({ mantissa, dp }, num, den)).toBe(agrees));
});
