/** A standardised residual and its place in time. */
export interface PlacedResidual {
  /** Days since 1970. */
  readonly at: number;
  readonly z: number;
}

/** Products of neighbours and squares, from which a correlation follows. Plain data: a snapshot of it is its JSON. */
export interface LagSums {
  readonly pairs: number;
  readonly products: number;
  readonly squares: number;
}

/** How a day hangs on the one before. */
export interface Autocorrelation {
  readonly sums: LagSums;
  /** As measured, with its downward bias mended. */
  readonly measured: number;
  /** What scoring uses. */
  readonly used: number;
  /** Usual days from one subgroup to the next. */
  readonly step: number;
}

export const NO_PAIRS: LagSums = { pairs: 0, products: 0, squares: 0 };

const MOST = 0.8;
const FEWEST_PAIRS = 8;
/** Mean square of standardised residuals that are rounding alone: a figure that never changes does not hang on itself. */
const ROUNDING = 1e-12;
/** Standard errors by which the correlation that scoring uses lies above the measured one: too low a one costs false alarms. */
const CAUTION = 0.3;

function usualStep(residuals: readonly PlacedResidual[]): number {
  const gaps = residuals.slice(1).map(({ at }, i) => at - (residuals[i]?.at ?? at));
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 1;
}

/** Folds a pair of neighbours, a usual step apart, into the sums. */
export function addPair({ pairs, products, squares }: LagSums, z: number, before: number): LagSums {
  return { pairs: pairs + 1, products: products + z * before, squares: squares + (z * z + before * before) / 2 };
}

/** The correlation, its downward bias of (1 + 3r) / N mended (Kendall 1954, Biometrika 41:403). -1..1, 0 for fewer than 8 pairs. */
function measuredBy({ pairs, products, squares }: LagSums): number {
  if (pairs < FEWEST_PAIRS || squares <= ROUNDING * pairs) return 0;
  const raw = products / squares;
  return Math.max(-1, Math.min(1, raw + (1 + 3 * raw) / pairs));
}

/**
 * What scoring uses: half a standard error (1 / sqrt(N)) above what was measured, and nothing where that is not above 0: leaving out a
 * negative correlation only makes alarms rarer.
 */
export function usedCorrelation(sums: LagSums): number {
  if (sums.pairs < FEWEST_PAIRS) return 0;
  return Math.max(0, Math.min(MOST, measuredBy(sums) + CAUTION / Math.sqrt(sums.pairs)));
}

/** Correlation of each residual with the one a usual step before it. */
export function autocorrelationOf(residuals: readonly PlacedResidual[]): Autocorrelation {
  const step = usualStep(residuals);
  let sums = NO_PAIRS;
  for (const [i, { at, z }] of residuals.entries()) {
    const before = residuals[i - 1];
    if (before !== undefined && at - before.at === step) sums = addPair(sums, z, before.z);
  }
  return { sums, measured: measuredBy(sums), used: usedCorrelation(sums), step };
}
