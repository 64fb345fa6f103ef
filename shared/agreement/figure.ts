import type { CounterId } from "../metrics/counter.ts";
import { weigh } from "../metrics/formula.ts";
import type { Formula } from "../metrics/measure.ts";
import type { Ratio } from "../stats/ratio.ts";

/** A formula whose terms know where their counters stand among the totals. */
export interface PlacedFormula {
  readonly formula: Formula;
  readonly counters: readonly CounterId[];
}

/** The figure of some totals; `null` where there is nothing to divide by. */
export function figureOf({ formula, counters }: PlacedFormula, totals: readonly number[]): Ratio | null {
  const named = new Map(counters.map((counter, i) => [counter, totals[i] ?? 0]));
  const den = weigh(formula.denominator, named);
  return den > 0 ? { num: weigh(formula.numerator, named), den } : null;
}
