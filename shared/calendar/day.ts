/** A calendar day without a zone, `yyyy-mm-dd`. */
export type Day = string;

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const DAY_MS = 86_400_000;

/**
 * Moves along the calendar: `addDays("2024-02-28", 2)` is `2024-03-01`.
 *
 * @throws RangeError when `day` is not a day of the calendar.
 */
export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

export function weekdayOf(day: Day): Weekday {
  const weekday = WEEKDAYS[Temporal.PlainDate.from(day).dayOfWeek - 1];
  if (weekday === undefined) throw new RangeError(`${day} has no weekday`);
  return weekday;
}

/** Start of the day as if the zone were UTC; the number from which clock times are counted. */
export function utcStartOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** All local days from one to another, both included. */
export function daysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
