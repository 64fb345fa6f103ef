import { type DayPart, contrastTail } from "./day-contrast.ts";

/** Counts of one day in four spans of equal length around a limit: two up to it, two beyond. */
export interface EdgeDay {
  readonly before: number;
  readonly inside: number;
  readonly outside: number;
  readonly after: number;
}

/** What stands out just inside of a limit. */
export interface EdgeMass {
  readonly inside: number;
  readonly outside: number;
  /** As many would be inside if the counts went on smoothly across the limit. */
  readonly expected: number;
  readonly days: number;
  readonly chance: number;
}

/** Smaller spans tell nothing. */
const LEAST = 30;
const LEAST_DAYS = 10;
/** Less than this above the smooth count is not worth a question, however certain. */
const LEAST_EXCESS = 1.15;

/** The length of the spans: a fifth of the limit in whole seconds, as clocks count them, at least one. */
export function spanMs(limitMs: number): number {
  return Math.max(1000, Math.floor(limitMs / 5000) * 1000);
}

/** Counts times around a limit; up to the limit and with it is inside. */
export function edgeDayOf(timesMs: Iterable<number>, limitMs: number): EdgeDay {
  const width = spanMs(limitMs);
  const counts = { before: 0, inside: 0, outside: 0, after: 0 };
  for (const time of timesMs) {
    const place = Math.ceil((time - limitMs) / width);
    if (place === -1) counts.before++;
    else if (place === 0) counts.inside++;
    else if (place === 1) counts.outside++;
    else if (place === 2) counts.after++;
  }
  return counts;
}

/**
 * The step at the limit: ln(inside / outside) less a third of ln(before / after). It is 0 where the logarithm of the density is
 * any line or parabola, as times are over spans so short; its variance comes from the days, and is never below that of independent counts.
 */
function stepOf(days: readonly EdgeDay[], total: EdgeDay): DayPart {
  const { before, inside, outside, after } = total;
  const value = Math.log(inside / outside) - Math.log(before / after) / 3;
  const squares = days.reduce(
    (sum, day) => sum + (day.inside / inside - day.outside / outside - (day.before / before - day.after / after) / 3) ** 2,
    0,
  );
  const chance = 1 / inside + 1 / outside + (1 / before + 1 / after) / 9;
  return { value, variance: Math.max((squares * days.length) / (days.length - 1), chance), free: days.length - 1 };
}

/**
 * Whether times are heaped just inside of a limit, as where they are made to fit it.
 *
 * @param level asks no more often than this where the counts are smooth across the limit.
 * @returns `null` where they are smooth as far as can be told, or too few: 30 in each span but the one beyond, and 10 days.
 */
export function edgeMassOf(days: readonly EdgeDay[], level: number): EdgeMass | null {
  const told = days.filter((day) => day.before + day.inside + day.outside + day.after > 0);
  const sum = (of: (day: EdgeDay) => number): number => told.reduce((all, day) => all + of(day), 0);
  const total = { before: sum((d) => d.before), inside: sum((d) => d.inside), outside: sum((d) => d.outside), after: sum((d) => d.after) };
  if (told.length < LEAST_DAYS || Math.min(total.before, total.inside, total.after) < LEAST) return null;
  // One case where there is none: a gap beyond the limit is the clearest heap of all.
  const safe = { ...total, outside: Math.max(1, total.outside) };
  const step = stepOf(told, safe);
  const chance = contrastTail(step);
  if (chance > level || step.value < Math.log(LEAST_EXCESS)) return null;
  return { inside: total.inside, outside: total.outside, expected: total.inside / Math.exp(step.value), days: told.length, chance };
}
