import type { DayFigure } from "./day-figure.ts";
import { goodNeeded, goodShare, headroomOf, type Limit } from "./limit.ts";
import type { KnownDay } from "./known-days.ts";
import type { Outlook } from "./outlook.ts";
import { bestRate, worstReach } from "./reach.ts";
import { type LowSample, missOfShare, neededOf, reversed, type ShareOdds, shareOdds, type SoFar } from "./share-odds.ts";
import type { Situation } from "./situation.ts";
import { FEWEST_DAYS, type RestVolume, volumePoints, volumeRange } from "./volume.ts";

/** What an outlook says of the end of a window. */
export type Projection = Pick<
  Outlook,
  "good" | "budget" | "pace" | "neededRate" | "headroom" | "reach" | "bestRate" | "projected" | "pMiss" | "rho"
>;

/** One agreed side of a share: the units that are good for it, so far and day by day. */
interface Side {
  readonly limit: Limit;
  readonly soFar: SoFar;
  readonly days: readonly DayFigure[];
}

function sideOf(limit: Limit, { soFar, known }: Situation): Side {
  const good = (num: number, n: number): number => Math.min(n, Math.max(0, limit.side === "at-least" ? num : n - num));
  return {
    limit,
    soFar: { good: good(soFar.num, soFar.n), n: soFar.n },
    days: known.map(({ at, num, n }: KnownDay) => ({ at, n, good: good(num, n) })),
  };
}

/** What arithmetic alone says, over all volumes of the rest that are reckoned with. */
function certaintyOf({ limit, soFar }: Side, rest: RestVolume, low: LowSample): "lost" | "safe" | "open" {
  const volumes = volumePoints(rest);
  const missing = (volume: number): number => neededOf(limit, soFar.n + volume, low) - soFar.good;
  if (volumes.every((volume) => missing(volume) > volume)) return "lost";
  return volumes.every((volume) => missing(volume) <= 0) ? "safe" : "open";
}

type Arithmetic = Omit<Projection, "projected" | "pMiss" | "rho">;

/** The figures of one agreed side that need no probability. */
function arithmetic(side: Side, rest: RestVolume | null, low: LowSample): Arithmetic {
  const { limit, soFar } = side;
  const share = goodShare(limit);
  const bad = soFar.n - soFar.good;
  const still = rest === null ? null : volumeRange(rest).expected;
  const all = soFar.n + (still ?? 0);
  const needed = still === null || still === 0 ? null : Math.max(0, goodNeeded(limit, all) - soFar.good) / still;
  const best = still === null || still === 0 ? null : bestRate(side.days, still, "higher");
  const certain = rest === null ? "open" : certaintyOf(side, rest, low);
  return {
    good: soFar.good,
    budget: still === null ? null : { events: Math.max(0, all - goodNeeded(limit, all)), spent: bad },
    pace: soFar.n === 0 || share >= 1 ? null : bad / soFar.n / (1 - share),
    neededRate: needed,
    headroom: headroomOf(limit, soFar),
    bestRate: best,
    reach: certain === "open" && needed !== null && best !== null && needed > best ? "out-of-reach" : certain,
  };
}

/** A band has no single budget. */
function bandArithmetic(sides: readonly Side[], rest: RestVolume | null, low: LowSample): Arithmetic {
  const reach = worstReach(sides.map((side) => arithmetic(side, rest, low).reach));
  const good = sides[0]?.soFar.good ?? 0;
  return { good, budget: null, pace: null, neededRate: null, headroom: null, bestRate: null, reach };
}

function missOf(sides: readonly Side[], odds: ShareOdds, rest: RestVolume, low: LowSample): number {
  const sum = sides.reduce((total, side) => {
    const own = side.limit.side === "at-least" ? odds : reversed(odds);
    return total + missOfShare(own, rest, { limit: side.limit, soFar: side.soFar, low });
  }, 0);
  return Math.min(1, sum);
}

/**
 * The projection of a share. `good`, needed and best rate are those of the agreed side (of "at most 5 % abandoned": not abandoned);
 * `projected` is the figure itself.
 *
 * @param limits one, or both ends of a band.
 */
export function shareOutlook(situation: Situation, limits: readonly Limit[], low: LowSample): Projection {
  const { rest, known, soFar } = situation;
  const sides = limits.map((limit) => sideOf(limit, situation));
  const [only] = sides;
  const figures = sides.length === 1 && only !== undefined ? arithmetic(only, rest, low) : bandArithmetic(sides, rest, low);
  if (rest === null) return { ...figures, projected: null, pMiss: null, rho: 0 };
  const isCertain = figures.reach === "lost" || figures.reach === "safe";
  if (known.length < FEWEST_DAYS) {
    return { ...figures, projected: null, pMiss: isCertain ? Number(figures.reach === "lost") : null, rho: 0 };
  }
  const figureDays = known.map(({ at, num, n }) => ({ at, n, good: Math.min(n, Math.max(0, num)) }));
  const odds = shareOdds(figureDays, rest);
  const { a, b } = odds.chance;
  const still = volumeRange(rest).expected;
  const all = soFar.n + still;
  return {
    ...figures,
    projected: all === 0 ? null : (soFar.num + (still * a) / (a + b)) / all,
    pMiss: missOf(sides, odds, rest, low),
    rho: odds.rho,
  };
}
