import { CUSTOMER_METRICS } from "./catalogue-customer.ts";
import { QUALITY_METRICS } from "./catalogue-quality.ts";
import { TEAM_METRICS } from "./catalogue-team.ts";
import { WAITING_METRICS } from "./catalogue-waiting.ts";
import { WORK_METRICS } from "./catalogue-work.ts";
import type { CounterId } from "./counter.ts";
import { countersOf, formulasOf } from "./formula.ts";
import type { Direction } from "./format.ts";
import type { Measure, MeasureUnit, MetricId } from "./measure.ts";
import type { MetricEntry, MetricFamily } from "./metric.ts";

/** Every metric, in the order of the pages that list them; one that is missing here does not compile. */
const METRICS: MetricFamily<MetricId> = { ...WAITING_METRICS, ...WORK_METRICS, ...CUSTOMER_METRICS, ...QUALITY_METRICS, ...TEAM_METRICS };

/** What follows from a metric's formulas. */
export interface Metric extends MetricEntry {
  readonly units: readonly MeasureUnit[];
  /** What a feed must count for one of its variants, by the example's parameters. */
  readonly counters: readonly CounterId[];
  /** Whether some variant is a sample, which carries error against the agreed level. */
  readonly sampled: boolean;
}

/** Everything there is to know of a metric. */
export function metricOf(id: MetricId): Metric {
  const entry: MetricEntry = METRICS[id];
  const formulas = entry.variants.flatMap(({ measure }) => formulasOf(measure));
  return {
    ...entry,
    units: [...new Set(formulas.map(({ unit }) => unit))],
    counters: [...new Set(formulas.flatMap(countersOf))],
    sampled: formulas.some(({ sampled }) => sampled),
  };
}

/** Which way is usually the better one: forecast errors run against forecast accuracy, though both are one metric. */
export function usualDirection(measure: Measure): Direction {
  const entry: MetricEntry = METRICS[measure.metric];
  const own = entry.variants.find((variant) => variant.direction !== undefined && isSameChoice(variant.measure, measure));
  return own?.direction ?? entry.direction;
}

function isSameChoice(example: Measure, measure: Measure): boolean {
  return "method" in example && "method" in measure && example.method === measure.method;
}

/** All metrics, in the order in which pages list them. */
export const CATALOGUE: readonly Metric[] = Object.values<MetricEntry>(METRICS).map(({ id }) => metricOf(id));
