import { DAY_MS } from "./day.ts";

/** A stretch of time in which the zone's clock differs from UTC by one fixed amount. */
export interface ZoneSegment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}

/**
 * The stretches of constant offset that overlap the two days around a UTC midnight.
 * The margin is wider than any offset, so that every reading of the clock on that day falls into them.
 */
export function segmentsAround(utcStartMs: number, timeZone: string): readonly ZoneSegment[] {
  const endMs = utcStartMs + 2 * DAY_MS + DAY_MS / 2;
  const segments: ZoneSegment[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(utcStartMs - DAY_MS - DAY_MS / 2).toZonedDateTimeISO(timeZone);
  while (at.epochMilliseconds < endMs) {
    const next = at.getTimeZoneTransition("next");
    const toMs = next === null ? Infinity : next.epochMilliseconds;
    segments.push({ fromMs: at.epochMilliseconds, toMs, offsetMs: at.offsetNanoseconds / 1_000_000 });
    if (next === null) break;
    at = next;
  }
  return segments;
}

/**
 * Every instant at which the zone's clock shows the reading: none where the clock jumps over it, two where it is set back.
 *
 * @param readingMs the reading as if the zone were UTC.
 */
export function instantsOf(readingMs: number, segments: readonly ZoneSegment[]): number[] {
  const instants: number[] = [];
  for (const { fromMs, toMs, offsetMs } of segments) {
    const instant = readingMs - offsetMs;
    if (instant >= fromMs && instant < toMs) instants.push(instant);
  }
  return instants;
}

/** What a reading that the clock jumps over would be under the offset before the jump and under the one after it, in order of time. */
export function instantsAroundGap(readingMs: number, segments: readonly ZoneSegment[]): number[] {
  for (const [at, before] of segments.entries()) {
    const after = segments[at + 1];
    if (after === undefined) break;
    const [late, early] = [readingMs - before.offsetMs, readingMs - after.offsetMs];
    if (late >= before.toMs && early < after.fromMs) return [early, late];
  }
  return [];
}
