/** A calendar day without a zone, `yyyy-mm-dd`. */
export type Day = string;

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const DAY_MS = 86_400_000;

function dayAt(utcMs: number): Day {
  return new Date(utcMs).toISOString().slice(0, 10);
}

/**
 * Moves along the calendar: `addDays("2024-02-28", 2)` is `2024-03-01`. Plain arithmetic, because windows are laid out by
 * the thousand and `Temporal` takes twenty times as long.
 *
 * @throws RangeError when `day` is not a day of the calendar.
 */
export function addDays(day: Day, days: number): Day {
  const start = utcStartOf(day);
  // 30 February is read as 1 March.
  if (!Number.isFinite(start) || dayAt(start) !== day) throw new RangeError(`${day} is not a day of the calendar`);
  return dayAt(start + days * DAY_MS);
}

export function weekdayOf(day: Day): Weekday {
  // 1 January 1970 was a Thursday.
  const weekday = WEEKDAYS[(((utcStartOf(day) / DAY_MS + 3) % 7) + 7) % 7];
  if (weekday === undefined) throw new RangeError(`${day} has no weekday`);
  return weekday;
}

/** Start of the day as if the zone were UTC; the number from which clock times are counted. */
export function utcStartOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** All local days from one to another, both included. */
export function daysBetween(first: Day, last: Day): Day[] {
  const [from, to] = [utcStartOf(first), utcStartOf(last)];
  return from <= to ? Array.from({ length: (to - from) / DAY_MS + 1 }, (_, i) => dayAt(from + i * DAY_MS)) : [];
}
