import type { CompiledTarget } from "../agreement/compiled.ts";
import { isTimed, mergeOf } from "../metrics/counter.ts";

/**
 * How a figure can be projected. `share`: units that are each good or not, so the beta-binomial applies. `mean`: any other quotient
 * of sums, by its daily values. `none`: a longest wait, a snapshot or a compounded year, of which the days so far say nothing sure.
 */
export type FigureKind = "share" | "mean" | "none";

/** Units counted whole days, which are no volume: their number is known from the calendar. */
export function countsDays({ target }: CompiledTarget): boolean {
  return target.aggregation.by === "days-met" || target.aggregation.by === "mean-of-days";
}

/** A share of contacts: each adds 1 or nothing above and below. Not time, not points, not errors of a forecast. */
function isShareOfContacts({ formula, target }: CompiledTarget): boolean {
  const terms = [...formula.numerator, ...formula.denominator];
  return (
    formula.unit === "ratio" &&
    formula.sample === undefined &&
    target.measure.metric !== "forecast-accuracy" &&
    terms.every(({ counter, weight }) => Math.abs(weight) === 1 && !isTimed(counter))
  );
}

export function kindOf(compiled: CompiledTarget): FigureKind {
  const { by } = compiled.target.aggregation;
  if (by === "intervals-met" || by === "days-met") return "share";
  if (by === "mean-of-days") return "mean";
  const { formula, counters } = compiled;
  if (formula.transform !== undefined || formula.denominator.length === 0) return "none";
  if (counters.some((counter) => mergeOf(counter) !== "sum")) return "none";
  return isShareOfContacts(compiled) ? "share" : "mean";
}
