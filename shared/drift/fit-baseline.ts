import { WEEKDAYS } from "../calendar/day.ts";
import { autocorrelationOf, type Autocorrelation, type PlacedResidual } from "./autocorrelation.ts";
import { betweenVariance, splitVariance, varianceOf, type DayVariance } from "./day-variance.ts";
import type { SeriesKind } from "./drift-point.ts";
import { withoutGrossDays } from "./gross-days.ts";
import { sigmaZ } from "./laney.ts";
import type { Reading } from "./reading.ts";
import { addToTails, NO_TAILS, type TailSums } from "./tail-weight.ts";
import { NO_SEASON, seasonOf, type Season } from "./season.ts";

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
  readonly season: Season;
  readonly correlation: Autocorrelation;
  /** Whether the variance of a unit is known, not taken from how days differ. */
  readonly spreadKnown: boolean;
  /** How heavy the tails of its days are, gross ones among them. */
  readonly tails: TailSums;
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

function weightedMean(readings: readonly Reading[], weights: readonly number[], season: Season): number {
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

type Fit = Pick<Baseline, "level" | "season" | "variance">;

/** Level, weekdays and variances in turn, each by weights that follow from the others. */
function fitInTurn(readings: readonly Reading[], unit: number | null): Fit {
  let weights: readonly number[] = readings.map(({ size }) => size);
  let fit: Fit = { level: weightedMean(readings, weights, NO_SEASON), season: NO_SEASON, variance: { unit: unit ?? 0, between: 0 } };
  for (let round = 0; round < ROUNDS; round++) {
    const { level: before } = fit;
    const season = seasonOf(
      readings.map(({ weekday, x }, i) => ({ slot: weekday, value: x - before, weight: weights[i] ?? 0 })),
      WEEKDAYS.length,
    );
    const level = weightedMean(readings, weights, season);
    const variance = fitVariance(readings, { level, season }, unit);
    fit = { level, season, variance };
    if (!(variance.unit > 0 || variance.between > 0)) break;
    weights = readings.map(({ size }) => 1 / varianceOf(variance, size));
  }
  return fit;
}

function residualsOf(readings: readonly Reading[], fit: Fit): PlacedResidual[] {
  return readings.map(({ at, x, weekday, size }) => ({
    at,
    z: (x - expectedOn(weekday, fit)) / Math.sqrt(varianceOf(fit.variance, size)),
  }));
}

/**
 * Fits level, weekdays, spread and correlation of a series to the days of its baseline, by weighted means whose weights follow the fitted
 * variances. Days far from all others are left out, but for the question how heavy the tails are.
 *
 * @param readings of the baseline, in order of time; at least two.
 */
export function fitBaseline(readings: readonly Reading[], kind: SeriesKind): Baseline {
  const small = isSmall(readings, kind);
  const kept = small ? readings : withoutGrossDays(readings);
  const known = knownUnit(kept, kind);
  const fit = fitInTurn(kept, known);
  const correlation = autocorrelationOf(residualsOf(kept, fit));
  const unit = known ?? fit.variance.unit;
  const inflated = (1 + correlation.used) / (1 - correlation.used);
  return {
    ...fit,
    kind,
    subgroups: kept.length,
    n: kept.reduce((sum, { point: { n, sample } }) => sum + (sample ?? n), 0),
    levelVariance: inflated / kept.reduce((sum, { size }) => sum + 1 / varianceOf(fit.variance, size), 0),
    spreadKnown: known !== null,
    correlation,
    tails: residualsOf(readings, fit).reduce((tails, { z }) => addToTails(tails, z), NO_TAILS),
    dispersion: unit > 0 ? sigmaZ(kept.map(({ x, weekday, size }) => (x - expectedOn(weekday, fit)) / Math.sqrt(unit / size))) : 1,
    size: kept.reduce((sum, { size }) => sum + size, 0) / kept.length,
    small,
  };
}
