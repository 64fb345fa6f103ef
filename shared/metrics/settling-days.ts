import type { Measure } from "./measure.ts";

/**
 * For how many days after its end a day's figure is provisional, because what it counts may still happen.
 *
 * @returns 0 for most; for repeat contacts the days in which a second contact counts: the value of day d stands from d + W
 *   on (domain reference 2.3, right-censoring). Cohorts of starters are counted when their days are over, so they stand at once.
 */
export function settlingDays(measure: Measure): number {
  if (measure.metric === "repeat-contact") return measure.withinDays;
  return measure.metric === "fcr" && measure.method === "no-repeat" ? measure.withinDays : 0;
}
