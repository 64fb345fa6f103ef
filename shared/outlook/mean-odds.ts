import { studentTCdf } from "../stats/student-t.ts";
import type { DayFigure } from "./day-figure.ts";
import { levelOf } from "./level.ts";
import { type Limit, limitNumber } from "./limit.ts";
import { type RestVolume, volumePoints } from "./volume.ts";

const WEEK = 7;

/** What the known days say of the mean of the rest. */
export interface MeanOdds {
  readonly mean: number;
  /** Variance of the mean of the rest around it: what is unknown of the level, its drift until then, and the rest's own days. */
  readonly variance: number;
  readonly df: number;
}

function valueOf({ good, n }: DayFigure): number {
  return good / n;
}

/** Variance of the daily values around the mean of their own week, so that a slow drift is not taken for unlike days. */
function dayVariance(days: readonly DayFigure[]): { variance: number; df: number } {
  let [squares, df] = [0, 0];
  for (const week of Map.groupBy(days, ({ at }) => Math.floor(at / WEEK)).values()) {
    const mean = week.reduce((sum, day) => sum + valueOf(day), 0) / week.length;
    squares += week.reduce((sum, day) => sum + (valueOf(day) - mean) ** 2, 0);
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
export function meanOdds(days: readonly DayFigure[], shares: readonly number[]): MeanOdds | null {
  const { variance, df } = dayVariance(days);
  const [first] = days;
  if (first === undefined || df < 1) return null;
  const usual = days.reduce((sum, { n }) => sum + n, 0) / days.length;
  const noise = (n: number): number => Math.max(variance, 1e-12) * Math.max(1, usual / n);
  const observations = days.map((day) => ({ at: day.at, value: valueOf(day), variance: noise(day.n) }));
  const level = levelOf({
    observations,
    unitVariance: variance,
    start: { mean: valueOf(first), variance: Math.max(variance, 1e-12) * 1e4 },
    shares,
  });
  const own = variance * shares.reduce((sum, share) => sum + share * share, 0);
  return { mean: level.mean, variance: level.variance + own, df };
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
