import type { Ratio } from "../stats/ratio.ts";
import { compoundYear } from "./compound-year.ts";
import type { CounterId } from "./counter.ts";
import type { Formula, Formulas, Measure, Term } from "./measure.ts";
import { qualityFormulas } from "./quality-formulas.ts";
import { teamFormulas } from "./team-formulas.ts";
import { waitingFormulas } from "./waiting-formulas.ts";
import { workFormulas } from "./work-formulas.ts";

/**
 * The formulas of a measure, best first; all of them say the same. Handle time has two: its own sum, or talk + hold +
 * after-call work where a feed gives the parts. A formula applies to a feed that has every counter it names.
 */
export function formulasOf(measure: Measure): Formulas {
  switch (measure.metric) {
    case "service-level":
    case "asa":
    case "longest-wait":
    case "tail-share":
    case "abandonment":
    case "answer-rate":
    case "blocked-calls":
      return waitingFormulas(measure);
    case "transfer-rate":
    case "repeat-contact":
    case "fcr":
    case "csat":
    case "nps":
    case "response-rate":
    case "qa-score":
    case "accuracy":
    case "calibration":
      return qualityFormulas(measure);
    case "attrition":
    case "early-survival":
    case "tenure-mix":
    case "backlog":
    case "backlog-age":
      return teamFormulas(measure);
    default:
      return workFormulas(measure);
  }
}

/** Every counter a formula reads, without repeats, in a fixed order. */
export function countersOf({ numerator, denominator, sample = [] }: Formula): CounterId[] {
  return [...new Set([...numerator, ...denominator, ...sample].map((term) => term.counter))];
}

/** Sum of the weighted counters; `totals` holds one integer per counter named. Without a term it is 1, which divides nothing. */
export function weigh(terms: readonly Term[], totals: ReadonlyMap<CounterId, number>): number {
  if (terms.length === 0) return 1;
  let sum = 0;
  for (const term of terms) sum += term.weight * (totals.get(term.counter) ?? 0);
  return sum;
}

/** A figure and how many contacts, answers or whatever its denominator counts it rests on. */
interface FormulaFigure {
  readonly value: Ratio;
  readonly n: number;
}

/**
 * The exact figure of a formula for sums of its counters.
 *
 * @returns `null` where the denominator is zero or less: nothing to divide by is no data, neither 0 nor 100 %.
 */
export function evaluateFormula(formula: Formula, totals: ReadonlyMap<CounterId, number>): FormulaFigure | null {
  const den = weigh(formula.denominator, totals);
  const n = formula.sample === undefined ? den : weigh(formula.sample, totals);
  if (den <= 0 || n <= 0) return null;
  const quotient = { num: weigh(formula.numerator, totals), den };
  return { value: formula.transform === "compound-12" ? compoundYear(quotient) : quotient, n };
}
