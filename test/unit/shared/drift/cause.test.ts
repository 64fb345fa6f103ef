import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { causeOfChange } from "../../../../shared/drift/cause.ts";
import type { CauseCell, CauseQuestion } from "../../../../shared/drift/cause-cell.ts";
import { kitagawa, type Segment } from "../../../../shared/drift/cause-kitagawa.ts";
import { shapley } from "../../../../shared/drift/cause-shapley.ts";
import { turnover } from "../../../../shared/drift/cause-turnover.ts";
import { Cause } from "../../../../shared/drift/drift-view.ts";

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Volumes and rates of up to eight segments in both windows; some are in one window only. */
const Segments = fc
  .array(
    fc.record({
      n: fc.tuple(fc.nat(1000), fc.nat(1000)),
      rate: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .filter((segments) => [0, 1].every((window) => segments.some(({ n }) => (n[window] ?? 0) > 0)))
  .map((segments) => {
    const [before, after] = [sumOf(segments.map(({ n }) => n[0])), sumOf(segments.map(({ n }) => n[1]))];
    return segments.map(({ n, rate }): Segment => ({ share: [n[0] / before, n[1] / after], rate }));
  });

const changeOf = (segments: readonly Segment[]): number =>
  sumOf(segments.map(({ share, rate }) => share[1] * rate[1] - share[0] * rate[0]));

describe("mix and rate of segments", () => {
  it("are those of the reference's example", () => {
    // alerting-and-drift, vectors "kitagawa", computed there from the printed formula.
    const effects = kitagawa([
      { share: [0.5, 0.4], rate: [0.9, 0.9] },
      { share: [0.3, 0.3], rate: [0.8, 0.76] },
      { share: [0.2, 0.3], rate: [0.7, 0.66] },
    ]);
    for (const [at, mix] of [-0.0092, 0, -0.0128].entries()) expect(effects[at]?.mix).toBeCloseTo(mix, 7);
    for (const [at, rate] of [0, -0.012, -0.01].entries()) expect(effects[at]?.rate).toBeCloseTo(rate, 7);
  });

  it("sum to the change, whatever the segments and their order", () => {
    fc.assert(
      fc.property(Segments, (segments) => {
        const effects = kitagawa(segments);
        expect(Math.abs(sumOf(effects.map(({ mix, rate }) => mix + rate)) - changeOf(segments))).toBeLessThan(1e-12);
        const turned = kitagawa(segments.toReversed()).toReversed();
        for (const [at, { mix, rate }] of effects.entries()) {
          expect(turned[at]?.mix).toBeCloseTo(mix, 12);
          expect(turned[at]?.rate).toBeCloseTo(rate, 12);
        }
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it("keep their rate effects when two segments of one rate become one", () => {
    fc.assert(
      fc.property(Segments, fc.double({ min: 0, max: 1, noNaN: true }), (segments, cut) => {
        const [first, ...others] = segments;
        if (first === undefined) return;
        const halves = [cut, 1 - cut].map((part): Segment => ({ ...first, share: [first.share[0] * part, first.share[1] * part] }));
        const rate = (effects: readonly { rate: number }[]): number => sumOf(effects.map((effect) => effect.rate));
        expect(rate(kitagawa([...halves, ...others]))).toBeCloseTo(rate(kitagawa(segments)), 12);
        expect(rate(kitagawa([...halves, ...others]).slice(2))).toBeCloseTo(rate(kitagawa(segments).slice(1)), 12);
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  it("are all mix where no rate moved", () => {
    fc.assert(
      fc.property(Segments, (segments) => {
        const still = segments.map(({ share, rate }): Segment => ({ share, rate: [rate[0], rate[0]] }));
        for (const { rate } of kitagawa(still)) expect(rate).toBe(0);
      }),
      { numRuns: 100, seed: 6 },
    );
  });
});

describe("who stayed, came and went", () => {
  it("are those of the reference's example: 95 % of the drop is new hires", () => {
    const effects = turnover({
      stayers: [
        { n: 85, rate: 0.86 },
        { n: 75, rate: 0.855 },
      ],
      entrants: { n: 25, rate: 0.7 },
      leavers: { n: 15, rate: 0.84 },
    });
    expect(effects.stayers).toBeCloseTo(-0.005, 12);
    expect(effects.entrants).toBeCloseTo(-0.03875, 12);
    expect(effects.leavers).toBeCloseTo(0.003, 12);
  });

  it("sum to the change even where nobody stayed", () => {
    const Group = fc.record({ n: fc.nat(50), rate: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(Group, Group, Group, Group, (before, after, entrants, leavers) => {
        fc.pre(before.n + leavers.n > 0 && after.n + entrants.n > 0);
        const mean = (a: typeof before, b: typeof before): number => (a.n * a.rate + b.n * b.rate) / (a.n + b.n);
        const effects = turnover({ stayers: [before, after], entrants, leavers });
        expect(sumOf(Object.values(effects))).toBeCloseTo(mean(after, entrants) - mean(before, leavers), 12);
      }),
      { numRuns: 200, seed: 6 },
    );
  });
});

describe("crossed factors", () => {
  it("share the change of a product as the average of all orders", () => {
    const [before, after] = [
      [2, 3, 5],
      [3, 5, 4],
    ];
    const value = (set: number): number[] => [
      sumOf([1]) * [0, 1, 2].reduce((product, at) => product * (((set >> at) & 1) === 1 ? (after?.[at] ?? 0) : (before?.[at] ?? 0)), 1),
    ];
    // By hand: (3-2) * (3*5/3 + 5*5/6 + 3*4/6 + 5*4/3), and so on.
    expect(shapley(3, value).map(([part]) => part)).toEqual([
      expect.closeTo(17.8333333333, 9),
      expect.closeTo(22.3333333333, 9),
      expect.closeTo(-10.1666666667, 9),
    ]);
  });

  it("sum to the change for up to five of them, and no more are taken", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 32, maxLength: 32 }),
        (count, values) => {
          const parts = shapley(count, (set) => [values[set] ?? 0]);
          expect(sumOf(parts.flat())).toBeCloseTo((values[2 ** count - 1] ?? 0) - (values[0] ?? 0), 12);
        },
      ),
      { numRuns: 100, seed: 6 },
    );
    expect(() => shapley(6, () => [0])).toThrow("1 to 5 factors");
  });
});

const Cells = fc.array(
  fc.record({
    queue: fc.constantFrom("Billing", "Sales", "Support"),
    agent: fc.option(fc.constantFrom("a1", "a2", "a3", "a4", "a5", "a6", "a7"), { nil: null, freq: 6 }),
    tenureDays: fc.option(fc.nat(400), { nil: null, freq: 6 }),
    n: fc.nat(300),
    good: fc.double({ min: 0, max: 1, noNaN: true }),
    parts: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);

function cellsOf(
  made: readonly { queue: string; agent: string | null; tenureDays: number | null; n: number; good: number }[],
  isTime: boolean,
): CauseCell[] {
  return made.map(({ good, ...cell }) => {
    if (!isTime) return { ...cell, num: Math.round(cell.n * good) };
    const parts = { talk: Math.round(cell.n * good * 3e5), hold: Math.round(cell.n * 4e4), wrap: Math.round(cell.n * (1 - good) * 6e4) };
    return { ...cell, num: parts.talk + parts.hold + parts.wrap, parts };
  });
}

const Question = fc.record({ before: Cells, after: Cells, isTime: fc.boolean() }).map(({ before, after, isTime }): CauseQuestion => ({
  kind: isTime ? "mean" : "share",
  unit: isTime ? "duration" : "ratio",
  before: { from: "2026-01-05", to: "2026-03-01", cells: cellsOf(before, isTime) },
  after: { from: "2026-03-02", to: "2026-03-29", cells: cellsOf(after, isTime) },
}));

describe("the cause of a change", () => {
  it("is bars that sum to it exactly, for any cells in any order", () => {
    fc.assert(
      fc.property(Question, (question) => {
        const cause = causeOfChange(question);
        if (cause === null) return;
        const { before, after, parts, conclusion } = Cause.parse(cause);
        const scale = Math.max(1e-9, Math.abs(before.value), Math.abs(after.value));
        expect(Math.abs(sumOf(parts.map(({ amount }) => amount)) - (after.value - before.value)) / scale).toBeLessThan(1e-12);
        expect(conclusion).toMatch(/^[^\n]+\.$/u);
        const turned = causeOfChange({
          ...question,
          before: { ...question.before, cells: question.before.cells.toReversed() },
          after: { ...question.after, cells: question.after.cells.toReversed() },
        });
        expect(turned?.conclusion).toBe(conclusion);
        for (const [at, { name, amount }] of parts.entries()) {
          expect(turned?.parts[at]?.name).toBe(name);
          expect(Math.abs((turned?.parts[at]?.amount ?? Number.NaN) - amount) / scale).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 150, seed: 6 },
    );
  });
});
