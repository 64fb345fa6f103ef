import type { ScoredPoint } from "./score-points.ts";

/** What the points since a supposed first day say of the shift: an estimate `score / information` of variance `1 / information`. */
export interface OnsetCandidate {
  readonly point: ScoredPoint;
  /** On the scale of scoring. */
  readonly score: number;
  readonly information: number;
  /** Natural logarithm of how many times likelier the points are with the best shift in the drift's direction than with none. */
  readonly logRatio: number;
}

/** Where a drift began. */
export interface Onset {
  readonly best: OnsetCandidate;
  /** First and last of the days that 90 % confidence cannot rule out. */
  readonly from: ScoredPoint;
  readonly to: ScoredPoint;
  readonly candidates: readonly OnsetCandidate[];
}

/** Half the 0.9 quantile of chi-square with two degrees of freedom: shift and day are both sought. */
const WITHIN = 2.3;

/**
 * Seeks the first day of a new level by maximising the likelihood ratio over all days on which it may have begun (Hinkley 1970, Biometrika
 * 57:1-17). With correlated days the first one moves by the whole shift, later ones by what the day before does not foretell.
 *
 * @param points that count, in order of time, from where watching (re)started to the last that belongs to the drift.
 * @param raisedAt the day of the alarm, in days since 1970: the level moved no later.
 * @returns null where no point lies at or before the alarm.
 */
export function findOnset(points: readonly ScoredPoint[], direction: "up" | "down", raisedAt: number): Onset | null {
  const sign = direction === "up" ? 1 : -1;
  const candidates: OnsetCandidate[] = [];
  let [score, information] = [0, 0];
  for (const point of points.toReversed()) {
    const alone = 1 / (point.sd * Math.sqrt(1 - point.carry * point.carry));
    if (point.at <= raisedAt) {
      const [s, v] = [score + alone * point.fresh, information + alone * alone];
      candidates.push({ point, score: s, information: v, logRatio: s * sign > 0 ? (s * s) / (2 * v) : 0 });
    }
    const following = alone * (1 - point.carry);
    score += following * point.fresh;
    information += following * following;
  }
  candidates.reverse();
  const best = candidates.toSorted((a, b) => b.logRatio - a.logRatio)[0];
  if (best === undefined) return null;
  const possible = candidates.filter(({ logRatio }) => logRatio >= best.logRatio - WITHIN);
  return { best, from: (possible[0] ?? best).point, to: (possible.at(-1) ?? best).point, candidates };
}
