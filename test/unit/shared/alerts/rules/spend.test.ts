import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  burnOf,
  fastestBurn,
  fastestSpend,
  type SpendRule,
  spendRulesOf,
  usualRules,
} from "../../../../../shared/alerts/rules/spend-rules.ts";
import {
  chanceOfMore,
  isOverspent,
  isRecovered,
  mayBeOverspent,
  type Piece,
  type Spending,
  spentBy,
  tailOf,
} from "../../../../../shared/alerts/rules/spending.ts";

const MONTH_HOURS = 720;
/** 1 March 2026. */
const FIRST = 20_513;

function pieces(of: readonly (readonly [n: number, bad: number])[], perDay = 20): Piece[] {
  return of.map(([n, bad], i) => ({ at: FIRST + Math.floor(i / perDay), n, bad }));
}

function spending(change: Partial<Spending>): Spending {
  return { pieces: [], earlier: [], volume: 10_000, allowed: 0.2, ...change };
}

function fires(rule: SpendRule, change: Partial<Spending>): boolean {
  const spent = spentBy(rule, spending(change));
  return spent !== null && isOverspent(rule, spent, spending(change));
}

const FAST: SpendRule = { id: "2-percent", volume: 0.02, budget: 0.06, severity: "high" };

/** Added up term by term, as the definition of the binomial distribution has it. */
function naiveTail(bad: number, n: number, p: number): number {
  let [sum, ways] = [0, 1];
  for (let k = 0; k <= n; k++) {
    if (k >= bad) sum += ways * p ** k * (1 - p) ** (n - k);
    ways = (ways * (n - k)) / (k + 1);
  }
  return sum;
}

describe("the fastest spend of a budget of misses", () => {
  it("is the reference's table: hours of a month of 720 in which 2, 5 and 10 % can be gone at the earliest", () => {
    const table = [0.8, 0.85, 0.9, 0.95, 0.97, 0.99].map((level) => [
      Number(fastestBurn(1 - level).toFixed(2)),
      ...[0.02, 0.05, 0.1].map((share) => Number((fastestSpend(share, 1 - level) * MONTH_HOURS).toFixed(2))),
    ]);
    expect(table).toEqual([
      [5, 2.88, 7.2, 14.4],
      [6.67, 2.16, 5.4, 10.8],
      [10, 1.44, 3.6, 7.2],
      [20, 0.72, 1.8, 3.6],
      [33.33, 0.43, 1.08, 2.16],
      [100, 0.14, 0.36, 0.72],
    ]);
  });

  it("bounds the usual rules: 3, 2.2 and 1.6 times the even pace for 80 %, those of the SRE workbook for 99 %", () => {
    const paces = (level: number) => usualRules(1 - level).map((rule) => Number(burnOf(rule).toFixed(3)));
    expect([0.4, 0.5, 0.8, 0.9, 0.95, 0.99].map(paces)).toEqual([
      [],
      [1.2, 1.12, 1.06],
      [3, 2.2, 1.6],
      [6, 4, 2.5],
      [12, 6, 3],
      [14.4, 6, 3],
    ]);
    expect(usualRules(0.2).map(({ id, severity }) => `${id} ${severity}`)).toEqual([
      "2-percent high",
      "10-percent high",
      "30-percent warning",
    ]);
  });

  it("is the agreement's own rules where it has some", () => {
    const alerts = {
      escalation: {},
      acknowledgedFor: {},
      hours: "service",
      spend: [{ volume: 0.025, budget: 0.1, severity: "critical" }],
    } as const;
    expect(spendRulesOf({ ...alerts, spend: [...alerts.spend] }, 0.2)).toEqual([
      { id: "2.5-percent", volume: 0.025, budget: 0.1, severity: "critical" },
    ]);
  });
});

