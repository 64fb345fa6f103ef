import type { CounterId } from "../metrics/counter.ts";
import { evaluateFormula } from "../metrics/formula.ts";
import type { Formula } from "../metrics/measure.ts";
import type { Ratio } from "../stats/ratio.ts";

/** An exact figure and how many contacts, answers or evaluations it rests on. */
export interface Figure {
  readonly value: Ratio;
  readonly n: number;
}

/** A formula with the order in which its counters stand among the totals. */
export interface Counted {
  readonly formula: Formula;
  readonly counters: readonly CounterId[];
}

/** The figure of some totals; `null` where there is nothing to divide by. */
export function figureOf({ formula, counters }: Counted, totals: readonly number[]): Figure | null {
  const named = new Map<CounterId, number>();
  for (let i = 0; i < counters.length; i++) {
    const counter = counters[i];
    if (counter !== undefined) named.set(counter, totals[i] ?? 0);
  }
  return evaluateFormula(formula, named);
}
