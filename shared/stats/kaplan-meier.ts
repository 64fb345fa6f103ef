import { normalQuantile } from "./normal-quantile.ts";

/** One life under watch: an agent from hiring to leaving, or to the last day on which they were known to be there. */
export interface Lifetime {
  /** Age at the end of the watch; above 0, in any one unit. */
  readonly time: number;
  /** Whether the watch ended with the event; otherwise it is only known that the event had not come. */
  readonly event: boolean;
  /** Age at which the watch began, for those who were there before: 0 when left out. Below `time`. */
  readonly entry?: number;
}

/** The curve from one event time to the next. */
export interface SurvivalStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  /** Share still there just after `time`. */
  readonly survival: number;
  /** Greenwood's standard error of it. */
  readonly error: number;
  /** Limits on the scale ln(-ln survival), which stay within 0..1. */
  readonly low: number;
  readonly high: number;
}

function check({ time, entry = 0 }: Lifetime): void {
  if (!(entry >= 0 && time > entry && time < Infinity))
    throw new RangeError(`a life is watched from 0 or later to an end after it, not from ${entry} to ${time}`);
}

function limits(survival: number, sum: number, z: number): { low: number; high: number } {
  if (survival === 0) return { low: 0, high: 0 };
  const spread = (z * Math.sqrt(sum)) / Math.log(survival);
  return { low: survival ** Math.exp(-spread), high: survival ** Math.exp(spread) };
}

/**
 * How many are still there at each age, when some are still there at the end of the watch (Kaplan and Meier 1958, JASA 53:457-481),
 * with Greenwood's error and log-log limits (Kalbfleisch and Prentice 2002, 1.4). Who leaves the watch at an event time was at risk at it;
 * who enters at one was not.
 *
 * @param lifetimes in any order.
 * @param confidence of the limits, above 0 and below 1.
 * @returns one step for each time with an event. Example: the 6-MP arm of Freireich 1963 has 0.857 (0.620 to 0.952) at 6 weeks.
 * @throws RangeError when a life ends before it is watched, or the confidence is not one.
 */
export function kaplanMeier(lifetimes: readonly Lifetime[], confidence = 0.95): SurvivalStep[] {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`a confidence lies between 0 and 1, not at ${confidence}`);
  for (const life of lifetimes) check(life);
  const z = -normalQuantile((1 - confidence) / 2);
  const entries = lifetimes.map(({ entry = 0 }) => entry).sort((one, other) => one - other);
  const ends = lifetimes.map(({ time }) => time).sort((one, other) => one - other);
  const events = new Map<number, number>();
  for (const { time, event } of lifetimes) if (event) events.set(time, (events.get(time) ?? 0) + 1);
  let [entered, ended, survival, sum] = [0, 0, 1, 0];
  return [...events]
    .sort(([one], [other]) => one - other)
    .map(([time, count]) => {
      while ((entries[entered] ?? Infinity) < time) entered++;
      while ((ends[ended] ?? Infinity) < time) ended++;
      const atRisk = entered - ended;
      survival *= 1 - count / atRisk;
      sum += count / (atRisk * (atRisk - count));
      const error = survival === 0 ? 0 : survival * Math.sqrt(sum);
      return { time, atRisk, events: count, survival, error, ...limits(survival, sum, z) };
    });
}

/**
 * The age by which a share of all have had the event.
 *
 * @param share above 0 and below 1: 0.5 for the median.
 * @returns the first time at which no more than 1 - `share` are left; `null` when the watch was too short to see it.
 *   Example: 23 weeks is the median of the 6-MP arm of Freireich 1963.
 */
export function survivalTime(curve: readonly SurvivalStep[], share = 0.5): number | null {
  return curve.find(({ survival }) => survival <= 1 - share + 1e-12)?.time ?? null;
}
