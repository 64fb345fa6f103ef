import { limitNumber, type Limit } from "./limit.ts";
import { type MeanOdds, meanOdds, missOfMean, neededMean } from "./mean-odds.ts";
import { bestRate, type Reach, worstReach } from "./reach.ts";
import type { Projection } from "./share-outlook.ts";
import type { Situation } from "./situation.ts";
import { FEWEST_DAYS, type RestVolume, volumePoints, volumeRange } from "./volume.ts";

/** What a figure can be at all, in its own unit. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

interface MeanSoFar {
  readonly sum: number;
  readonly n: number;
}

/** Whether the rest cannot help any more, or cannot harm, at any volume that is reckoned with. */
function certaintyOf(limit: Limit, soFar: MeanSoFar, rest: RestVolume, scale: Scale): "lost" | "safe" | "open" {
  const spare = soFar.sum - limitNumber(limit) * soFar.n;
  const outcomes = volumePoints(rest).map((volume) => {
    const needed = volume > 0 ? neededMean(limit, soFar, volume) : spare >= 0 ? -Infinity : Infinity;
    if (limit.side === "at-least") return needed > scale.high ? "lost" : needed <= scale.low ? "safe" : "open";
    return volume === 0 ? (spare > 0 ? "lost" : "safe") : needed < scale.low ? "lost" : needed >= scale.high ? "safe" : "open";
  });
  const [first = "open"] = outcomes;
  return outcomes.every((outcome) => outcome === first) ? first : "open";
}

interface Arithmetic {
  readonly neededRate: number | null;
  readonly bestRate: number | null;
  readonly reach: Reach;
}

function arithmetic(limit: Limit, situation: Situation, scale: Scale): Arithmetic {
  const { known, rest } = situation;
  if (rest === null) return { neededRate: null, bestRate: null, reach: "open" };
  const soFar = { sum: situation.soFar.num, n: situation.soFar.n };
  const still = volumeRange(rest).expected;
  const days = known.map(({ at, n, num }) => ({ at, n, good: num }));
  const needed = still > 0 ? neededMean(limit, soFar, still) : null;
  const best = still > 0 ? bestRate(days, still, limit.side === "at-least" ? "higher" : "lower") : null;
  const certain = certaintyOf(limit, soFar, rest, scale);
  const beyond = needed !== null && best !== null && (limit.side === "at-least" ? needed > best : needed < best);
  return { neededRate: needed, bestRate: best, reach: certain === "open" && beyond ? "out-of-reach" : certain };
}

function missOf(odds: MeanOdds, limits: readonly Limit[], { soFar, rest }: Situation): number | null {
  if (rest === null) return null;
  const sum = limits.reduce((total, limit) => total + missOfMean(odds, rest, { limit, soFar: { sum: soFar.num, n: soFar.n } }), 0);
  return Math.min(1, sum);
}

/**
 * The projection of a mean, or of a quotient of times: by the t distribution on its daily values. There is no budget of events.
 *
 * @param limits one, or both ends of a band.
 */
export function meanOutlook(situation: Situation, limits: readonly Limit[], scale: Scale): Projection {
  const { rest, soFar, known } = situation;
  const sides = limits.map((limit) => arithmetic(limit, situation, scale));
  const reach = worstReach(sides.map((side) => side.reach));
  const [only] = sides;
  const figures = {
    good: 0,
    budget: null,
    pace: null,
    headroom: null,
    rho: 0,
    neededRate: sides.length === 1 ? (only?.neededRate ?? null) : null,
    bestRate: sides.length === 1 ? (only?.bestRate ?? null) : null,
    reach,
  };
  const isCertain = reach === "lost" || reach === "safe";
  const days = known.map(({ at, n, num }) => ({ at, n, good: num }));
  const odds = rest === null || known.length < FEWEST_DAYS ? null : meanOdds(days, rest);
  if (rest === null || odds === null) return { ...figures, projected: null, pMiss: isCertain ? Number(reach === "lost") : null };
  const still = volumeRange(rest).expected;
  const all = soFar.n + still;
  return {
    ...figures,
    projected: all === 0 ? null : (soFar.num + still * odds.mean) / all,
    pMiss: isCertain ? Number(reach === "lost") : missOf(odds, limits, situation),
  };
}
