import { DAY_MS } from "../calendar/day.ts";
import type { Range } from "../calendar/range.ts";
import type { Expected } from "../feeds/definition-parts.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { FeedCalendar } from "./feed-calendar.ts";
import { belongsUntil, duesUntil, lengthMs, nextDue } from "./feed-due.ts";
import { daysLater, lastClosing, openSince, pastClosedDays } from "./feed-hours.ts";

/**
 * `fresh`: nothing is overdue. `late`: data is overdue and within its grace. `silent`: the grace is over. `never`: no data has
 * ever come, and no day was agreed from which it is missed. `closed`: the service is, so that nothing is due.
 */
export interface Cadence {
  readonly state: "fresh" | "late" | "silent" | "never" | "closed";
  /** When data is or was due; `null` without a cadence, before the first data or while the service is closed. */
  readonly dueAtMs: number | null;
  readonly everyMs: number | null;
  /** Since when data is overdue beyond its grace. */
  readonly silentSinceMs: number | null;
  /** When the grace of what is due next, or overdue, ends or has ended. */
  readonly graceEndsMs: number | null;
  /** Whether data came since the last time at which the clock began anew: only then does "fresh" mean that the feed delivers. */
  readonly delivers: boolean;
}

export interface CadenceInput {
  readonly feed: FeedDefinition;
  readonly calendar: FeedCalendar;
  readonly lastDataMs: number | null;
  readonly nowMs: number;
  /** When Accord itself could not take anything in, in order and apart: silence in that time proves nothing. */
  readonly away?: readonly Range[];
}

/** The same, where something is due. */
interface Waiting extends CadenceInput {
  readonly expected: Expected;
  readonly lastMs: number;
}

/** What a job that runs every quarter of an hour may be off before anybody speaks of late: a quarter of the grace. */
const PUNCTUAL = 1 / 4;
/** How many due times in a row are looked back at: further back silence is silence all the same. */
const MOST_DUES = 40;

interface Limits {
  readonly dueAtMs: number;
  readonly lateAfterMs: number;
  readonly silentAfterMs: number;
}

function judged({ nowMs }: CadenceInput, limits: Limits, everyMs: number | null, delivers: boolean): Cadence {
  const { dueAtMs, lateAfterMs, silentAfterMs } = limits;
  const silent = nowMs > silentAfterMs;
  const state = silent ? "silent" : nowMs > lateAfterMs ? "late" : "fresh";
  return { state, dueAtMs, everyMs, silentSinceMs: silent ? silentAfterMs : null, graceEndsMs: silentAfterMs, delivers };
}

/** Where the clock begins: at the last data, the opening, or when Accord was back, unless the feed was silent before. */
function beginAgain(input: Waiting, beginMs: number, silentAfter: (beginMs: number) => number): number {
  let begin = beginMs;
  for (const { fromMs, toMs } of input.away ?? []) {
    if (toMs > begin && toMs <= input.nowMs && fromMs <= silentAfter(begin)) begin = toMs;
  }
  return begin;
}

/** Data due every so often: the clock runs from the last data, and only while the service is open. */
function runningCadence(input: Waiting, every: string): Cadence {
  const { expected, calendar, lastMs, nowMs } = input;
  const [everyMs, graceMs] = [lengthMs(every), lengthMs(expected.grace)];
  const isLong = everyMs >= DAY_MS;
  const openMs = isLong ? lastMs : openSince(calendar, nowMs, lastMs);
  if (openMs === null) return closedCadence(input, everyMs);
  const dueAfter = (begin: number): number => (isLong ? pastClosedDays(calendar, daysLater(calendar, begin, everyMs)) : begin + everyMs);
  const begin = beginAgain(input, Math.max(lastMs, openMs), (from) => dueAfter(from) + graceMs);
  const dueAtMs = dueAfter(begin);
  const limits = { dueAtMs, lateAfterMs: dueAtMs + graceMs * PUNCTUAL, silentAfterMs: dueAtMs + graceMs };
  return judged(input, limits, everyMs, (input.lastDataMs ?? -Infinity) >= begin);
}

