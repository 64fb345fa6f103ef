import type { Direction } from "./format.ts";
import type { Measure, MeasureOf, MetricId } from "./measure.ts";

/** One way in which a metric is computed, by an example with usual parameters, and who computes it so. */
export interface MetricVariant<Measured extends Measure = Measure> {
  readonly name: string;
  readonly measure: Measured;
  readonly source: string;
  /** Where this variant runs the other way than the metric usually does. */
  readonly direction?: Direction;
}

/** What people must know of a metric before they agree on it. */
export interface MetricEntry<Measured extends Measure = Measure> {
  readonly id: Measured["metric"];
  readonly name: string;
  /** What is divided by what, exactly enough to compute it by hand. */
  readonly definition: string;
  /** What it tells and what it hides, for somebody who never worked in a call centre. */
  readonly explanation: string;
  /** The direction that a target on it usually has. */
  readonly direction: Direction;
  /** How several intervals, queues or days become one figure. */
  readonly merge: string;
  /** How many it takes before the figure says something. */
  readonly minimumSample: string;
  readonly variants: readonly [MetricVariant<Measured>, ...MetricVariant<Measured>[]];
}

export type MetricFamily<Ids extends MetricId> = { readonly [Id in Ids]: MetricEntry<MeasureOf<Id>> };

export const SUMS = "Counts are added first and divided once; percentages are never averaged.";
export const CENSUS = "None: every contact is counted, so the figure is exact, however few there were. Few of them swing it widely.";
