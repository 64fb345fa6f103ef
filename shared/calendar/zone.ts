import { addDays, type Day, DAY_MS, utcStartOf } from "./day.ts";
import { dayRange } from "./day-range.ts";
import { mergeRanges, type Range } from "./range.ts";
import { remember } from "./remember.ts";
import { openRanges, type ServiceHours } from "./service-hours.ts";
import { instantsAroundGap, instantsOf, segmentsAround, type ZoneSegment } from "./zone-segments.ts";

/** A wall clock somewhere: turns its readings into instants and back. Remembers the days it has met, up to a bound. */
export interface Zone {
  readonly timeZone: string;
  /** The day as the zone lives it, see `dayRange`. */
  dayRange(day: Day): Range;
  /** @param clock milliseconds since midnight as the clock shows them, 0 to 86,399,999. */
  localToInstant(day: Day, clock: number): number | "impossible" | "ambiguous";
  /** The instants that a reading may mean: one, both where the clock shows it twice, or under either offset where the clock jumps over it. */
  possibleInstants(day: Day, clock: number): readonly number[];
  /** What the clock shows at an instant, in milliseconds since midnight. */
  clockAt(ms: number): number;
  /** The day whose range contains the instant. */
  localDay(ms: number): Day;
  /** When the service is open on a day; a holiday has no open time. */
  openRanges(hours: ServiceHours, holidays: readonly Day[], day: Day): Range[];
}

interface KnownDay {
  readonly utcStart: number;
  readonly range: Range;
  readonly segments: readonly ZoneSegment[];
  /** The instant of the reading 0:00 where one offset holds all around the day, else NaN. */
  readonly base: number;
}

/** The local days that overlap one day of UTC, in order, and the offsets in force. */
interface KnownUtcDay {
  readonly days: readonly { readonly day: Day; readonly toMs: number }[];
  readonly segments: readonly ZoneSegment[];
}

const REMEMBERED_DAYS = 4000;

export function isKnownZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}

function meetDay(day: Day, timeZone: string): KnownDay {
  const utcStart = utcStartOf(day);
  const segments = segmentsAround(utcStart, timeZone);
  const [only, second] = segments;
  const base = only !== undefined && second === undefined ? utcStart - only.offsetMs : NaN;
  return { utcStart, range: dayRange(day, timeZone), segments, base };
}

function meetUtcDay(utcStart: number, timeZone: string): KnownUtcDay {
  const date = Temporal.Instant.fromEpochMilliseconds(utcStart).toString().slice(0, 10);
  const days = [-1, 0, 1].map((step) => addDays(date, step)).map((day) => ({ day, toMs: dayRange(day, timeZone).toMs }));
  return { days, segments: segmentsAround(utcStart, timeZone) };
}

const REMEMBERED_ZONES = 100;
/** One for each name: what it has learnt of its days serves every version of every agreement. */
const zoneOf = remember(REMEMBERED_ZONES, buildZone);

/** @throws RangeError when the zone is not known; its functions throw it for a day that is not in the calendar. */
export function createZone(timeZone: string): Zone {
  return zoneOf(timeZone);
}

function buildZone(timeZone: string): Zone {
  if (!isKnownZone(timeZone)) throw new RangeError(`"${timeZone}" is not a known time zone`);
  const known = remember(REMEMBERED_DAYS, (day: Day) => meetDay(day, timeZone));
  const knownUtc = remember(REMEMBERED_DAYS, (utcStart: number) => meetUtcDay(utcStart, timeZone));
  return {
    timeZone,
    dayRange: (day) => known(day).range,
    localToInstant: (day, clock) => {
      const { base, utcStart, segments } = known(day);
      if (!Number.isNaN(base)) return base + clock;
      const [instant, second] = instantsOf(utcStart + clock, segments);
      if (instant === undefined) return "impossible";
      return second === undefined ? instant : "ambiguous";
    },
    possibleInstants: (day, clock) => {
      const { utcStart, segments } = known(day);
      const instants = instantsOf(utcStart + clock, segments);
      return instants.length > 0 ? instants : instantsAroundGap(utcStart + clock, segments);
    },
    clockAt: (ms) => {
      const { segments } = knownUtc(Math.floor(ms / DAY_MS) * DAY_MS);
      const local = ms + (segments.find(({ toMs }) => ms < toMs)?.offsetMs ?? NaN);
      return local - Math.floor(local / DAY_MS) * DAY_MS;
    },
    localDay: (ms) => {
      const found = knownUtc(Math.floor(ms / DAY_MS) * DAY_MS).days.find(({ toMs }) => ms < toMs);
      if (found === undefined) throw new RangeError(`${ms} lies in no day of ${timeZone}`);
      return found.day;
    },
    openRanges: (hours, holidays, day) => {
      if (holidays.includes(day)) return [];
      return hours === "always" ? mergeRanges([known(day).range]) : openRanges(hours, day, known(day).segments);
    },
  };
}