/** Closing the doors brings no data: what was silent then stays silent, so that open windows stay without. */
function closedCadence(input: Waiting, everyMs: number): Cadence {
  const closedMs = lastClosing(input.calendar, input.nowMs);
  const before = closedMs === null || closedMs <= input.lastMs ? null : cadenceOf({ ...input, nowMs: closedMs - 1 });
  const silentSinceMs = before?.silentSinceMs ?? null;
  return { state: "closed", dueAtMs: null, everyMs, silentSinceMs, graceEndsMs: null, delivers: input.lastDataMs !== null };
}

/** The first of the due times that were missed and everything since; `null` when the last one was kept. */
function firstMissed({ expected, calendar, lastMs, lastDataMs, nowMs }: Waiting, graceMs: number): number | null {
  let missed: number | null = null;
  const dues = duesUntil(calendar, expected, nowMs, MOST_DUES);
  for (const [i, due] of dues.entries()) {
    const before = dues[i + 1];
    // What was never handed in is missed from the agreed day on; a file may come for a due time long before it.
    const mayComeFrom = lastDataMs === null ? due : before === undefined ? -Infinity : belongsUntil(before, due, graceMs);
    if (lastMs > mayComeFrom) break;
    missed = due;
  }
  return missed;
}

/** Data due at times of day. As long as Accord was away around a due time, so much later it is. */
function clockCadence(input: Waiting): Cadence {
  const { expected, calendar, nowMs, away = [] } = input;
  const graceMs = lengthMs(expected.grace);
  const due = firstMissed(input, graceMs);
  if (due === null) {
    const dueAtMs = nextDue(calendar, expected, nowMs);
    const graceEndsMs = dueAtMs === null ? null : dueAtMs + graceMs;
    return { state: "fresh", dueAtMs, everyMs: null, silentSinceMs: null, graceEndsMs, delivers: input.lastDataMs !== null };
  }
  let [lateAfterMs, silentAfterMs] = [due, due + graceMs];
  for (const { fromMs, toMs } of away) {
    if (toMs <= due || toMs > nowMs || fromMs > silentAfterMs) continue;
    const length = toMs - fromMs;
    if (fromMs <= due) lateAfterMs += length;
    silentAfterMs += length;
  }
  return judged(input, { dueAtMs: due, lateAfterMs, silentAfterMs }, null, false);
}

/** The first instant of the day from which the feed is missed. */
function missedFrom({ feed, calendar, nowMs }: CadenceInput): number | null {
  const since = feed.expected?.since;
  const fromMs = since === undefined ? null : calendar.feedZone.dayRange(since).fromMs;
  return fromMs !== null && fromMs <= nowMs ? fromMs : null;
}

/**
 * Whether a feed keeps its cadence at an instant: a function of its definition, its calendar, the last data accepted until
 * then, and the times in which Accord was away; in such a time the answer is that of its beginning.
 */
export function cadenceOf(given: CadenceInput): Cadence {
  const { feed, lastDataMs, away = [] } = given;
  const gone = away.find(({ fromMs, toMs }) => given.nowMs >= fromMs && given.nowMs < toMs);
  const input = gone === undefined ? given : { ...given, nowMs: Math.max(gone.fromMs, lastDataMs ?? gone.fromMs) };
  const nothing = { dueAtMs: null, everyMs: null, silentSinceMs: null, graceEndsMs: null, delivers: lastDataMs !== null };
  const { expected } = feed;
  if (expected === undefined) return { ...nothing, state: lastDataMs === null ? "never" : "fresh" };
  const everyMs = expected.every === undefined ? null : lengthMs(expected.every);
  const lastMs = lastDataMs ?? missedFrom(input);
  if (lastMs === null) return { ...nothing, state: "never", everyMs };
  const waiting = { ...input, expected, lastMs };
  return expected.every === undefined ? clockCadence(waiting) : runningCadence(waiting, expected.every);
}
