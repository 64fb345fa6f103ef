import { meanInterval } from "../stats/mean-interval.ts";
import type { Ratio } from "../stats/ratio.ts";
import { wilson } from "../stats/wilson.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { DaySums } from "./day-sums.ts";

/** The 95 % interval of a sampled figure: Wilson for a share, normal for a mean of scores; in the unit of the figure. */
export function sampleInterval(compiled: CompiledTarget, sums: DaySums, value: Ratio): { low: number; high: number } {
  if (compiled.formula.unit === "ratio") return wilson(value.num, value.den);
  const histogram = compiled.formula.numerator.map((term) => ({ score: term.weight, count: sums.totals[compiled.counters.indexOf(term.counter)] ?? 0 }));
  return meanInterval(histogram);
}
