import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { goodNeeded, goodShare, headroomOf, type Limit, limitOf } from "../../../../shared/outlook/limit.ts";
import { compareRatio } from "../../../../shared/stats/ratio.ts";
import { compareDecimal, roundRatio } from "../../../../shared/stats/round.ts";

const RUNS = { numRuns: 1000 };
const side = fc.constantFrom<Limit["side"]>("at-least", "at-most");
const level = fc.record({ mantissa: fc.integer({ min: 1, max: 999 }), dp: fc.constant(3) });
const rounding = fc.option(
  fc.record({ places: fc.integer({ min: 0, max: 4 }), mode: fc.constantFrom<"down" | "half-up">("down", "half-up") }),
);
type Rule = Parameters<typeof limitOf>;

/** The comparison as an evaluation makes it: round as agreed, then compare. */
function isKept([agreed, decimal, rule]: Rule, figure: { num: number; den: number }): boolean {
  const compared = rule === null ? compareRatio(figure, decimal) : compareDecimal(roundRatio(figure, rule.places, rule.mode), decimal);
  return agreed === "at-least" ? compared >= 0 : compared <= 0;
}

function isKeptWith(rule: Rule, good: number, n: number): boolean {
  return isKept(rule, { num: rule[0] === "at-least" ? good : n - good, den: n });
}

describe("how many good ones are needed", () => {
  const eighty = limitOf("at-least", { mantissa: 80, dp: 2 }, null);

  it("80 % of 58,503 calls need 46,803; after 34,069 of 43,180 that is 12,734 of 15,323, 83.1 % (design story)", () => {
    const need = goodNeeded(eighty, 58_503) - 34_069;
    expect([goodNeeded(eighty, 58_503), need, (need / 15_323).toFixed(3)]).toEqual([46_803, 12_734, "0.831"]);
  });

  it("850 of 1,000 at 80 % can afford 62 more misses in a row (domain reference 3.4)", () => {
    expect(headroomOf(eighty, { good: 850, n: 1000 })).toBe(62);
  });

  it("at most 5 % abandoned is 95 % not abandoned", () => {
    const five = limitOf("at-most", { mantissa: 5, dp: 2 }, null);
    expect([goodShare(five), goodNeeded(five, 1000), headroomOf(five, { good: 960, n: 1000 })]).toEqual([0.95, 950, 10]);
  });

  it("rounded half up to whole percents, 79.5 % is enough for 80 % and 5.5 % is too much for 5 %", () => {
    const whole = { places: 2, mode: "half-up" } as const;
    expect(goodNeeded(limitOf("at-least", { mantissa: 8, dp: 1 }, whole), 1000)).toBe(795);
    expect(goodNeeded(limitOf("at-most", { mantissa: 5, dp: 2 }, whole), 1000)).toBe(946);
  });

  it("any share good is affordable where none is asked", () => {
    expect(headroomOf(limitOf("at-least", { mantissa: 0, dp: 0 }, null), { good: 0, n: 10 })).toBeNull();
  });

  it("is the first number with which the rounded comparison holds", () => {
    fc.assert(
      fc.property(side, level, rounding, fc.integer({ min: 1, max: 5000 }), (agreed, decimal, rule, n) => {
        const need = goodNeeded(limitOf(agreed, decimal, rule), n);
        if (need <= n && need >= 0) expect(isKeptWith([agreed, decimal, rule], need, n)).toBe(true);
        if (need >= 1 && need <= n + 1) expect(isKeptWith([agreed, decimal, rule], need - 1, n)).toBe(false);
      }),
      RUNS,
    );
  });

  it("headroom is the most misses in a row after which the comparison still holds, counted one by one", () => {
    fc.assert(
      fc.property(side, level, rounding, fc.integer({ min: 1, max: 60 }), fc.nat({ max: 60 }), (agreed, decimal, rule, n, some) => {
        const good = Math.min(n, some);
        const limit = limitOf(agreed, decimal, rule);
        const headroom = headroomOf(limit, { good, n });
        if (headroom === null || headroom > 2000) return;
        let misses = 0;
        while (isKeptWith([agreed, decimal, rule], good, n + misses + 1)) misses++;
        expect(headroom).toBe(misses);
      }),
      RUNS,
    );
  });
});
