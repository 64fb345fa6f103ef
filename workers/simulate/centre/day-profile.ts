import type { Zone } from "../../../shared/calendar/zone.ts";
import { weekdayOf } from "../../../shared/calendar/day.ts";
import { BANK_1999 } from "./bank-facts.ts";
import { Random, seedOf } from "./random.ts";

const WEEKDAY_FACTOR = { mon: 1.1, tue: 1.05, wed: 1, thu: 1, fri: 1.05, sat: 0.75, sun: 0.65 } as const;
/** An emergency line never sleeps: this share of the day's calls is spread evenly over the 24 hours. */
const EVEN_SHARE = 0.3;
const HOURS = BANK_1999.hourPerMille.map((perMille) => (1 - EVEN_SHARE) * (perMille / 998) + EVEN_SHARE / 24);
/** In the night the clocks change, a file of clock times would be ambiguous: the lines open at four. */
const CLOCK_CHANGE_OPENS_MS = 4 * 3_600_000;
const THIN_SHARE = 0.06;

/** One day of a queue as it was drawn: how many calls it attracts, and whether too few agents came. */
export interface DayMood {
  readonly volume: number;
  readonly thin: boolean;
}

export function moodOf(seed: string, queue: string, day: string): DayMood {
  const random = new Random(seedOf(`${seed}/${queue}/${day}`));
  return { volume: random.lognormal(1, 0.08), thin: random.chance(THIN_SHARE) };
}

/**
 * Calls per hour that a day of `perDay` calls brings at an instant, by the hour of the zone's clock and the weekday.
 *
 * @returns 0 in the hours around a change of the clocks.
 */
export function callsPerHourAt(zone: Zone, atS: number, perDay: number): number {
  const day = zone.localDay(atS * 1000);
  const clockMs = zone.clockAt(atS * 1000);
  const { fromMs, toMs } = zone.dayRange(day);
  if (toMs - fromMs !== 86_400_000 && clockMs < CLOCK_CHANGE_OPENS_MS) return 0;
  const share = HOURS[Math.floor(clockMs / 3_600_000)] ?? 0;
  return perDay * WEEKDAY_FACTOR[weekdayOf(day)] * share;
}
