import type { CounterId } from "../metrics/counter.ts";
import { evaluateFormula } from "../metrics/formula.ts";
import type { Formula } from "../metrics/measure.ts";
import type { Ratio } from "../stats/ratio.ts";

/** A formula whose terms know where their counters stand among the totals. */
export interface PlacedFormula {
  readonly formula: Formula;
  readonly counters: readonly CounterId[];
}

function evaluate({ formula, counters }: PlacedFormula, totals: readonly number[]): { value: Ratio; n: number } | null {
  return evaluateFormula(formula, new Map(counters.map((counter, i) => [counter, totals[i] ?? 0])));
}

/** The figure of some totals; `null` where there is nothing to divide by. */
export function figureOf(placed: PlacedFormula, totals: readonly number[]): Ratio | null {
  return evaluate(placed, totals)?.value ?? null;
}

/** How many contacts, answers or evaluations the figure of some totals rests on; 0 without a figure. */
export function sampleOf(placed: PlacedFormula, totals: readonly number[]): number {
  return evaluate(placed, totals)?.n ?? 0;
}
