import type { Claim, Layout } from "../feeds/canonical.ts";
import { type Packed, packFact, unpackFact } from "./msgpack.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const THOUSAND = 1000;

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

/**
 * The UTC day of an instant as `yyyymmdd`, for the years 0 to 9999. Plain integer arithmetic, because this runs for
 * every row: "civil_from_days" of H. Hinnant, chrono-compatible low-level date algorithms.
 */
export function utcDay(ms: number): string {
  const z = Math.floor(ms / DAY_MS) + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return String(year * 10_000 + month * 100 + day).padStart(8, "0");
}

/** First instant of a stored day, the inverse of {@link utcDay} ("days_from_civil" of the same source). */
export function utcDayStart(day: string): number {
  const month = Number(day.slice(4, 6));
  const year = Number(day.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + Number(day.slice(6, 8)) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) * DAY_MS;
}

/** Start of the interval of `lengthMs` that contains the instant; intervals are aligned to UTC midnight. */
export function intervalStart(ms: number, lengthMs: number): number {
  return Math.floor(ms / lengthMs) * lengthMs;
}

export function intervalStartOf(place: IntervalPlace): number {
  return utcDayStart(place.day) + Number(place.field) * MINUTE_MS;
}

/** UTC days, as stored, that a range of instants touches. */
export function utcDaysOf(fromMs: number, toMs: number): string[] {
  const days: string[] = [];
  for (let at = Math.floor(fromMs / DAY_MS) * DAY_MS; at < toMs; at += DAY_MS) days.push(utcDay(at));
  return days;
}

/** Whole thousands, as times in whole seconds are, stand below zero, where no counter is: two bytes less for most times. */
function packCounter(value: number | null): Packed {
  return value !== null && value > 0 && value % THOUSAND === 0 ? -value / THOUSAND : value;
}

function unpackCounter(item: Packed | undefined): number | null {
  const value = numberOrNull(item);
  return value !== null && value < 0 ? -value * THOUSAND : value;
}

/** What follows the revision in a stored interval: the counters, then the claims with trailing blanks left out. */
export function intervalItems(counters: readonly (number | null)[], claims: readonly (Claim | null)[]): Packed[] {
  const items: Packed[] = counters.map(packCounter);
  for (const claim of claims) {
    if (claim === null) items.push(null, null);
    else items.push(claim.mantissa, claim.dp);
  }
  while (items.length > counters.length && items.at(-1) === null) items.pop();
  return items;
}

export function packInterval(revision: number, counters: readonly (number | null)[], claims: readonly (Claim | null)[]): Uint8Array {
  return packFact(revision, intervalItems(counters, claims));
}

function numberOrNull(item: Packed | undefined): number | null {
  return typeof item === "number" ? item : null;
}

/** @throws RangeError when the bytes are not a packed interval. */
export function unpackInterval(bytes: Uint8Array, startMs: number, layout: Layout): Interval {
  const { revision, items } = unpackFact(bytes);
  const width = layout.counters.length;
  const counters = layout.counters.map((_, i) => unpackCounter(items[i]));
  const claims = layout.claims.map((_, i): Claim | null => {
    const mantissa = numberOrNull(items[width + 2 * i]);
    const dp = numberOrNull(items[width + 2 * i + 1]);
    return mantissa === null || dp === null ? null : { mantissa, dp };
  });
  return { revision, startMs, counters, claims };
}
