import { weekdayAt } from "./day-figure.ts";
import type { RestVolume } from "./volume.ts";

/** A day's figure and what it weighs. */
interface WeighedDay {
  readonly at: number;
  readonly value: number;
  readonly weight: number;
}

/** How far a weekday usually lies from its week. */
export interface WeekdayEffects {
  /** @param weekday 0 for Monday to 6. */
  of(weekday: number): number;
  /** How many degrees of freedom the effects took from the days, 0 to 6. */
  readonly taken: number;
}

const WEEK = 7;
const NONE: WeekdayEffects = { of: () => 0, taken: 0 };

function weighedMean(days: readonly WeighedDay[]): number {
  let [sum, weight] = [0, 0];
  for (const day of days) {
    sum += day.value * day.weight;
    weight += day.weight;
  }
  return sum / weight;
}

/** Each day's distance from the mean of its own week. */
function fromWeek(days: readonly WeighedDay[]): { all: WeighedDay[]; weeks: number } {
  const weeks = Map.groupBy(days, ({ at }) => Math.floor(at / WEEK));
  const all = [...weeks.values()].flatMap((week) => {
    const mean = weighedMean(week);
    return week.map((day) => ({ ...day, value: day.value - mean }));
  });
  return { all, weeks: weeks.size };
}

/**
 * The usual distance of each weekday from its week, drawn towards none as far as chance alone may have made it: by 1 - 1 / F, with F
 * the variance between weekdays over that within them (James and Stein 1961; analysis of variance as in any textbook).
 * Example: where Mondays differ from Sundays no more than two Mondays do, F is 1 and there are no effects.
 */
export function weekdayEffects(days: readonly WeighedDay[]): WeekdayEffects {
  const { all, weeks } = fromWeek(days);
  const byWeekday = Map.groupBy(all, ({ at }) => weekdayAt(at));
  const between = byWeekday.size - 1;
  const within = days.length - weeks - between;
  if (between < 1 || within < WEEK) return NONE;
  const means = new Map<number, number>();
  let [apart, left] = [0, 0];
  for (const [weekday, some] of byWeekday) {
    const mean = weighedMean(some);
    means.set(weekday, mean);
    for (const { value, weight } of some) {
      apart += weight * mean * mean;
      left += weight * (value - mean) ** 2;
    }
  }
  if (apart <= 0) return NONE;
  const kept = Math.max(0, 1 - left / within / (apart / between));
  return { of: (weekday) => kept * (means.get(weekday) ?? 0), taken: kept * between };
}

/** What the weekdays of the rest bring to its mean, each by its share. */
export function usualOf(effects: WeekdayEffects, { shares, weekdays }: Pick<RestVolume, "shares" | "weekdays">): number {
  return shares.reduce((sum, share, i) => sum + share * effects.of(weekdays[i] ?? 0), 0);
}
