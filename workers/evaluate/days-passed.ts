import { addDays, daysBetween } from "../../shared/calendar/day.ts";

/** After a longer sleep the days in between have nothing to say until data comes; those at both ends have windows to close. */
const DAYS_CAUGHT_UP = 40;

/**
 * Local days whose windows closed or opened since the last evaluation: yesterday and today at midnight. Every publication
 * asks, not only the clock's round, because each moves the mark. A clock that was set back opens windows again.
 *
 * @param evaluated local day of the last evaluation, `null` before the first.
 */
export function daysPassed(evaluated: string | null, today: string): string[] {
  if (evaluated === null || evaluated === today) return [];
  const [first, last] = evaluated < today ? [evaluated, today] : [today, evaluated];
  const recent = addDays(last, -DAYS_CAUGHT_UP);
  return [...new Set([first, ...daysBetween(first < recent ? recent : first, last)])];
}
