import { autocorrelationOf, type Autocorrelation } from "./autocorrelation.ts";
import { betweenVariance, splitVariance, varianceOf, type DayVariance } from "./day-variance.ts";
import type { SeriesKind } from "./drift-point.ts";
import { withoutGrossDays } from "./gross-days.ts";
import { sigmaZ } from "./laney.ts";
import type { Reading } from "./reading.ts";
import { NO_SEASON, weekdaySeason, type WeekdaySeason } from "./weekday-season.ts";

/** What is usual for a series, on the scale of scoring; frozen until another is agreed. */
export interface Baseline {
  readonly kind: SeriesKind;
  /** Days that said so, gross ones left out. */
  readonly subgroups: number;
  readonly n: number;
  readonly level: number;
  /** Variance of the level as the days give it. */
  readonly levelVariance: number;
  readonly variance: DayVariance;
  readonly season: WeekdaySeason;
  readonly correlation: Autocorrelation;
  /** Whether the variance of a unit is known, not taken from how days differ. */
  readonly spreadKnown: boolean;
  /** Laney's sigma-z: 1 where days differ as chance makes them. */
  readonly dispersion: number;
  /** Units of a usual day. */
  readonly size: number;
  /** Whether a usual day has fewer than five of the rarer outcome, so that no normal distribution describes it. */
  readonly small: boolean;
}

const ROUNDS = 4;
const FEW = 5;

/** What is expected of a day on the scale of scoring. */
export function expectedOn(weekday: number, { level, season }: Pick<Baseline, "level" | "season">): number {
  return level + (season.effects[weekday] ?? 0);
}

/** The chance of a unit, never exactly 0 or 1 (Jeffreys: half an event each way). */
function pooledChance(readings: readonly Reading[], kind: SeriesKind): number {
  const [events, size] = readings.reduce(([e, s], reading) => [e + reading.x * reading.size, s + reading.size], [0, 0]);
  return kind === "rate" ? (events + 0.5) / size : (events + 0.5) / (size + 1);
}

/** Variance of a single unit where the kind or the points tell it. */
function knownUnit(readings: readonly Reading[], kind: SeriesKind): number | null {
  const chance = pooledChance(readings, kind);
  if (kind === "rate") return chance;
  if (kind === "share") return chance * (1 - chance);
  let [sum, free] = [0, 0];
  for (const { unit, size } of readings) {
    if (unit === null) continue;
    sum += unit * (size - 1);
    free += size - 1;
  }
  return free >= readings.length && sum > 0 ? sum / free : null;
}

function weightedMean(readings: readonly Reading[], weights: readonly number[], season: WeekdaySeason): number {
  let [sum, all] = [0, 0];
  for (const [i, { x, weekday }] of readings.entries()) {
    sum += (weights[i] ?? 0) * (x - (season.effects[weekday] ?? 0));
    all += weights[i] ?? 0;
  }
  return sum / all;
}

function fitVariance(readings: readonly Reading[], fit: Pick<Baseline, "level" | "season">, unit: number | null): DayVariance {
  const residuals = readings.map(({ x, weekday, size }) => ({ value: x - expectedOn(weekday, fit), size }));
  const free = Math.max(1, readings.length - 1 - fit.season.taken);
  return unit === null ? splitVariance(residuals, free) : { unit, between: betweenVariance(residuals, unit, free) };
}

function isSmall(readings: readonly Reading[], kind: SeriesKind): boolean {
  if (kind !== "share" && kind !== "rate") return false;
  const chance = pooledChance(readings, kind);
  const usual = readings.reduce((sum, { size }) => sum + size, 0) / readings.length;
  return usual * (kind === "rate" ? chance : Math.min(chance, 1 - chance)) < FEW;
}

/**
 * Fits level, weekdays, spread and correlation of a series to the days of its baseline, by weighted means whose weights follow the fitted
 * variances. Days far from all others are left out.
 *
 * @param readings of the baseline, in order of time; at least two.
 */
export function fitBaseline(readings: readonly Reading[], kind: SeriesKind): Baseline {
  const small = isSmall(readings, kind);
  const kept = small ? readings : withoutGrossDays(readings);
  const unit = knownUnit(kept, kind);
  let weights: readonly number[] = kept.map(({ size }) => size);
  let [season, level, variance] = [NO_SEASON, weightedMean(kept, weights, NO_SEASON), { unit: unit ?? 0, between: 0 }];
  for (let round = 0; round < ROUNDS; round++) {
    season = weekdaySeason(kept.map(({ weekday, x }, i) => ({ weekday, value: x - level, weight: weights[i] ?? 0 })));
    level = weightedMean(kept, weights, season);
    variance = fitVariance(kept, { level, season }, unit);
    const of = variance;
    if (varianceOf(of, kept[0]?.size ?? 1) > 0) weights = kept.map(({ size }) => 1 / varianceOf(of, size));
  }
  const fit = { level, season };
  const scored = kept.map(({ at, x, weekday, size }) => ({
    at,
    z: (x - expectedOn(weekday, fit)) / Math.sqrt(varianceOf(variance, size)),
  }));
  const correlation = autocorrelationOf(scored);
  const chance = kept.map(({ x, weekday, size }) => (x - expectedOn(weekday, fit)) / Math.sqrt((unit ?? variance.unit) / size));
  const inflated = (1 + correlation.used) / (1 - correlation.used);
  return {
    kind,
    subgroups: kept.length,
    n: kept.reduce((sum, { point }) => sum + point.n, 0),
    level,
    levelVariance: inflated / kept.reduce((sum, { size }) => sum + 1 / varianceOf(variance, size), 0),
    variance,
    spreadKnown: unit !== null,
    season,
    correlation,
    dispersion: (unit ?? variance.unit) > 0 ? sigmaZ(chance) : 1,
    size: kept.reduce((sum, { size }) => sum + size, 0) / kept.length,
    small,
  };
}