describe("a budget rule", () => {
  const even = pieces(Array.from({ length: 200 }, () => [20, 2] as const));

  it("is met by misses that have spent the share in the latest volume, still do, and are no chance", () => {
    expect(fires(FAST, { pieces: even })).toBe(false);
    // 200 contacts are 2 % of the month: 160 misses are 8 % of the 2,000 that may miss.
    expect(fires(FAST, { pieces: [...even, ...pieces(Array.from({ length: 10 }, () => [20, 16] as const))] })).toBe(true);
    // The latest twelfth has recovered.
    expect(fires(FAST, { pieces: [...even, ...pieces([...Array.from({ length: 9 }, () => [20, 18] as const), [20, 0]])] })).toBe(false);
  });

  it("counts what the volume allows, not what a coarse day makes of it", () => {
    expect(
      tailOf(
        pieces([
          [50, 1],
          [50, 2],
          [50, 3],
        ]),
        60,
      ),
    ).toMatchObject({ n: 100, bad: 5 });
    expect(spentBy(FAST, spending({ pieces: pieces([[400, 320]]) }))).toMatchObject({ n: 400, bad: 320, burn: 4, budget: 0.08 });
  });

  it("is over when the latest misses come no faster than evenly, or half way back, and not where it came", () => {
    const at = (budget: number, lately: number) => isRecovered(FAST, { n: 1, bad: 1, burn: 1, budget, lately });
    expect([at(0.059, 2), at(0.041, 2), at(0.04, 2), at(0.08, 1.01), at(0.08, 1)]).toEqual([false, false, true, false, true]);
  });

  it("weighs chance as the binomial distribution has it", () => {
    const rule = { ...FAST, volume: 0.01, budget: 0.02 };
    const apart = (n: number, bad: number) => Array.from({ length: n }, (_, i): Piece => ({ at: FIRST + i, n: 1, bad: i < bad ? 1 : 0 }));
    for (const [n, bad] of [
      [10, 4],
      [10, 8],
      [40, 20],
      [60, 38],
    ] as const)
      expect(chanceOfMore(rule, spending({ volume: 100 * n, pieces: apart(n, bad) }))).toBeCloseTo(naiveTail(bad, n, 0.4), 6);
  });

  it("takes the unlikeness of the days before into account, and not that of the day in question", () => {
    const rule = { ...FAST, volume: 0.01, budget: 0.02 };
    const days = (shares: readonly number[]) =>
      shares.map((share, i): Piece => ({ at: FIRST - shares.length + i, n: 200, bad: 200 * share }));
    const bad = { volume: 6000, pieces: pieces([[60, 38]]) };
    const alike = chanceOfMore(rule, spending({ ...bad, earlier: days(Array.from({ length: 28 }, () => 0.2)) }));
    const unlike = chanceOfMore(
      rule,
      spending({ ...bad, earlier: days(Array.from({ length: 28 }, (_, i) => (i % 3 === 0 ? 0.5 : 0.05))) }),
    );
    expect(alike).toBeLessThan(0.01);
    expect(unlike).toBeGreaterThan(0.05);
    expect(
      fires(FAST, {
        pieces: [
          ...days([0.2, 0.2, 0.2, 0.2]),
          ...pieces([
            [100, 90],
            [100, 90],
          ]),
        ],
      }),
    ).toBe(true);
  });

  it("can be met for every level from 50 to 99 %: all of a stretch missing meets every usual rule", () => {
    const aStretch = fc.record({
      level: fc.integer({ min: 500, max: 990 }),
      volume: fc.integer({ min: 3000, max: 500_000 }),
    });
    fc.assert(
      fc.property(aStretch, ({ level, volume }) => {
        const allowed = 1 - level / 1000;
        const size = Math.ceil(volume / 1000);
        const all = pieces(
          Array.from({ length: 320 }, () => [size, size] as const),
          30,
        );
        const rules = usualRules(allowed);
        expect(rules).toHaveLength(3);
        for (const rule of rules) {
          expect(burnOf(rule)).toBeLessThanOrEqual(0.6 * fastestBurn(allowed) + 1e-9);
          expect(fires(rule, { pieces: all, volume, allowed })).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is never met by one bad call of a quiet half hour, however strict the level and small the month", () => {
    const quiet = fc.record({
      level: fc.integer({ min: 450, max: 999 }),
      volume: fc.integer({ min: 1, max: 20_000 }),
      before: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 60 }),
    });
    fc.assert(
      fc.property(quiet, ({ level, volume, before }) => {
        const allowed = 1 - level / 1000;
        const calls = pieces([...before.map((n) => [n, 0] as const), [1, 1]]);
        for (const rule of usualRules(allowed)) expect(fires(rule, { pieces: calls, volume, allowed })).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("is met by a trickle of days that no single hour shows", () => {
    const trickle = pieces(Array.from({ length: 300 }, () => [10, 4] as const));
    const slow = usualRules(0.2).at(-1);
    expect(slow === undefined ? null : fires(slow, { pieces: trickle })).toBe(true);
    expect(fires(FAST, { pieces: trickle })).toBe(false);
  });

  it("is looked at closely wherever it may be met", () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(some, fc.integer({ min: 500, max: 20_000 }), (raw, volume) => {
        const fine = pieces(raw.map(([n, share]) => [n, Math.round(n * share)] as const));
        const coarse = [...Map.groupBy(fine, ({ at }) => at)].map(([at, same]) => ({
          at,
          n: same.reduce((sum, { n }) => sum + n, 0),
          bad: same.reduce((sum, { bad }) => sum + bad, 0),
        }));
        for (const rule of usualRules(0.2))
          if (fires(rule, { pieces: fine, volume })) expect(mayBeOverspent(rule, spending({ pieces: coarse, volume }))).toBe(true);
      }),
    );
  });
});
