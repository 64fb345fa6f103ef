import { type Day, daysBetween } from "../calendar/day.ts";
import type { Range } from "../calendar/range.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import type { FeedCalendar } from "./feed-calendar.ts";

/** What a queue delivered of what was to come in a stretch of time. */
export interface QueueCompleteness {
  readonly queue: string;
  /** Intervals or days of the service's hours that should have data. */
  readonly expected: number;
  readonly present: number;
  /** Stretches without data, in order; hours in which the service is closed do not part them. */
  readonly gaps: readonly Gap[];
}

export interface Gap extends Range {
  /** How many intervals or days are missing. */
  readonly count: number;
}

export interface CompletenessInput {
  readonly calendar: FeedCalendar;
  /** Length of an interval; `null` where data is looked for by the day. */
  readonly intervalMs: number | null;
  /** Nothing that ends after `toMs` is expected yet. */
  readonly range: Range;
  /** With what lies before the range: a queue is expected from the first day it is known of. */
  readonly queues: readonly QueueIntervals[];
}

function daysOf({ zone }: FeedCalendar, { fromMs, toMs }: Range): Day[] {
  return toMs <= fromMs ? [] : daysBetween(zone.localDay(fromMs), zone.localDay(toMs - 1));
}

/** The stretches of service that should have data, each as long as an interval or a day, in order. */
export function expectedSlots({ calendar, intervalMs, range }: Omit<CompletenessInput, "queues">): Range[] {
  const { hours, zone } = calendar;
  const inRange = (slot: Range): boolean => slot.fromMs >= range.fromMs && slot.toMs <= range.toMs;
  return daysOf(calendar, range).flatMap((day) => {
    const open = hours.rangesOf(day);
    if (intervalMs === null) return open.length === 0 ? [] : [zone.dayRange(day)].filter(inRange);
    return open.flatMap(({ fromMs, toMs }) => {
      const first = Math.ceil(fromMs / intervalMs);
      const count = Math.max(0, Math.floor(toMs / intervalMs) - first);
      return Array.from({ length: count }, (_, i) => ({ fromMs: (first + i) * intervalMs, toMs: (first + i + 1) * intervalMs })).filter(
        inRange,
      );
    });
  });
}

function gapsIn(slots: readonly Range[], isPresent: (slot: Range) => boolean): Gap[] {
  const gaps: Gap[] = [];
  let goesOn = false;
  for (const { fromMs, toMs } of slots) {
    const last = goesOn ? gaps.pop() : undefined;
    goesOn = !isPresent({ fromMs, toMs });
    if (goesOn) gaps.push({ fromMs: last?.fromMs ?? fromMs, toMs, count: (last?.count ?? 0) + 1 });
    else if (last !== undefined) gaps.push(last);
  }
  return gaps;
}

/** What each queue delivered of what its hours let expect. */
export function completenessOf(input: CompletenessInput): QueueCompleteness[] {
  const { calendar, intervalMs } = input;
  const slots = expectedSlots(input);
  const nameOf = (ms: number): number | string => (intervalMs === null ? calendar.zone.localDay(ms) : ms);
  return input.queues
    .filter(({ intervals }) => intervals.length > 0)
    .map(({ queue, intervals }) => {
      const known = new Set(intervals.map(({ startMs }) => nameOf(startMs)));
      const firstMs = Math.min(...intervals.map(({ startMs }) => startMs));
      const own = slots.filter(({ toMs }) => toMs > firstMs);
      const isPresent = ({ fromMs }: Range): boolean => known.has(nameOf(fromMs));
      return { queue, expected: own.length, present: own.filter(isPresent).length, gaps: gapsIn(own, isPresent) };
    });
}
