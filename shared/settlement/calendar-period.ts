import type { SettlementPeriod } from "../agreement/money-clauses.ts";
import { addDays, type Day, WEEKDAYS, type Weekday, weekdayOf } from "../calendar/day.ts";

/** A whole week, month or quarter of the calendar, whichever versions govern it. */
export interface CalendarPeriod {
  /** First day. */
  readonly from: Day;
  /** First day of the next one. */
  readonly next: Day;
  readonly days: number;
}

function monthsFrom(day: Day, months: number): CalendarPeriod {
  const date = Temporal.PlainDate.from(day);
  const first = date.with({ day: 1, month: date.month - ((date.month - 1) % months) });
  const next = first.add({ months });
  return { from: first.toString(), next: next.toString(), days: first.until(next, { largestUnit: "days" }).days };
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
  return from >= next ? 0 : Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(next), { largestUnit: "days" }).days;
}

/** The local day on which an instant falls. */
export function localDayAt(ms: number, timeZone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
