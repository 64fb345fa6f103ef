import { pullOf } from "./learned-level.ts";
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

/** Evidence of a mean: an estimate `score / information` of variance `1 / information`. */
interface Evidence {
  readonly score: number;
  readonly information: number;
}

/** Likelihood ratio of two levels against one, if the later one lies to the expected side. */
function logRatioOf(after: Evidence, before: Evidence, sign: number): number {
  const apart = after.score / after.information - before.score / before.information;
  return apart * sign > 0 ? (apart * apart) / (2 * (1 / after.information + 1 / before.information)) : 0;
}

function candidatesOf(
  points: readonly ScoredPoint[],
  { sign, raisedAt, known }: { sign: number; raisedAt: number; known: number },
): OnsetCandidate[] {
  const pulls = points.map(({ sd, carry }) => pullOf(sd, carry));
  let [all, information] = [0, known];
  for (const [i, { fresh }] of points.entries()) {
    all += (pulls[i] ?? 0) * fresh;
    information += (pulls[i] ?? 0) ** 2;
  }
  const candidates: OnsetCandidate[] = [];
  let after: Evidence = { score: 0, information: 0 };
  for (let i = points.length - 1; i >= 0; i--) {
    const [point, pull] = [points[i], pulls[i] ?? 0];
    if (point === undefined) continue;
    const following = { score: after.score + pull * point.fresh, information: after.information + pull * pull };
    if (point.at <= raisedAt) {
      // The first day of a new level moves by all of the shift, later ones by what the day before does not foretell.
      const first = 1 / (point.sd * Math.sqrt(1 - point.carry * point.carry));
      const since = { score: after.score + first * point.fresh, information: after.information + first * first };
      const before = { score: all - following.score, information: information - following.information };
      candidates.push({ point, ...since, logRatio: logRatioOf(since, before, sign) });
    }
    after = following;
  }
  return candidates.reverse();
}

/**
 * Seeks the first day of a new level by maximising the likelihood ratio over all days on which it may have begun (Hinkley 1970, Biometrika
 * 57:1-17), the level before it taken from baseline and steady days together.
 *
 * @param points that count, in order of time, from where watching (re)started to the last that belongs to the drift.
 * @param raisedAt the day of the alarm, in days since 1970: the level moved no later.
 * @param known inverse variance of the baseline's level.
 * @returns null where no point lies at or before the alarm.
 */
export function findOnset(
  points: readonly ScoredPoint[],
  { direction, raisedAt, known }: { readonly direction: "up" | "down"; readonly raisedAt: number; readonly known: number },
): Onset | null {
  const candidates = candidatesOf(points, { sign: direction === "up" ? 1 : -1, raisedAt, known });
  const best = candidates.toSorted((a, b) => b.logRatio - a.logRatio)[0];
  if (best === undefined) return null;
  const possible = candidates.filter(({ logRatio }) => logRatio >= best.logRatio - WITHIN);
  return { best, from: (possible[0] ?? best).point, to: (possible.at(-1) ?? best).point, candidates };
}
