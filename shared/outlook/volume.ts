import { levelFrom, type LevelRuns, levelRuns } from "./level.ts";

/** A day whose volume is known in full. */
export interface DayVolume {
  /** Days since 1 January 1970. */
  readonly at: number;
  /** 0 to 6. */
  readonly weekday: number;
  readonly n: number;
  /** What the locked forecast said of the day, in the same unit; `null` without one. */
  readonly locked: number | null;
}

/** A day of the rest of the window. */
export interface RestDay {
  readonly weekday: number;
  /** Share of its measured time that is left, above 0 to 1. */
  readonly left: number;
  readonly locked: number | null;
}

/** What is still to come. */
export interface RestVolume {
  readonly source: "locked" | "profile";
  readonly expected: number;
  /** Standard deviation of the sum. */
  readonly deviation: number;
  /** Share of each day of the rest, in order; they add to 1. */
  readonly shares: readonly number[];
  /** The weekday of each. */
  readonly weekdays: readonly number[];
}

/** Fewer known days than this say nothing of the days to come. */
export const FEWEST_DAYS = 5;
const MOST_WEEKS = 8;
/** Relative spread of a day before days were seen, worth three days. */
const PRIOR_SPREAD = 0.1;
const PRIOR_DAYS = 3;

interface DayExpectation {
  readonly expected: number;
  /** Over how many days this is a mean; those of one weekday err together. */
  readonly basis: number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The same weekday's mean over the latest eight; of a weekday never seen, the mean of all days. */
function weekdayMeans(known: readonly DayVolume[]): (weekday: number) => DayExpectation {
  const all = { expected: mean(known.map(({ n }) => n)), basis: known.length };
  const means = new Map<number, DayExpectation>();
  for (const [weekday, days] of Map.groupBy(known, (day) => day.weekday)) {
    const latest = days.slice(-MOST_WEEKS).map(({ n }) => n);
    means.set(weekday, { expected: mean(latest), basis: latest.length });
  }
  return (weekday) => means.get(weekday) ?? all;
}

/** A known day beside what would have been expected of it. */
interface DayPair extends DayExpectation {
  readonly at: number;
  readonly n: number;
}

/** Root mean square of how far days were from what was expected of them, relatively, drawn towards 10 %. */
function relativeSpread(pairs: readonly DayPair[]): number {
  let [squares, free] = [PRIOR_SPREAD ** 2 * PRIOR_DAYS, PRIOR_DAYS];
  for (const { n, expected, basis } of pairs) {
    squares += (n / expected - 1) ** 2;
    free += 1 - 1 / basis;
  }
  return Math.sqrt(squares / free);
}

/** What the known days beside their expectations say of days to come. */
interface Experience {
  readonly spread: number;
  readonly level: LevelRuns;
}

function experienceOf(days: readonly DayPair[]): Experience {
  const pairs = days.filter(({ expected }) => expected > 0);
  const spread = relativeSpread(pairs);
  const observations = pairs.map(({ at, n, expected }) => ({ at, value: n / expected, variance: spread * spread }));
  return { spread, level: levelRuns({ observations, unitVariance: 1, start: { mean: 1, variance: spread * spread } }) };
}

/** How far the rest as a whole may be off: volume that lately ran above or below what was expected, and may go on wandering. */
function commonError({ level: runs }: Experience, shares: readonly number[]): number {
  const level = levelFrom(runs, shares);
  return level.variance + (level.mean - 1) ** 2;
}

function restOf(
  source: RestVolume["source"],
  days: readonly (DayExpectation & { readonly weekday: number })[],
  experience: Experience,
): RestVolume {
  const { spread } = experience;
  const expected = days.reduce((sum, day) => sum + day.expected, 0);
  const own = days.reduce((sum, day) => sum + day.expected ** 2, 0);
  const together = [...Map.groupBy(days, ({ weekday }) => weekday).values()].reduce(
    (sum, same) => sum + same.reduce((total, day) => total + day.expected, 0) ** 2 / (same[0]?.basis ?? 1),
    0,
  );
  const shares = days.map((day) => (expected > 0 ? day.expected / expected : 1 / days.length));
  const variance = spread * spread * (own + together) + expected * expected * commonError(experience, shares);
  return { source, expected, deviation: Math.sqrt(variance), shares, weekdays: days.map(({ weekday }) => weekday) };
}

/** What known days say of the volume of any day, worked out once; `null` with fewer than five. */
export interface VolumeBasis {
  readonly meanOf: (weekday: number) => DayExpectation;
  readonly byProfile: Experience;
  readonly byForecast: Experience;
}

/** @param known days before the rest, oldest first. */
export function volumeBasis(known: readonly DayVolume[]): VolumeBasis | null {
  if (known.length < FEWEST_DAYS) return null;
  const meanOf = weekdayMeans(known);
  const foretold = known.flatMap(({ at, n, locked }) => (locked === null ? [] : [{ at, n, expected: locked, basis: Infinity }]));
  return {
    meanOf,
    byProfile: experienceOf(known.map(({ at, weekday, n }) => ({ at, n, ...meanOf(weekday) }))),
    byForecast: experienceOf(foretold),
  };
}

/**
 * The volume of the rest of a window: the parties' locked forecast where every day of the rest has one, else the mean of the
 * same weekday over up to eight weeks. Its spread is that of the known days around the same kind of expectation, how far
 * the latest of them ran off it together included.
 */
export function restOn({ meanOf, byForecast, byProfile }: VolumeBasis, rest: readonly RestDay[]): RestVolume {
  const locked = rest.map((day) => (day.locked === null ? [] : [{ ...day, expected: day.locked * day.left, basis: Infinity }])).flat();
  if (rest.length > 0 && locked.length === rest.length) return restOf("locked", locked, byForecast);
  const days = rest.map(({ weekday, left }) => {
    const { expected, basis } = meanOf(weekday);
    return { weekday, expected: expected * left, basis };
  });
  return restOf("profile", days, byProfile);
}

/** Nine equally likely points of the standard normal distribution: its quantiles at 1/18, 3/18, ... 17/18. */
const NINE_POINTS = [-1.5932188, -0.9674216, -0.5894558, -0.2822161, 0, 0.2822161, 0.5894558, 0.9674216, 1.5932188] as const;
const Z_90 = 1.2815515655446004;

/** Nine equally likely volumes of the rest, whole numbers in rising order. */
export function volumePoints({ expected, deviation }: RestVolume): number[] {
  return NINE_POINTS.map((z) => Math.max(0, Math.round(expected + z * deviation)));
}

/** The 10 % and 90 % points around the expected volume. */
export function volumeRange({ expected, deviation }: RestVolume): { expected: number; low: number; high: number } {
  const at = (z: number): number => Math.max(0, Math.round(expected + z * deviation));
  return { expected: at(0), low: at(-Z_90), high: at(Z_90) };
}
