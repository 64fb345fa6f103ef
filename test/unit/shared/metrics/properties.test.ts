import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../../../shared/metrics/catalogue.ts";
import { type CounterId, mergeOf } from "../../../../shared/metrics/counter.ts";
import { type Figure, formatExpected, formatFigure, formatGap } from "../../../../shared/metrics/format.ts";
import { countersOf, evaluateFormula, formulasOf } from "../../../../shared/metrics/formula.ts";
import type { Formula } from "../../../../shared/metrics/measure.ts";
import { compareRatio } from "../../../../shared/stats/ratio.ts";
import { METRIC_CASES } from "../../../support/metric-cases.ts";

const RUNS = { numRuns: 1000, seed: 3 };
const FORMULAS = CATALOGUE.flatMap(({ variants }) => variants.flatMap(({ measure }) => formulasOf(measure)));
const anyFormula = fc.constantFrom(...FORMULAS);
const count = fc.integer({ min: 0, max: 10_000 });

type Totals = ReadonlyMap<CounterId, number>;

function totalsOf(formula: Formula, values: readonly number[]): Totals {
  return new Map(countersOf(formula).map((id, i) => [id, values[i] ?? 0]));
}

/** Intervals of one queue, in order of time, as one. */
function merged(parts: readonly Totals[], formula: Formula): Totals {
  return new Map(
    countersOf(formula).map((id) => {
      const values = parts.map((part) => part.get(id) ?? 0);
      const merge = mergeOf(id);
      const sum = values.reduce((a, b) => a + b, 0);
      return [id, merge === "sum" ? sum : merge === "max" ? Math.max(...values) : (values.at(-1) ?? 0)];
    }),
  );
}

const anyParts = anyFormula.chain((formula) => {
  const part = fc.array(count, { minLength: countersOf(formula).length, maxLength: countersOf(formula).length });
  return fc.record({
    formula: fc.constant(formula),
    parts: fc.array(
      part.map((values) => totalsOf(formula, values)),
      { minLength: 2, maxLength: 6 },
    ),
    cut: fc.nat(),
  });
});

describe("formulas", () => {
  it("a whole is what its parts make, wherever it is cut", () => {
    fc.assert(
      fc.property(anyParts, ({ formula, parts, cut }) => {
        const at = 1 + (cut % (parts.length - 1));
        const halves = [merged(parts.slice(0, at), formula), merged(parts.slice(at), formula)];
        expect(evaluateFormula(formula, merged(halves, formula))).toEqual(evaluateFormula(formula, merged(parts, formula)));
      }),
      RUNS,
    );
  });

  it("integers in, an exact quotient with a positive denominator out, or nothing at all", () => {
    fc.assert(
      fc.property(anyParts, ({ formula, parts: [part = new Map()] }) => {
        const found = evaluateFormula(formula, part);
        if (found === null) return;
        expect([found.value.num, found.value.den, found.n].every(Number.isSafeInteger)).toBe(true);
        expect(found.value.den).toBeGreaterThan(0);
        expect(found.n).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });

  it("where parts are parts of their whole, a share lies in 0 to 1, a score in 1 to 5 and points in -100 to 100", () => {
    const scales = { ratio: [0, 1], score: [1, 5], points: [-100, 100], duration: [0, Infinity], count: [0, Infinity] } as const;
    const consistent = METRIC_CASES.filter(({ measure }) => !["conformance", "attrition"].includes(measure.metric));
    fc.assert(
      fc.property(
        fc.constantFrom(...consistent),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }),
        ({ measure, counts }, weights) => {
          const [formula] = formulasOf(measure);
          const given = new Map<string, number | undefined>(Object.entries(counts));
          const parts = weights.map((weight) =>
            totalsOf(
              formula,
              countersOf(formula).map((id) => (given.get(id) ?? 0) * weight),
            ),
          );
          const found = evaluateFormula(formula, merged(parts, formula));
          const figure = found === null ? NaN : found.value.num / found.value.den;
          const [low, high] = scales[formula.unit];
          expect(figure).toBeGreaterThanOrEqual(low);
          expect(figure).toBeLessThanOrEqual(high);
        },
      ),
      RUNS,
    );
  });
});

/** A shown figure in the unit of its value, and half of its last digit. */
function readBack(text: string, unit: Figure["unit"]): number {
  const plain = text.replaceAll(/[,\u00a0%s]/gu, "").replace("−", "-");
  if (unit === "ratio") return Number(plain) / 100;
  if (unit !== "duration") return Number(plain);
  const parts = plain.split(":").map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0) * 1000;
}

