import { studentTCdf } from "../stats/student-t.ts";
import { type DayFigure, weekdayAt } from "./day-figure.ts";
import { levelOf } from "./level.ts";
import { type Limit, limitNumber } from "./limit.ts";
import { type RestVolume, volumePoints } from "./volume.ts";
import { usualOf, weekdayEffects } from "./weekday-effects.ts";

const WEEK = 7;
/** So small a variance stands for none, relatively, where all days are equal. */
const TINY = 1e-15;
/** How much less than one day's figure is known of the level before the first day. */
const VAGUE = 1e4;

interface DayValue {
  readonly at: number;
  readonly value: number;
}

/** What the known days say of the mean of the rest. */
export interface MeanOdds {
  readonly mean: number;
  /** Variance of the mean of the rest around it: what is unknown of the level, its drift until then, and the rest's own days. */
  readonly variance: number;
  readonly df: number;
}

/** Variance of the daily values around the mean of their own week, so that a slow drift is not taken for unlike days. */
function dayVariance(days: readonly DayValue[], taken: number): { variance: number; df: number } {
  let [squares, df] = [0, -taken];
  for (const week of Map.groupBy(days, ({ at }) => Math.floor(at / WEEK)).values()) {
    const mean = week.reduce((sum, { value }) => sum + value, 0) / week.length;
    squares += week.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
    df += week.length - 1;
  }
  return { variance: df > 0 ? squares / df : 0, df };
}

/**
 * The mean of the rest from the daily means: between-day variance holds what contacts and days bring together, so that no sums of
 * squares are needed. A day of little volume tells accordingly less.
 *
 * @returns `null` where the days do not tell their spread.
 */
export function meanOdds(days: readonly DayFigure[], rest: Pick<RestVolume, "shares" | "weekdays">): MeanOdds | null {
  const effects = weekdayEffects(days.map(({ at, n, good }) => ({ at, value: good / n, weight: 1 })));
  const values = days.map(({ at, n, good }) => ({ at, n, value: good / n - effects.of(weekdayAt(at)) }));
  const { variance, df } = dayVariance(values, effects.taken);
  const [first] = values;
  if (first === undefined || df < 1) return null;
  const usual = days.reduce((sum, { n }) => sum + n, 0) / days.length;
  const floor = Math.max(variance, TINY * first.value ** 2, TINY);
  const level = levelOf({
    observations: values.map(({ at, n, value }) => ({ at, value, variance: floor * Math.max(1, usual / n) })),
    unitVariance: variance,
    start: { mean: first.value, variance: floor * VAGUE },
    shares: rest.shares,
  });
  const own = variance * rest.shares.reduce((sum, share) => sum + share * share, 0);
  return { mean: level.mean + usualOf(effects, rest), variance: level.variance + own, df };
}

/** Share of the t distribution on the wrong side of what the rest must hold. */
function missAt(odds: MeanOdds, limit: Limit, needed: number): number {
  const distance = needed - odds.mean;
  if (odds.variance <= 0) return (limit.side === "at-least" ? distance > 0 : distance < 0) ? 1 : 0;
  const below = studentTCdf(distance / Math.sqrt(odds.variance), odds.df);
  return limit.side === "at-least" ? below : 1 - below;
}

/** What the rest must hold on average: (T (n + R) - S) / R. */
export function neededMean(limit: Limit, soFar: { readonly sum: number; readonly n: number }, rest: number): number {
  return (limitNumber(limit) * (soFar.n + rest) - soFar.sum) / rest;
}

/**
 * P(miss) of a mean by the t distribution, averaged over nine equally likely volumes of the rest.
 *
 * @returns 0..1.
 */
export function missOfMean(
  odds: MeanOdds,
  rest: RestVolume,
  { limit, soFar }: { readonly limit: Limit; readonly soFar: { readonly sum: number; readonly n: number } },
): number {
  const points = volumePoints(rest);
  const sum = points.reduce((total, volume) => {
    if (volume > 0) return total + missAt(odds, limit, neededMean(limit, soFar, volume));
    const spare = soFar.sum - limitNumber(limit) * soFar.n;
    return total + ((limit.side === "at-least" ? spare < 0 : spare > 0) ? 1 : 0);
  }, 0);
  return sum / points.length;
}
