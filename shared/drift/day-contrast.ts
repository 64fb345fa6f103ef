import { studentTCdf } from "../stats/student-t.ts";
import { dayScatter, pooledInflation } from "./clustered-tail.ts";

/** A part of a figure, known from days: its value, its variance, and how many days tell of the variance. */
export interface DayPart {
  readonly value: number;
  readonly variance: number;
  readonly free: number;
}

/** One day of a share. */
export interface ShareDay {
  /** Good ones, 0..n. */
  readonly num: number;
  readonly n: number;
}

/**
 * Share of all days together with its variance from how days differ (clusters), and never less than independent trials have.
 *
 * @param inflation how much more days of this sort differ than trials do, known from others besides: a few days that happen to be alike
 *   do not make a share certain. At least 1.
 * @returns `null` with fewer than two days or nothing in them.
 */
export function shareOf(days: readonly ShareDay[], inflation = 1): DayPart | null {
  const told = days.filter(({ n }) => n > 0);
  const n = told.reduce((sum, day) => sum + day.n, 0);
  if (told.length < 2) return null;
  const value = told.reduce((sum, day) => sum + day.num, 0) / n;
  const squares = told.reduce((sum, day) => sum + (day.num - value * day.n) ** 2, 0);
  const between = ((squares / n / n) * told.length) / (told.length - 1);
  // Half a case more on either side: a share of 0 or 1 is not known exactly.
  const safe = (value * n + 0.5) / (n + 1);
  return { value, variance: Math.max(between, (inflation * safe * (1 - safe)) / n), free: told.length - 1 };
}

/** How much more days differ around the share of their own group than independent trials do, of all groups together; at least 1. */
export function commonInflation(groups: readonly (readonly ShareDay[])[]): number {
  const scatters = groups.map((days) => {
    const n = days.reduce((sum, day) => sum + day.n, 0);
    const share = n === 0 ? 0 : days.reduce((sum, day) => sum + day.num, 0) / n;
    return dayScatter(days.map((day) => ({ distance: day.num - share * day.n, variance: share * (1 - share) * day.n })));
  });
  return pooledInflation(scatters);
}

/** Sum of parts, each with its sign; degrees of freedom by Welch and Satterthwaite. */
export function contrastOf(parts: readonly { readonly part: DayPart; readonly sign: 1 | -1 }[]): DayPart {
  const value = parts.reduce((sum, { part, sign }) => sum + sign * part.value, 0);
  const variance = parts.reduce((sum, { part }) => sum + part.variance, 0);
  const uneven = parts.reduce((sum, { part }) => sum + part.variance ** 2 / part.free, 0);
  return { value, variance, free: (variance * variance) / uneven };
}

/** P(T >= value / its standard error) of Student's t: how often a contrast so far above 0 comes where it is 0. */
export function contrastTail({ value, variance, free }: DayPart): number {
  return studentTCdf(-value / Math.sqrt(variance), free);
}
