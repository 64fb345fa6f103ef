import { addDays } from "../calendar/day.ts";
import type { OpenHours } from "../calendar/open-hours.ts";
import type { Zone } from "../calendar/zone.ts";
import type { FeedDefinition } from "../feeds/definition.ts";

export interface Cadence {
  readonly state: "fresh" | "silent" | "never" | "closed";
  /** When data is due next; `null` without a cadence, before the first data or while the service is closed. */
  readonly dueAtMs: number | null;
  readonly everyMs: number | null;
  /** Since when data is overdue. */
  readonly silentSinceMs: number | null;
  /** Whether data came since the service opened: only then does "fresh" mean that the feed delivers. */
  readonly delivers: boolean;
}

export interface CadenceInput {
  readonly feed: FeedDefinition;
  /** The agreement's own hours. */
  readonly hours: OpenHours;
  readonly zone: Zone;
  readonly lastDataMs: number | null;
  readonly nowMs: number;
}

function length(iso: string): number {
  return Temporal.Duration.from(iso).total({ unit: "millisecond" });
}

const MOST_DAYS_BACK = 100;

/**
 * When the stretch began that is open at `nowMs`: open hours of consecutive days that touch at midnight are one stretch.
 * Looks no further back than the last data, nor than a hundred days. `null` while the service is closed.
 */
function openSince({ hours, zone, nowMs }: CadenceInput, lastDataMs: number): number | null {
  let day = zone.localDay(nowMs);
  let fromMs = hours.rangesOf(day).find((range) => nowMs >= range.fromMs && nowMs < range.toMs)?.fromMs;
  for (let back = 0; fromMs !== undefined && fromMs > lastDataMs && back < MOST_DAYS_BACK; back++) {
    day = addDays(day, -1);
    const before = hours.rangesOf(day).at(-1);
    if (before === undefined || before.toMs !== fromMs) break;
    fromMs = before.fromMs;
  }
  return fromMs ?? null;
}

/** Since when a feed was silent as the service closed: closing the doors brings no data, so open windows stay without. */
function silentAtClosing(input: CadenceInput, lastDataMs: number): number | null {
  const { hours, zone, nowMs } = input;
  for (let day = zone.localDay(nowMs), back = 0; back < MOST_DAYS_BACK; day = addDays(day, -1), back++) {
    const closed = hours.rangesOf(day).findLast((range) => range.toMs <= nowMs);
    if (closed === undefined) continue;
    return closed.toMs <= lastDataMs ? null : cadenceOf({ ...input, nowMs: closed.toMs - 1 }).silentSinceMs;
  }
  return null;
}

/**
 * Whether a feed keeps its cadence at an instant. The clock runs only while the service is open: data due overnight
 * counts from the opening. A feed that never delivered is `never`, which is not yet silence.
 */
export function cadenceOf(input: CadenceInput): Cadence {
  const { feed, lastDataMs, nowMs } = input;
  const nothing = { dueAtMs: null, silentSinceMs: null, delivers: lastDataMs !== null };
  if (feed.expected === undefined) return { ...nothing, state: lastDataMs === null ? "never" : "fresh", everyMs: null };
  const everyMs = length(feed.expected.every);
  if (lastDataMs === null) return { ...nothing, state: "never", everyMs };
  const openSinceMs = openSince(input, lastDataMs);
  if (openSinceMs === null) return { ...nothing, state: "closed", everyMs, silentSinceMs: silentAtClosing(input, lastDataMs) };
  const dueAtMs = Math.max(lastDataMs, openSinceMs) + everyMs;
  const silentSinceMs = dueAtMs + length(feed.expected.grace);
  const silent = nowMs > silentSinceMs;
  return {
    state: silent ? "silent" : "fresh",
    dueAtMs,
    everyMs,
    silentSinceMs: silent ? silentSinceMs : null,
    delivers: lastDataMs >= openSinceMs,
  };
}
