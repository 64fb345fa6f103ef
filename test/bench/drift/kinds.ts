import { addDays, type Day, weekdayOf, WEEKDAYS } from "../../../shared/calendar/day.ts";
import type { DriftPoint, SeriesKind, WorseSide } from "../../../shared/drift/drift-point.ts";
import { drawBeta, drawBinomial, drawNormal, drawPoisson } from "../../../shared/stats/random-draws.ts";
import { type RandomStream, randomStream } from "../../../shared/stats/random.ts";
import { type Optimum, tunedBinomial, tunedCusum, tunedUpwards } from "./optimum.ts";

/** A simulated day: as Accord takes it, as a plain chart takes it, and as nobody can know it. */
export interface SimulatedDay {
  readonly point: DriftPoint;
  /** The day's value less the mean of all days, in standard deviations of all days: what a chart without further knowledge sees. */
  readonly raw: number;
  /** The part of it that no knowledge of season, correlation and spread could foretell: independent, mean 0, standard deviation 1. */
  readonly ideal: number;
}

export interface SimulatedSeries {
  /** The next day, with the level moved by so many standard deviations. */
  next(shift: number): SimulatedDay;
}

/** A kind of series that drift is looked for in. */
export interface SeriesModel {
  readonly name: string;
  readonly kind: SeriesKind;
  readonly worse: WorseSide;
  /** Follows `ideal`. */
  optimum(shift: number): Optimum;
  start(seed: string): SimulatedSeries;
}

/** A Monday, so that seasons begin alike. */
const FIRST_DAY = "2001-01-01";
const LEVEL = 100;
const SPREAD = 10;

const days: Day[] = [];

/** Kept, because the calendar would take more time than all the rest. */
function dayAt(at: number): Day {
  return (days[at] ??= addDays(FIRST_DAY, at));
}

function seriesOf(seed: string, dayOf: (stream: RandomStream, day: Day, shift: number) => SimulatedDay): SimulatedSeries {
  const stream = randomStream(seed);
  let at = 0;
  return { next: (shift) => dayOf(stream, dayAt(at++), shift) };
}

/** A figure of one measurement a day. */
function figure(day: Day, score: number): DriftPoint {
  return { day, n: 1, num: LEVEL + SPREAD * score };
}

const NORMAL: SeriesModel = {
  name: "normal",
  kind: "mean",
  worse: "both",
  optimum: tunedCusum(1),
  start: (seed) =>
    seriesOf(seed, (stream, day, shift) => {
      const score = drawNormal(stream) + shift;
      return { point: figure(day, score), raw: score, ideal: score };
    }),
};

const SHARE = { level: 0.13, calls: 600, rho: 0.005 };

/** Days differ twice as much as chance makes them: variance p(1-p)/n times 1 + (n-1) rho. */
function shareSpread(n: number): number {
  return Math.sqrt(((SHARE.level * (1 - SHARE.level)) / n) * (1 + (n - 1) * SHARE.rho));
}

const PROPORTIONS: SeriesModel = {
  name: "over-dispersed proportions",
  kind: "share",
  worse: "both",
  optimum: tunedUpwards,
  start: (seed) =>
    seriesOf(seed, (stream, day, shift) => {
      const n = drawPoisson(stream, SHARE.calls);
      const level = SHARE.level + shift * shareSpread(SHARE.calls);
      const strength = 1 / SHARE.rho - 1;
      const num = drawBinomial(stream, n, drawBeta(stream, level * strength, (1 - level) * strength));
      const score = (num / n - SHARE.level) / shareSpread(n);
      return { point: { day, n, num }, raw: score, ideal: score };
    }),
};

/** In standard deviations, Monday first; they sum to 0. */
const WEEK = [1.6, 0.8, 0.2, 0, 0.4, -1.2, -1.8];
const WEEK_SPREAD = Math.sqrt(1 + WEEK.reduce((sum, effect) => sum + effect * effect, 0) / WEEK.length);

const SEASON: SeriesModel = {
  name: "weekly season",
  kind: "mean",
  worse: "both",
  optimum: tunedCusum(1),
  start: (seed) =>
    seriesOf(seed, (stream, day, shift) => {
      const ideal = drawNormal(stream) + shift;
      const score = ideal + (WEEK[WEEKDAYS.indexOf(weekdayOf(day))] ?? 0);
      return { point: figure(day, score), raw: score / WEEK_SPREAD, ideal };
    }),
};

const PHI = 0.3;
const INNOVATION = Math.sqrt(1 - PHI * PHI);

const CORRELATED: SeriesModel = {
  name: "autocorrelation .3",
  kind: "mean",
  worse: "both",
  optimum: tunedCusum((1 - PHI) / INNOVATION),
  start: (seed) => {
    let before: { readonly noise: number; readonly score: number } | null = null;
    return seriesOf(seed, (stream, day, shift) => {
      const noise: number = before === null ? drawNormal(stream) : PHI * before.noise + INNOVATION * drawNormal(stream);
      const score = noise + shift;
      const ideal: number = before === null ? score : (score - PHI * before.score) / INNOVATION;
      before = { noise, score };
      return { point: figure(day, score), raw: score, ideal };
    });
  },
};

const SMALL = { level: 0.1, n: 20 } as const;
/** Standard deviation of a day's share. */
const SMALL_SPREAD = Math.sqrt((SMALL.level * (1 - SMALL.level)) / SMALL.n);

/** Odds that grow by so much, and odds that shrink by the same factor: the chance itself cannot fall by more than 1.5 standard deviations. */
function tunedSmall(shift: number): Optimum {
  const { level, n } = SMALL;
  const up = level + shift * SMALL_SPREAD;
  const factor = up / (1 - up) / (level / (1 - level));
  const odds = level / (1 - level) / factor;
  const eventsOf = (score: number): number => Math.round((score * SMALL_SPREAD + level) * n);
  return tunedBinomial({ n, was: level, up, down: odds / (1 + odds) }, eventsOf);
}

const SMALL_SAMPLES: SeriesModel = {
  name: "small samples",
  kind: "share",
  worse: "up",
  optimum: tunedSmall,
  start: (seed) =>
    seriesOf(seed, (stream, day, shift) => {
      const num = drawBinomial(stream, SMALL.n, SMALL.level + shift * SMALL_SPREAD);
      const score = (num / SMALL.n - SMALL.level) / SMALL_SPREAD;
      return { point: { day, n: SMALL.n, num }, raw: score, ideal: score };
    }),
};

export const MODELS: readonly SeriesModel[] = [NORMAL, PROPORTIONS, SEASON, CORRELATED, SMALL_SAMPLES];
/** In standard deviations of a day. */
export const SHIFTS: readonly number[] = [0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3];
