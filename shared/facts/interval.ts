import type { Claim, Layout } from "../feeds/canonical.ts";
import { type Packed, packFact, unpackFact } from "./msgpack.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The counts of one queue in one stored interval; `null` is a count the source did not give. */
export interface Interval {
  readonly revision: number;
  readonly startMs: number;
  readonly counters: readonly (number | null)[];
  readonly claims: readonly (Claim | null)[];
}

/** The intervals of one queue of a feed. */
export interface QueueIntervals {
  readonly queue: string;
  readonly intervals: readonly Interval[];
}

/** Where an interval is stored: a hash per queue and UTC day, a field per minute of that day. */
export interface IntervalPlace {
  readonly day: string;
  readonly field: string;
}

export function intervalPlace(startMs: number): IntervalPlace {
  const dayStart = Math.floor(startMs / DAY_MS) * DAY_MS;
  return { day: utcDay(dayStart), field: String(Math.floor((startMs - dayStart) / MINUTE_MS)) };
}

export function utcDay(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, 10).replaceAll("-", "");
}

/** Start of the interval of `lengthMs` that contains the instant; intervals are aligned to UTC midnight. */
export function intervalStart(ms: number, lengthMs: number): number {
  return Math.floor(ms / lengthMs) * lengthMs;
}

export function intervalStartOf(place: IntervalPlace): number {
  const iso = `${place.day.slice(0, 4)}-${place.day.slice(4, 6)}-${place.day.slice(6, 8)}T00:00:00Z`;
  return Temporal.Instant.from(iso).epochMilliseconds + Number(place.field) * MINUTE_MS;
}

/** UTC days, as stored, that a range of instants touches. */
export function utcDaysOf(fromMs: number, toMs: number): string[] {
  const days: string[] = [];
  for (let at = Math.floor(fromMs / DAY_MS) * DAY_MS; at < toMs; at += DAY_MS) days.push(utcDay(at));
  return days;
}

export function packInterval(revision: number, counters: readonly (number | null)[], claims: readonly (Claim | null)[]): Uint8Array {
  const items: Packed[] = [...counters];
  for (const claim of claims) {
    if (claim === null) items.push(null, null);
    else items.push(claim.mantissa, claim.dp);
  }
  while (items.length > counters.length && items.at(-1) === null) items.pop();
  return packFact(revision, items);
}

function numberOrNull(item: Packed | undefined): number | null {
  return typeof item === "number" ? item : null;
}

/** @throws RangeError when the bytes are not a packed interval. */
export function unpackInterval(bytes: Uint8Array, startMs: number, layout: Layout): Interval {
  const { revision, items } = unpackFact(bytes);
  const width = layout.counters.length;
  const counters = layout.counters.map((_, i) => numberOrNull(items[i]));
  const claims = layout.claims.map((_, i): Claim | null => {
    const mantissa = numberOrNull(items[width + 2 * i]);
    const dp = numberOrNull(items[width + 2 * i + 1]);
    return mantissa === null || dp === null ? null : { mantissa, dp };
  });
  return { revision, startMs, counters, claims };
}
