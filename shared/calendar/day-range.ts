import { addDays, type Day } from "./day.ts";
import type { Range } from "./range.ts";

export type WindowKind = "day" | "month";
export interface Window extends Range {
  readonly kind: WindowKind;
  /** First local day. */
  readonly start: Day;
}

function startOf(day: Day, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;
}

/**
 * The day as a zone lives it: usually 24 hours, 23 or 25 where the clock is changed, none where the zone skipped the day.
 *
 * @throws RangeError when the zone or the day does not exist.
 */
export function dayRange(day: Day, timeZone: string): Range {
  return { fromMs: startOf(day, timeZone), toMs: startOf(addDays(day, 1), timeZone) };
}

/** The day or the calendar month that contains a local day. */
export function windowOf(kind: WindowKind, day: Day, timeZone: string): Window {
  const date = Temporal.PlainDate.from(day);
  const first = kind === "day" ? date : date.with({ day: 1 });
  const next = kind === "day" ? first.add({ days: 1 }) : first.add({ months: 1 });
  return { kind, start: first.toString(), fromMs: startOf(first.toString(), timeZone), toMs: startOf(next.toString(), timeZone) };
}
