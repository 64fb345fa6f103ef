import { addDays, type Day } from "../calendar/day.ts";
import type { DriftPoint, SeriesSettings } from "./drift-point.ts";

const DAYS_A_MONTH = 365.25 / 12;
const FIRST_DAYS = 56;
/** Detectors are not made for more alarms than one in ten subgroups. */
const SHORTEST = 11;
/** Nobody waits longer for a false alarm (27,000 years of days); thresholds know no rarer ones. */
const LONGEST = 1e7;

/** How many subgroups a series has a month: in its baseline, so that the promise does not change with every day. */
function subgroupsPerMonth(points: readonly DriftPoint[], baseline: SeriesSettings["baseline"]): number {
  const first = points[0]?.day;
  if (first === undefined) return DAYS_A_MONTH;
  const [from, to]: [Day, Day] = baseline === null ? [first, addDays(first, FIRST_DAYS - 1)] : [baseline.from, baseline.to];
  const last = points.at(-1)?.day ?? to;
  if (last < to) return DAYS_A_MONTH;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const inside = points.filter(({ day }) => day >= from && day <= to).length;
  return inside === 0 ? DAYS_A_MONTH : (inside / days) * DAYS_A_MONTH;
}

/**
 * How many subgroups apart false alarms of one series may come on average, so that all series together raise no more than tolerated.
 *
 * @param series how many are watched, at least 1.
 * @param toleratePerMonth false alarms a month, over all of them.
 * @returns above 10. Example: 11 series of 30.4 days a month and one false alarm a month: 334.8 days each.
 */
export function sharedRunLength(
  points: readonly DriftPoint[],
  { series, toleratePerMonth, baseline }: { readonly series: number; readonly toleratePerMonth: number } & Pick<SeriesSettings, "baseline">,
): number {
  const length = (series * subgroupsPerMonth(points, baseline)) / toleratePerMonth;
  return Math.min(LONGEST, Math.max(SHORTEST, Number(length.toFixed(1))));
}
