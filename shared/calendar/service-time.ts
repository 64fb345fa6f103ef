import { addDays } from "./day.ts";
import type { OpenHours } from "./open-hours.ts";
import type { Zone } from "./zone.ts";

/** A service that is shut for longer is not waited for. */
const LONGEST_SEARCH_DAYS = 62;

/**
 * The instant at which a service has been open for `ms` since `fromMs`. An hour that the clock jumps over is no open time,
 * an hour shown twice is open twice. Where it is open too little within 62 days, the rest passes as on any clock.
 *
 * @param ms milliseconds, 0 or more; 0 is the next instant at which it is open.
 */
export function afterOpenTime({ zone, hours }: { readonly zone: Zone; readonly hours: OpenHours }, fromMs: number, ms: number): number {
  const first = zone.localDay(fromMs);
  let left = ms;
  for (let i = 0; i <= LONGEST_SEARCH_DAYS; i++) {
    for (const range of hours.rangesOf(addDays(first, i))) {
      const openMs = Math.max(range.fromMs, fromMs);
      if (openMs >= range.toMs) continue;
      if (openMs + left < range.toMs || (left > 0 && openMs + left === range.toMs)) return openMs + left;
      left -= range.toMs - openMs;
    }
  }
  return zone.dayRange(addDays(first, LONGEST_SEARCH_DAYS)).toMs + left;
}
