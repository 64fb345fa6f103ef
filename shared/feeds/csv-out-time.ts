import { createZone } from "../calendar/zone.ts";
import { remember } from "../calendar/remember.ts";

/** How instants and days are written for one zone. */
export interface TimeWriter {
  /** ISO 8601 with the zone's offset, milliseconds only where there are some: `2026-03-02T09:00:00+01:00`. */
  instant(ms: number): string;
  /** The zone's day that contains the instant, `yyyy-mm-dd`. */
  day(ms: number): string;
}

const MINUTE_MS = 60_000;
/** Clocks are changed at quarters of an hour. */
const QUARTER_MS = 900_000;
const REMEMBERED = 4000;
/** The end of 2199. */
const LATEST_MS = 7_258_118_399_999;

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, "0"));
  return `${minutes < 0 ? "-" : "+"}${hours}:${rest}`;
}

/** @throws RangeError when the zone is not known. */
export function createTimeWriter(timeZone: string): TimeWriter {
  const zone = createZone(timeZone);
  const offsetOf = remember(
    REMEMBERED,
    (quarter: number) =>
      Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1_000_000,
  );
  return {
    instant: (ms) => {
      const exact = offsetOf(Math.floor(ms / QUARTER_MS));
      // ISO 8601 writes offsets in minutes; the few zones that once had seconds are written in UTC. So is what would not be of
      // the years 1970 to 2199 on the local clock, because no other year is read again.
      const offset = exact % MINUTE_MS === 0 && ms + exact >= 0 && ms + exact <= LATEST_MS ? exact : 0;
      const text = new Date(ms + offset).toISOString();
      const clock = text.endsWith(".000Z") ? text.slice(0, 19) : text.slice(0, 23);
      return `${clock}${offset === 0 ? "Z" : offsetText(offset / MINUTE_MS)}`;
    },
    day: (ms) => zone.localDay(ms),
  };
}
