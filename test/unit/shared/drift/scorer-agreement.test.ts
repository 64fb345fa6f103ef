import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ScoredTwice, scorerAgreement } from "../../../../shared/drift/scorer-agreement.ts";
import { drawNormal } from "../../../../shared/stats/random-draws.ts";
import { randomStream } from "../../../../shared/stats/random.ts";

/** Peak expiratory flow of 17 subjects, first measurement with each meter: Bland and Altman, Lancet 1986, table 1. */
const WRIGHT = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427];
const MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451];

function pair(first: number, second: number, some: Partial<ScoredTwice> = {}): ScoredTwice {
  return { evaluator: null, first, second, critical: [null, null], ...some };
}

function times(count: number, first: boolean, second: boolean): ScoredTwice[] {
  return Array.from({ length: count }, () => pair(1, 1, { critical: [first, second] }));
}

describe("two who score the same", () => {
  it("agree as the two flow meters of Bland and Altman do", () => {
    const { bias, limits, critical, pairs } = scorerAgreement(WRIGHT.map((wright, at) => pair(MINI[at] ?? 0, wright)));
    expect([pairs, critical]).toEqual([17, null]);
    // -2.1, standard deviation 38.8; the paper takes 2 standard deviations for 1.96.
    expect(bias?.mean).toBeCloseTo(-2.1, 1);
    expect(((limits?.high ?? 0) - (limits?.low ?? 0)) / (2 * 1.959964)).toBeCloseTo(38.8, 1);
    // t of 16 degrees of freedom at 90 %: 1.746.
    expect((bias?.high ?? 0) - (bias?.mean ?? 0)).toBeCloseTo((1.7459 * 38.765) / Math.sqrt(17), 1);
  });

  it("agree on critical errors beyond chance by Cohen's kappa: 0.4 where 35 of 50 are alike and half would be by chance", () => {
    const { critical } = scorerAgreement([
      ...times(20, true, true),
      ...times(5, true, false),
      ...times(10, false, true),
      ...times(15, false, false),
    ]);
    expect(critical?.counts).toEqual([20, 5, 10, 15]);
    expect(critical?.kappa).toBeCloseTo(0.4, 12);
    expect(critical?.agreed).toMatchObject({ share: 0.7, low: expect.closeTo(0.5625, 3), high: expect.closeTo(0.809, 3) });
  });

  it("have no kappa where both found nothing at all, and none is made up", () => {
    expect(scorerAgreement(times(12, false, false)).critical).toMatchObject({ kappa: null, agreed: { share: 1 } });
    expect(scorerAgreement([pair(1, 0)])).toMatchObject({ bias: null, limits: null });
    expect(scorerAgreement([])).toEqual({ pairs: 0, bias: null, limits: null, critical: null, evaluators: [] });
  });

  it("cover the true bias in nine of ten samples", () => {
    const runs = 2000;
    const stream = randomStream("bias");
    const held = Array.from({ length: runs }, () =>
      scorerAgreement(Array.from({ length: 12 }, () => pair(0.8, 0.8 - 0.03 + 0.08 * drawNormal(stream)))),
    ).filter(({ bias }) => bias !== null && bias.low <= -0.03 && bias.high >= -0.03).length;
    expect(Math.abs(held / runs - 0.9)).toBeLessThanOrEqual(3 * Math.sqrt(0.09 / runs));
  });

  it("name the evaluator who stands out, and draw the others to the mean where only chance divides them", () => {
    const stream = randomStream("evaluators");
    const by = (evaluator: string, level: number) =>
      Array.from({ length: 15 }, () => pair(0.9, 0.9 + level + 0.05 * drawNormal(stream), { evaluator }));
    const apart = scorerAgreement([...by("a", -0.15), ...by("b", 0), ...by("c", 0.01)]).evaluators;
    expect(apart[0]).toMatchObject({ evaluator: "a", pairs: 15 });
    expect(apart[0]?.shrunken).toBeLessThan(-0.11);
    const same = scorerAgreement(["a", "b", "c", "d"].flatMap((name) => by(name, 0))).evaluators;
    const width = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
    expect(width(same.map(({ shrunken }) => shrunken))).toBeLessThan(0.6 * width(same.map(({ mean }) => mean)));
  });

  it("shrink no mean beyond that of all, whatever the scores", () => {
    const scored = fc.record({
      evaluator: fc.constantFrom("a", "b", "c"),
      first: fc.integer({ min: 0, max: 100 }),
      second: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(scored, { minLength: 1, maxLength: 30 }), (scores) => {
        const pairs = scores.map((each) => pair(each.first, each.second, { evaluator: each.evaluator }));
        const mean = pairs.reduce((sum, { first, second }) => sum + second - first, 0) / pairs.length;
        for (const each of scorerAgreement(pairs).evaluators) {
          const [low, high] = [Math.min(mean, each.mean), Math.max(mean, each.mean)];
          expect(each.shrunken).toBeGreaterThanOrEqual(low - 1e-9);
          expect(each.shrunken).toBeLessThanOrEqual(high + 1e-9);
        }
      }),
    );
  });
});
