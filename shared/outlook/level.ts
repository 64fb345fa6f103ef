/** A day's figure with the variance of its own noise. */
export interface Observation {
  readonly at: number;
  readonly value: number;
  readonly variance: number;
}

/** Where the figure stands after the last observation, and how far the rest may be from it. */
export interface Level {
  readonly mean: number;
  /** Variance of the mean of the rest around `mean`, day shocks of the rest not counted. */
  readonly variance: number;
}

/** How fast the true level may wander: variance of a day's step as a multiple of the unit variance, with what is believed of each. */
const STEPS = [0, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3] as const;
const STEADY_BELIEF = 0.3;

interface Filtered {
  readonly mean: number;
  readonly variance: number;
  readonly logLikelihood: number;
}

/** The local level model (Harvey 1989, section 2.1): each day the level takes a random step, each observation moves the estimate. */
function filter(observations: readonly Observation[], step: number, start: Omit<Filtered, "logLikelihood">): Filtered {
  let { mean, variance } = start;
  let logLikelihood = 0;
  let before = observations[0]?.at ?? 0;
  for (const { at, value, variance: noise } of observations) {
    variance += step * (at - before);
    const total = variance + noise;
    const error = value - mean;
    logLikelihood -= 0.5 * (Math.log(total) + (error * error) / total);
    const gain = variance / total;
    mean += gain * error;
    variance *= 1 - gain;
    before = at;
  }
  return { mean, variance, logLikelihood };
}

/**
 * Sum over the steps still to come of the square of the share of the rest that lies behind each: the variance that one unit of
 * step variance brings to the mean of the rest.
 *
 * @param shares of the rest's volume, by day in order.
 */
function reachOfSteps(shares: readonly number[]): number {
  let [left, sum] = [1, 0];
  for (const share of shares) {
    sum += left * left;
    left -= share;
  }
  return sum;
}

/** What the observations alone say, before anything is asked about the rest: one run for each speed. */
export interface LevelRuns {
  readonly runs: readonly Filtered[];
  readonly unitVariance: number;
}

interface LevelBasis {
  readonly observations: readonly Observation[];
  readonly unitVariance: number;
  readonly start: { readonly mean: number; readonly variance: number };
}

/** The part of {@link levelOf} that does not depend on the rest, and that takes the time. */
export function levelRuns({ observations, unitVariance, start }: LevelBasis): LevelRuns {
  return { runs: STEPS.map((step) => filter(observations, step * unitVariance, start)), unitVariance };
}

/** The other part: the level by the runs, for a rest whose volume has these shares by day in order. */
export function levelFrom({ runs: filtered, unitVariance }: LevelRuns, shares: readonly number[]): Level {
  const stepReach = reachOfSteps(shares);
  const runs = filtered.map((run, i) => {
    const size = (STEPS[i] ?? 0) * unitVariance;
    const belief = i === 0 ? STEADY_BELIEF : (1 - STEADY_BELIEF) / (STEPS.length - 1);
    return { mean: run.mean, variance: run.variance + size * stepReach, log: run.logLikelihood + Math.log(belief) };
  });
  const best = Math.max(...runs.map(({ log }) => log));
  const weights = runs.map(({ log }) => Math.exp(log - best));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = runs.reduce((sum, run, i) => sum + (run.mean * (weights[i] ?? 0)) / total, 0);
  const variance = runs.reduce((sum, run, i) => sum + ((run.variance + (run.mean - mean) ** 2) * (weights[i] ?? 0)) / total, 0);
  return { mean, variance };
}

/**
 * Where the level stands and how sure that is, averaged over several speeds at which it may wander, each weighed by how well it
 * foretold every day from the days before. Recent days so count for more exactly where days long past no longer foretell.
 *
 * @param unitVariance what the steps are multiples of.
 * @param shares of the rest's volume, by day in order.
 */
export function levelOf(input: LevelBasis & { readonly shares: readonly number[] }): Level {
  return levelFrom(levelRuns(input), input.shares);
}
