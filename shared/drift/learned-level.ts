import { addPair, NO_PAIRS, usedCorrelation, type LagSums } from "./autocorrelation.ts";
import type { Baseline } from "./fit-baseline.ts";
import { addToTails, bothTails, NO_TAILS, tailShape, type TailShape, type TailSums } from "./tail-weight.ts";
import { normalisedScore, skewOf } from "./skewness.ts";
import { carryOf, freshOf, type ScoredPoint } from "./score-points.ts";

/** What a baseline does not know of itself. */
export interface Doubt {
  /** Inverse variance of its level. */
  readonly information: number;
  /** Degrees of freedom of its spread. */
  readonly degrees: number;
  /** From which the correlation of neighbours follows. */
  readonly lag: LagSums;
  /** From which skewness and weight of the tails follow. */
  readonly tails: TailSums;
  /** Skewness of a usual day where the kind tells it: shares and rates. */
  readonly skew: number | null;
}

/** What steady points since the baseline say of that. Plain data: a snapshot of it is its JSON. */
export interface LearnedLevel {
  readonly score: number;
  readonly information: number;
  readonly squares: number;
  readonly days: number;
  readonly lag: LagSums;
  readonly tails: TailSums;
}

export const NOTHING_LEARNED: LearnedLevel = { score: 0, information: 0, squares: 0, days: 0, lag: NO_PAIRS, tails: NO_TAILS };

/** Degrees of freedom of a spread that chance alone makes, and is therefore known. */
const KNOWN = 1e6;
/** Standard deviations up to which a point says something of spread and correlation. */
const WILD = 3;

export function doubtOf(baseline: Baseline): Doubt {
  const { kind, size, levelVariance, subgroups, season, variance, spreadKnown, correlation, tails } = baseline;
  const degrees = spreadKnown && variance.between === 0 ? KNOWN : Math.max(4, subgroups - 1 - season.taken);
  return {
    information: 1 / levelVariance,
    degrees,
    lag: correlation.sums,
    tails,
    skew: kind === "share" || kind === "rate" ? skewOf(size, baseline) : null,
  };
}

/**
 * The normal score of a value of Student's t distribution: sign x (8v + 1) / (8v + 3) x sqrt(v ln(1 + t^2 / v)) (Wallace 1959, Annals of
 * Mathematical Statistics 30:1124; Hawkins 1987). Example: t = 2.2281 with 10 degrees of freedom gives 1.962 (exact 1.960).
 */
export function normalScore(t: number, degrees: number): number {
  const size = ((8 * degrees + 1) / (8 * degrees + 3)) * Math.sqrt(degrees * Math.log1p((t * t) / degrees));
  return t < 0 ? -size : size;
}

/** How much a lasting shift of one, on the scale of scoring, moves the fresh part of a point. */
export function pullOf(sd: number, carry: number): number {
  return (1 - carry) / (sd * Math.sqrt(1 - carry * carry));
}

/** A point against all that is known so far. */
export interface ExactScore {
  /** Standard normal and independent of those before while nothing moves, however few days the baseline has. */
  readonly score: number;
  /** The same with all of the skewness taken out: for the question whether a single day is wild. */
  readonly alone: number;
  readonly learned: LearnedLevel;
}

function within(z: number): number {
  return Math.max(-WILD, Math.min(WILD, z));
}

function bothLags(a: LagSums, b: LagSums): LagSums {
  return { pairs: a.pairs + b.pairs, products: a.products + b.products, squares: a.squares + b.squares };
}

/** A standardised value as a normal score, its spread estimated with so many degrees of freedom. */
function scoreOf(value: number, degrees: number, shape: TailShape): number {
  const even = normalisedScore(value, shape.skew);
  return shape.degrees >= degrees
    ? normalScore(even, degrees)
    : normalScore(even * Math.sqrt(shape.degrees / (shape.degrees - 2)), shape.degrees);
}

/**
 * Scores a point as a self-starting chart does (Hawkins 1987, The Statistician 36:299-315): against the baseline together with the steady
 * points since, by their predictive distribution. The baseline's own error of estimation so costs no false alarms: a plain score against
 * 56 days would give ten times as many as promised at one alarm in 9,000 days.
 */
export function exactScore(point: ScoredPoint, learned: LearnedLevel, doubt: Doubt): ExactScore {
  const carry = carryOf(point, usedCorrelation(bothLags(doubt.lag, learned.lag)));
  const [fresh, pull] = [freshOf(point, carry), pullOf(point.sd, carry)];
  const information = doubt.information + learned.information;
  const standard = (fresh - (pull * learned.score) / information) / Math.sqrt(1 + (pull * pull) / information);
  const degrees = doubt.degrees + learned.days;
  const spread = Math.sqrt((doubt.degrees + learned.squares) / degrees);
  const { before, z } = point;
  const shape = tailShape(bothTails(doubt.tails, learned.tails));
  const skew = doubt.skew ?? shape.skew;
  return {
    // The skewness of shares is slight and leaves their sums; taken out of them it would hide a part of every shift.
    score: scoreOf(standard / spread, degrees, { ...shape, skew: doubt.skew === null ? shape.skew : 0 }),
    alone: scoreOf(standard / spread, degrees, { ...shape, skew }),
    learned: {
      score: learned.score + pull * fresh,
      information: learned.information + pull * pull,
      squares: learned.squares + within(standard) ** 2,
      days: learned.days + 1,
      lag: before?.steps === 1 ? addPair(learned.lag, within(z), within(before.z)) : learned.lag,
      tails: addToTails(learned.tails, standard),
    },
  };
}
