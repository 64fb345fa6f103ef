import { addDays, DAY_MS } from "../calendar/day.ts";
import type { Range } from "../calendar/range.ts";
import type { Expected } from "../feeds/definition-parts.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { cadenceOf } from "./feed-cadence.ts";
import type { FeedCalendar } from "./feed-calendar.ts";
import { belongsUntil, duesUntil, lengthMs, nextDue } from "./feed-due.ts";

/** What became of one due time: `o` on time, `l` late, `r` came with refused rows, `m` missing, `a` Accord was away. */
export type Beat = "o" | "l" | "r" | "m" | "a";

/** A file that was taken in: when, and whether rows of it were refused. */
export interface Delivery {
  readonly atMs: number;
  readonly refused: boolean;
}

export interface BeatsInput {
  readonly feed: FeedDefinition;
  readonly calendar: FeedCalendar;
  /** In order of time. */
  readonly deliveries: readonly Delivery[];
  readonly nowMs: number;
  readonly away?: readonly Range[];
}

export interface Beats {
  /** One letter for each of the last due times whose time is over, oldest first; none from before the first delivery. */
  readonly beats: string;
  /** When the next one is known; `null` without a cadence. */
  readonly nextAtMs: number | null;
}

const BEATS_SHOWN = 32;
const MOST_DAYS_BACK = 100;
/** How far apart two kept deliveries lie at least, as a part of the time between due times. */
const KEPT_PER_DUE = 4;
const KEPT_MOST = BEATS_SHOWN * KEPT_PER_DUE * 2;

interface Slot extends Range {
  /** When data was due; equal to `toMs` where it is due so often. */
  readonly dueAtMs: number;
}

/** The due times of a feed that comes `every` so often: its open hours cut into pieces of that length, newest first. */
function runningSlots({ zone, hours }: FeedCalendar, everyMs: number, nowMs: number): Slot[] {
  const slots: Slot[] = [];
  const step = Math.max(1, Math.round(everyMs / DAY_MS));
  let day = zone.localDay(nowMs);
  for (let back = 0; slots.length <= BEATS_SHOWN && back < MOST_DAYS_BACK * step; back += step) {
    const ranges = hours.rangesOf(day);
    for (const { fromMs, toMs } of everyMs >= DAY_MS ? wholeDay(ranges) : ranges.toReversed()) {
      const count = Math.max(1, Math.floor((toMs - fromMs) / everyMs));
      for (let k = count; k >= 1 && slots.length <= BEATS_SHOWN; k--) {
        const end = Math.min(fromMs + k * everyMs, toMs);
        if (end <= nowMs) slots.push({ fromMs: fromMs + (k - 1) * everyMs, toMs: end, dueAtMs: end });
      }
    }
    day = addDays(day, -step);
  }
  return slots;
}

/** From the first opening of a day to its last closing. */
function wholeDay(ranges: readonly Range[]): Range[] {
  const [first, last] = [ranges[0], ranges.at(-1)];
  return first === undefined || last === undefined ? [] : [{ fromMs: first.fromMs, toMs: last.toMs }];
}

function clockSlots(calendar: FeedCalendar, expected: Expected, nowMs: number): Slot[] {
  const graceMs = lengthMs(expected.grace);
  const dues = duesUntil(calendar, expected, nowMs, BEATS_SHOWN + 2);
  return dues.flatMap((dueAtMs, i) => {
    const before = dues[i + 1];
    const after = dues[i - 1] ?? nextDue(calendar, expected, nowMs) ?? dueAtMs + DAY_MS;
    if (before === undefined || dueAtMs + graceMs > nowMs) return [];
    return [{ fromMs: belongsUntil(before, dueAtMs, graceMs), toMs: belongsUntil(dueAtMs, after, graceMs), dueAtMs }];
  });
}

function isAway({ away = [] }: BeatsInput, slot: Slot): boolean {
  return away.some(({ fromMs, toMs }) => fromMs < slot.dueAtMs && toMs > slot.fromMs && toMs >= slot.dueAtMs);
}

