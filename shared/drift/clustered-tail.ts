import { type BetaBinomial, betaBinomialCdf } from "../stats/beta-binomial.ts";

/** Events among trials, and how uncertain the chance of an event is. */
export interface ClusteredCount {
  /** Events, 0..n. */
  readonly events: number;
  readonly n: number;
  /** Chance of an event, 0..1 without the ends. */
  readonly share: number;
  /** Variance of events / n: share (1 - share) / n where trials are independent, more where they come in clusters or the chance differs. */
  readonly variance: number;
}

/** The least correlation between trials that still gives finite parameters; it changes nothing that can be seen. */
const LEAST = 1e-9;
const MOST = 0.999;

function distributionOf({ n, share, variance }: ClusteredCount): BetaBinomial {
  const inflation = (variance * n) / (share * (1 - share));
  const correlation = n > 1 ? Math.min(MOST, Math.max(LEAST, (inflation - 1) / (n - 1))) : LEAST;
  const size = 1 / correlation - 1;
  return { n, a: share * size, b: (1 - share) * size };
}

/**
 * P(this many events or more), exactly summed from the beta-binomial distribution with the given mean and variance: skewed as shares
 * near 0 are, and true for few trials.
 *
 * @returns 0..1. Example: 67 of 75 at 1 / 2 with a variance 1.1414 times chance's has 1e-11.
 */
export function clusteredTail(count: ClusteredCount): number {
  const { n, a, b } = distributionOf(count);
  // From the far side, so that a small tail keeps its digits.
  return betaBinomialCdf(n - count.events, { n, a: b, b: a });
}

/** One day's events against what was expected of it, and their variance by chance. */
export interface DayDistance {
  readonly distance: number;
  readonly variance: number;
}

/** How much more days differ than chance makes them: Pearson's sum of squares and its degrees of freedom. */
export interface DayScatter {
  readonly squares: number;
  readonly free: number;
}

export function dayScatter(days: readonly DayDistance[]): DayScatter {
  const told = days.filter(({ variance }) => variance > 0);
  const squares = told.reduce((sum, { distance, variance }) => sum + (distance * distance) / variance, 0);
  return { squares, free: Math.max(0, told.length - 1) };
}

/** A member's own days count as much as those of all when it has so many. */
const OWN_DAYS = 10;

/** Inflation of all members' days together, at least 1. */
export function pooledInflation(scatters: readonly DayScatter[]): number {
  const [squares, free] = scatters.reduce(([s, f], one) => [s + one.squares, f + one.free], [0, 0]);
  return free === 0 ? 1 : Math.max(1, squares / free);
}

/** A member's inflation: its own drawn towards that of all, and never below it. */
export function inflationOf({ squares, free }: DayScatter, pooled: number): number {
  return Math.max(pooled, (squares + OWN_DAYS * pooled) / (free + OWN_DAYS));
}
