import type { MeasureUnit } from "../metrics/measure.ts";
import { meanInterval } from "../stats/mean-interval.ts";
import { wilson } from "../stats/wilson.ts";
import type { DaySums } from "./day-sums.ts";
import type { Counted } from "./figure.ts";
import type { Tally } from "./tally.ts";

/** What of a count an interval follows from. */
type Sampled = Pick<Tally, "value" | "n"> & { readonly sums: Pick<DaySums, "totals"> };

/** A mean lies on the scale of its answers, however little is known about it. */
const SCALES: Partial<Record<MeasureUnit, { readonly low: number; readonly high: number }>> = {
  score: { low: 1, high: 5 },
  points: { low: -100, high: 100 },
};

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/**
 * The 95 % interval of a sampled figure: Wilson for a share, normal for a mean of scores and for a net promoter score,
 * which is the mean of answers worth 100, 0 and -100. In the unit of the figure, always finite.
 *
 * A score of points counts its evaluations, not its points: answers between 0 and 1 spread at most as widely as yes and no.
 * Counts of a source that contradict one another, such as more correct than checked, are taken as all or none.
 */
export function sampleInterval({ formula, counters }: Counted, { sums, value, n }: Sampled): { low: number; high: number } | null {
  if (value === null) return null;
  const scale = SCALES[formula.unit];
  if (scale === undefined) return wilson(clamp(n === value.den ? value.num : (value.num / value.den) * n, 0, n), n);
  const histogram = formula.numerator.map((term) => ({
    score: term.weight,
    count: sums.totals[counters.indexOf(term.counter)] ?? 0,
  }));
  const { low, high } = meanInterval(histogram);
  return { low: clamp(low, scale.low, scale.high), high: clamp(high, scale.low, scale.high) };
}