/** Whether the feed was late when it was about to deliver, or when the time was over. */
function lateness(input: BeatsInput, slot: Slot, came: readonly Delivery[]): "o" | "l" | "m" {
  const { feed, calendar, deliveries, away } = input;
  const stateAt = (nowMs: number) => {
    const lastDataMs = deliveries.findLast(({ atMs }) => atMs <= nowMs)?.atMs ?? null;
    return cadenceOf({ feed, calendar, lastDataMs, nowMs, ...(away === undefined ? {} : { away }) }).state;
  };
  const isLate = (state: string): boolean => state === "late" || state === "silent";
  if (came.length > 0) return came.some(({ atMs }) => isLate(stateAt(atMs - 1))) ? "l" : "o";
  const end = stateAt(slot.toMs - 1);
  return end === "silent" ? "m" : end === "late" ? "l" : "o";
}

function beatOf(input: BeatsInput, slot: Slot): Beat {
  const came = input.deliveries.filter(({ atMs }) => atMs > slot.fromMs && atMs <= slot.toMs && atMs <= input.nowMs);
  if (came.some(({ refused }) => refused)) return "r";
  const byClock = input.feed.expected?.at !== undefined;
  const found = byClock
    ? came.length === 0
      ? "m"
      : came.some(({ atMs }) => atMs <= slot.dueAtMs)
        ? "o"
        : "l"
    : lateness(input, slot, came);
  return found !== "o" && isAway(input, slot) ? "a" : found;
}

/** The last due times of a feed and what became of each, from its deliveries alone. */
export function beatsOf(input: BeatsInput): Beats {
  const { feed, calendar, deliveries, nowMs } = input;
  const { expected } = feed;
  if (expected === undefined) return { beats: "", nextAtMs: null };
  const everyMs = expected.every === undefined ? null : lengthMs(expected.every);
  const slots = everyMs === null ? clockSlots(calendar, expected, nowMs) : runningSlots(calendar, everyMs, nowMs);
  const firstMs = deliveries[0]?.atMs ?? Infinity;
  const known = slots.filter(({ toMs }) => toMs > firstMs).slice(0, BEATS_SHOWN);
  return {
    beats: known
      .map((slot) => beatOf(input, slot))
      .toReversed()
      .join(""),
    nextAtMs: everyMs === null ? nextClockBeat(input, expected) : nowMs + everyMs / KEPT_PER_DUE,
  };
}

function nextClockBeat({ calendar, nowMs }: BeatsInput, expected: Expected): number | null {
  const graceMs = lengthMs(expected.grace);
  const due = duesUntil(calendar, expected, nowMs, 1)[0];
  if (due !== undefined && due + graceMs > nowMs) return due + graceMs;
  const next = nextDue(calendar, expected, nowMs);
  return next === null ? null : next + graceMs;
}

/**
 * The deliveries that later beats can depend on, with one more: of those that come close together the first and the last,
 * which then speaks for all between. A short list stands for any number of receipts.
 */
export function withDelivery(known: readonly Delivery[], delivery: Delivery, feed: FeedDefinition): Delivery[] {
  const everyMs = feed.expected?.every === undefined ? DAY_MS : lengthMs(feed.expected.every);
  const bucket = ({ atMs }: Delivery): number => Math.floor((atMs * KEPT_PER_DUE) / everyMs);
  const all = [...known.filter(({ atMs }) => atMs !== delivery.atMs), delivery].toSorted((a, b) => a.atMs - b.atMs);
  const close = [...Map.groupBy(all, bucket).values()];
  return close.flatMap(firstAndLast).slice(-KEPT_MOST);
}

function firstAndLast(deliveries: readonly Delivery[]): Delivery[] {
  const [first, ...rest] = deliveries;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return [...deliveries];
  return [first, { atMs: last.atMs, refused: rest.some(({ refused }) => refused) }];
}
