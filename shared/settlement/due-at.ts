const HOUR_MS = 3_600_000;
const TERM = /^P(?:(\d{1,4})D|T(\d{1,4})H)$/u;

/**
 * When a term such as `P15D` or `PT48H` that is counted from an instant runs out.
 *
 * Days are days of the calendar in the agreement's zone: the day of `afterMs` does not count and the last day counts whole, so that
 * `P15D` after something of 31 May ends as 15 June ends. Hours are exact.
 *
 * @param afterMs an instant on the day from which is counted; of a period that is its last millisecond.
 * @throws RangeError when the term is not one; the agreement's schema refuses that before.
 */
export function dueAt(term: string, afterMs: number, timeZone: string): number {
  const match = TERM.exec(term);
  if (match === null) throw new RangeError(`"${term}" is not a term of days or hours`);
  const [, days, hours] = match;
  if (days === undefined) return afterMs + Number(hours) * HOUR_MS;
  const day = Temporal.Instant.fromEpochMilliseconds(afterMs).toZonedDateTimeISO(timeZone).toPlainDate();
  return day.add({ days: Number(days) + 1 }).toZonedDateTime(timeZone).epochMilliseconds;
}

/** The same, counted from the end of a stretch of time (`toMs` is the first instant after it). */
export function dueAfter(term: string, toMs: number, timeZone: string): number {
  return term.startsWith("PT") ? dueAt(term, toMs, timeZone) : dueAt(term, toMs - 1, timeZone);
}
