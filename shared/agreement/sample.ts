import { meanInterval } from "../stats/mean-interval.ts";
import type { Ratio } from "../stats/ratio.ts";
import { wilson } from "../stats/wilson.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { DaySums } from "./day-sums.ts";

/** A mean of scores lies on their scale, however little is known about it. */
const SCALE = { low: 1, high: 5 };

/** The 95 % interval of a sampled figure: Wilson for a share, normal for a mean of scores; in the unit of the figure, always finite. */
export function sampleInterval(compiled: CompiledTarget, sums: DaySums, value: Ratio): { low: number; high: number } {
  if (compiled.formula.unit === "ratio") return wilson(value.num, value.den);
  const histogram = compiled.formula.numerator.map((term) => ({
    score: term.weight,
    count: sums.totals[compiled.counters.indexOf(term.counter)] ?? 0,
  }));
  const { low, high } = meanInterval(histogram);
  return { low: Math.max(SCALE.low, low), high: Math.min(SCALE.high, high) };
}
