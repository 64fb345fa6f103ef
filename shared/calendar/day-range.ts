import { addDays, type Day } from "./day.ts";
import type { Range } from "./range.ts";

/**
 * The day as a zone lives it: usually 24 hours, 23 or 25 where the clock is changed, none where the zone skipped the day.
 *
 * @throws RangeError when the zone or the day does not exist.
 */
export function dayRange(day: Day, timeZone: string): Range {
  const startOf = (date: Day): number => Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
  return { fromMs: startOf(day), toMs: startOf(addDays(day, 1)) };
}
