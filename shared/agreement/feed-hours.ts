import { addDays, DAY_MS } from "../calendar/day.ts";
import type { FeedCalendar } from "./feed-calendar.ts";

const MOST_DAYS_BACK = 100;

/**
 * When the stretch began that is open at `nowMs`: open hours of consecutive days that touch at midnight are one stretch.
 * Looks no further back than `noFurtherMs`, nor than a hundred days. `null` while the service is closed.
 */
export function openSince({ hours, zone }: FeedCalendar, nowMs: number, noFurtherMs: number): number | null {
  let day = zone.localDay(nowMs);
  let fromMs = hours.rangesOf(day).find((range) => nowMs >= range.fromMs && nowMs < range.toMs)?.fromMs;
  for (let back = 0; fromMs !== undefined && fromMs > noFurtherMs && back < MOST_DAYS_BACK; back++) {
    day = addDays(day, -1);
    const before = hours.rangesOf(day).at(-1);
    if (before === undefined || before.toMs !== fromMs) break;
    fromMs = before.fromMs;
  }
  return fromMs ?? null;
}

/** When the service closed last; `null` when it was not open for a hundred days. */
export function lastClosing({ hours, zone }: FeedCalendar, nowMs: number): number | null {
  for (let day = zone.localDay(nowMs), back = 0; back < MOST_DAYS_BACK; day = addDays(day, -1), back++) {
    const closed = hours.rangesOf(day).findLast((range) => range.toMs <= nowMs);
    if (closed !== undefined) return closed.toMs;
  }
  return null;
}

/** An instant moved on by a length of days on the calendar, at the same time of day: a day may have 23 or 25 hours. */
export function daysLater({ zone }: FeedCalendar, ms: number, lengthMs: number): number {
  const days = Math.floor(lengthMs / DAY_MS);
  const moved = zone.possibleInstants(addDays(zone.localDay(ms), days), zone.clockAt(ms)).at(-1);
  return (moved ?? ms + days * DAY_MS) + (lengthMs - days * DAY_MS);
}

/** An instant moved on by whole days until it lies on a day with hours. */
export function pastClosedDays(calendar: FeedCalendar, ms: number): number {
  let moved = ms;
  for (let on = 0; on < MOST_DAYS_BACK; on++) {
    if (calendar.hours.rangesOf(calendar.zone.localDay(moved)).length > 0) return moved;
    moved = daysLater(calendar, moved, DAY_MS);
  }
  return moved;
}
