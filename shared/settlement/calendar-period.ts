import type { SettlementPeriod } from "../agreement/money-clauses.ts";
import { addDays, type Day, DAY_MS, utcStartOf, WEEKDAYS, type Weekday, weekdayOf } from "../calendar/day.ts";

/** A whole week, month or quarter of the calendar, whichever versions govern it. */
export interface CalendarPeriod {
  /** First day. */
  readonly from: Day;
  /** First day of the next one. */
  readonly next: Day;
  readonly days: number;
}

function firstOfMonth(year: number, month: number): Day {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`;
}

/** Months are numbers here, because a settlement asks for them by the thousand. */
function monthsFrom(day: Day, months: number): CalendarPeriod {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const first = month - ((month - 1) % months);
  const from = firstOfMonth(year, first);
  const next = first + months > 12 ? firstOfMonth(year + 1, 1) : firstOfMonth(year, first + months);
  return { from, next, days: dayCount(from, next) };
}

/** The calendar period that contains a local day. */
export function calendarPeriod(kind: SettlementPeriod, day: Day, weekStart: Weekday): CalendarPeriod {
  if (kind === "month") return monthsFrom(day, 1);
  if (kind === "quarter") return monthsFrom(day, 3);
  const from = addDays(day, -((WEEKDAYS.indexOf(weekdayOf(day)) - WEEKDAYS.indexOf(weekStart) + 7) % 7));
  return { from, next: addDays(from, 7), days: 7 };
}

/** How many days lie in `[from, next)`; none where it is empty. */
export function dayCount(from: Day, next: Day): number {
  return from >= next ? 0 : (utcStartOf(next) - utcStartOf(from)) / DAY_MS;
}

/** The local day on which an instant falls. */
export function localDayAt(ms: number, timeZone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
