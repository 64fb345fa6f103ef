import { dayCorrelation, pooledRate } from "./correlation.ts";
import { type DayFigure, weekdayAt } from "./day-figure.ts";
import { levelOf } from "./level.ts";
import { type Chance, chanceOf, fewerThan, widened } from "./predictive.ts";
import { goodNeeded, type Limit } from "./limit.ts";
import { type RestVolume, volumePoints } from "./volume.ts";
import { usualOf, weekdayEffects } from "./weekday-effects.ts";

/** What the known days say of the units to come, where each is either good or not. */
export interface ShareOdds {
  readonly rho: number;
  readonly chance: Chance;
}

/** How many are good so far. */
export interface SoFar {
  readonly good: number;
  readonly n: number;
}

/** The variance of a share before anything is known: that of Jeffreys' prior Beta(1/2, 1/2). */
const START = { mean: 0.5, variance: 1 / 8 };

/** What is known of the chance that a unit of the rest is good, its weekdays and its drift until then included. */
export function shareOdds(days: readonly DayFigure[], rest: Pick<RestVolume, "shares" | "weekdays">): ShareOdds {
  const p = pooledRate(days);
  const unitVariance = p * (1 - p);
  const effects = weekdayEffects(days.map(({ at, n, good }) => ({ at, value: good / n, weight: n })));
  const rho = dayCorrelation(days, effects);
  const observations = days.map(({ at, n, good }) => ({
    at,
    value: good / n - effects.of(weekdayAt(at)),
    variance: (unitVariance * (1 + (n - 1) * rho)) / n,
  }));
  const level = levelOf({ observations, unitVariance, start: START, shares: rest.shares });
  return { rho, chance: chanceOf(level.mean + usualOf(effects, rest), level.variance) };
}

/** The same odds of not being good. */
export function reversed({ rho, chance }: ShareOdds): ShareOdds {
  return { rho, chance: { a: chance.b, b: chance.a } };
}

/** When fewer units than the minimum sample decide nothing, or one more success is granted. */
export interface LowSample {
  readonly below: number;
  readonly rule: "not-proven" | "allow-one-miss";
}

/** The fewest good ones of `n`; none where too small a sample decides nothing. */
export function neededOf(limit: Limit, n: number, low: LowSample): number {
  const need = goodNeeded(limit, n);
  if (n >= low.below) return need;
  return low.rule === "not-proven" ? 0 : need - 1;
}

/**
 * P(miss): the chance that fewer units than needed are good at the end, by the beta-binomial distribution with unlike days,
 * averaged over nine equally likely volumes of the rest.
 *
 * @returns 0..1; exactly 1 where no rest can suffice, exactly 0 where any does.
 */
export function missOfShare(
  odds: ShareOdds,
  rest: RestVolume,
  { limit, soFar, low }: { readonly limit: Limit; readonly soFar: SoFar; readonly low: LowSample },
): number {
  const concentration = rest.shares.reduce((sum, share) => sum + share * share, 0);
  const points = volumePoints(rest);
  const sum = points.reduce((total, volume) => {
    const need = neededOf(limit, soFar.n + volume, low) - soFar.good;
    if (need <= 0) return total;
    if (need > volume) return total + 1;
    const extra = (odds.rho * Math.max(0, volume * concentration - 1)) / Math.max(1, volume - 1);
    return total + fewerThan(need, volume, widened(odds.chance, extra));
  }, 0);
  return sum / points.length;
}
