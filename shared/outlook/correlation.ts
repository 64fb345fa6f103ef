import { type DayFigure, weekdayAt } from "./day-figure.ts";
import type { WeekdayEffects } from "./weekday-effects.ts";

const WEEK = 7;
/** What is believed before any day was seen, and how many days that belief is worth. */
const PRIOR_RHO = 0.002;
const PRIOR_DAYS = 3;

/** Share of all that counted, drawn a little to the middle so that it is never exactly 0 or 1 (Jeffreys: half a contact each way). */
export function pooledRate(days: readonly DayFigure[]): number {
  let [good, n] = [0.5, 1];
  for (const day of days) {
    good += day.good;
    n += day.n;
  }
  return good / n;
}

/**
 * How alike the contacts of one day are: intraclass correlation by the method of moments, rho = (phi - 1) / (m - 1) with phi the
 * mean Pearson chi-square of the days around the mean of their own week and their weekday's usual distance from it, so that neither
 * a slow drift nor the week's own shape is taken for unlike days. Days of unequal volume count by what each can tell. Drawn towards
 * 0.002 as if three days had shown that, and clipped.
 *
 * @returns 0..0.99; 0 where a day has a single unit. Source: Donner 1986, Int. Stat. Rev. 54:67-82 (moments of clustered binaries).
 *   Example: two days of 1,000 at 76 % and 84 % give phi = 20, so 0.0190 by moments and 0.0063 after drawing.
 */
export function dayCorrelation(days: readonly DayFigure[], effects: WeekdayEffects): number {
  const p = pooledRate(days);
  const spread = p * (1 - p);
  let [squares, weight, free] = [0, 0, 0];
  for (const week of Map.groupBy(days, ({ at }) => Math.floor(at / WEEK)).values()) {
    const n = week.reduce((sum, day) => sum + day.n, 0);
    const mean = week.reduce((sum, day) => sum + day.good - day.n * effects.of(weekdayAt(day.at)), 0) / n;
    for (const day of week) {
      squares += (day.good - day.n * (mean + effects.of(weekdayAt(day.at)))) ** 2 / (day.n * spread);
      weight += (day.n - 1) * (1 - day.n / n);
    }
    free += week.length - 1;
  }
  const left = free - effects.taken;
  if (weight <= 0 || left <= 0) return weight <= 0 ? 0 : PRIOR_RHO;
  const byMoments = (squares - left) / (weight * (left / free));
  const rho = (Math.max(0, byMoments) * left + PRIOR_RHO * PRIOR_DAYS) / (left + PRIOR_DAYS);
  return Math.min(rho, 0.99);
}