const anyUnit = fc.constantFrom("ratio", "duration", "score", "points", "count");

/** A figure near its levels more often than not: there rounding could lie. Durations have levels of whole seconds. */
const anyFigure: fc.Arbitrary<Figure> = fc
  .record({
    unit: anyUnit,
    direction: fc.constantFrom("at-least", "at-most", "within"),
    dp: fc.integer({ min: 0, max: 2 }),
    level: fc.integer({ min: 1, max: 900 }),
    width: fc.integer({ min: 1, max: 300 }),
    near: fc.integer({ min: -50_000, max: 50_000 }),
    far: fc.boolean(),
  })
  .map(({ unit, direction, dp, level, width, near, far }) => {
    const places = unit === "ratio" ? dp + 2 : dp;
    const decimal = (steps: number) => (unit === "duration" ? { mantissa: steps * 1000, dp: 0 } : { mantissa: steps, dp: places });
    const upper = decimal(level + width);
    const lower = decimal(level);
    const around = near % 2 === 0 ? upper : lower;
    const den = 10 ** around.dp * 100_000;
    const num = around.mantissa * 100_000 + (far ? near * 40 : near);
    const figure = { unit, direction, expected: upper, value: { num: unit === "points" ? num : Math.max(0, num), den } };
    return direction === "within" ? { ...figure, notBelow: lower } : figure;
  });

describe("a shown figure", () => {
  it("never crosses a level: beyond it reads beyond, on its side reads on its side, a band's two borders alike", () => {
    fc.assert(
      fc.property(anyFigure, (figure) => {
        const shown = readBack(formatFigure(figure), figure.unit);
        const check = (level: Figure["expected"], isGood: (side: number) => boolean) => {
          const read = shown * 10 ** level.dp - level.mantissa;
          expect({ shown, isGood: isGood(Math.abs(read) < 1e-6 ? 0 : read) }).toEqual({
            shown,
            isGood: isGood(compareRatio(figure.value, level)),
          });
        };
        if (figure.direction !== "at-least") check(figure.expected, (side) => side <= 0);
        if (figure.direction === "at-least") check(figure.expected, (side) => side >= 0);
        if (figure.direction === "within") check(figure.notBelow ?? figure.expected, (side) => side >= 0);
      }),
      RUNS,
    );
  });

  it("is at most one step away from the figure", () => {
    const steps = { ratio: 0.001, duration: 1000, score: 0.1, points: 0.1, count: 0.1 };
    fc.assert(
      fc.property(anyFigure, (figure) => {
        const away = Math.abs(readBack(formatFigure(figure), figure.unit) - figure.value.num / figure.value.den);
        expect(away).toBeLessThan(steps[figure.unit] * 1.000_001 + 1e-9);
      }),
      RUNS,
    );
  });

  it("has a gap in words that agree with its side, and a level that names both borders of a band", () => {
    fc.assert(
      fc.property(anyFigure, (figure) => {
        const [upper, lower] = [
          compareRatio(figure.value, figure.expected),
          compareRatio(figure.value, figure.notBelow ?? figure.expected),
        ];
        const gap = formatGap(figure);
        if (figure.direction === "within") {
          expect(gap).toMatch(upper > 0 ? / over$/u : lower < 0 ? / under$/u : /^inside the band$/u);
          expect(formatExpected(figure)).toContain(" to ");
        } else {
          const good = figure.direction === "at-least" ? upper >= 0 : upper <= 0;
          expect(gap).toMatch(good ? /spare$|met$/u : figure.direction === "at-least" ? /short$/u : /over$/u);
        }
      }),
      RUNS,
    );
  });
});
