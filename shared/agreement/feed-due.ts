import { addDays, type Day, weekdayOf } from "../calendar/day.ts";
import type { Expected } from "../feeds/definition-parts.ts";
import type { FeedCalendar } from "./feed-calendar.ts";

/** Wide enough for a weekly feed with some holidays in a row. */
const DAYS_LOOKED_AT = 60;

/** A length of time in milliseconds. */
export function lengthMs(iso: string): number {
  return Temporal.Duration.from(iso).total({ unit: "millisecond" });
}

function clockMs(at: string): number {
  return (Number(at.slice(0, 2)) * 60 + Number(at.slice(3))) * 60_000;
}

/**
 * When data is due on a day of the feed's clock; `null` on a day without. On a holiday of the service nothing is due. A time
 * that the clock jumps over or shows twice is meant as late as it can be.
 */
function dueOn({ feedZone, hours }: FeedCalendar, { at = "", days }: Expected, day: Day): number | null {
  if (days?.includes(weekdayOf(day)) === false || hours.ruleOf(day) === "holiday") return null;
  return feedZone.possibleInstants(day, clockMs(at)).at(-1) ?? null;
}

/** The last `count` due times that are not after `nowMs`, newest first. */
export function duesUntil(calendar: FeedCalendar, expected: Expected, nowMs: number, count: number): number[] {
  const found: number[] = [];
  let day = addDays(calendar.feedZone.localDay(nowMs), 1);
  for (let empty = 0; found.length < count && empty < DAYS_LOOKED_AT; empty++) {
    const due = dueOn(calendar, expected, day);
    if (due !== null && due <= nowMs) {
      found.push(due);
      empty = 0;
    }
    day = addDays(day, -1);
  }
  return found;
}

/** The first due time after `nowMs`; `null` when none comes in sight. */
export function nextDue(calendar: FeedCalendar, expected: Expected, nowMs: number): number | null {
  let day = addDays(calendar.feedZone.localDay(nowMs), -1);
  for (let on = 0; on < DAYS_LOOKED_AT; on++) {
    const due = dueOn(calendar, expected, day);
    if (due !== null && due > nowMs) return due;
    day = addDays(day, 1);
  }
  return null;
}

/**
 * Until when a file belongs to a due time rather than to the next: the middle between the two, or the end of the grace where
 * that is later. A roster due on Monday that comes on Tuesday is Monday's; one that comes on Saturday is the next.
 */
export function belongsUntil(dueMs: number, nextMs: number, graceMs: number): number {
  return Math.min(Math.max(dueMs + graceMs, dueMs + (nextMs - dueMs) / 2), nextMs);
}
