/** A standardised residual and its place in time. */
export interface PlacedResidual {
  /** Days since 1970. */
  readonly at: number;
  readonly z: number;
}

/** How a day hangs on the one before. */
export interface Autocorrelation {
  /** As measured, with its downward bias of (1 + 3r) / N mended (Kendall 1954). */
  readonly measured: number;
  /** What scoring uses: drawn towards nothing by 1 - 1 / (N r^2), and nothing where that or `measured` is not above 0. */
  readonly used: number;
  /** Usual days from one subgroup to the next. */
  readonly step: number;
}

const MOST = 0.8;

function usualStep(residuals: readonly PlacedResidual[]): number {
  const gaps = residuals.slice(1).map(({ at }, i) => at - (residuals[i]?.at ?? at));
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 1;
}

/**
 * Correlation of each residual with the one a usual step before it. A negative one is not used: leaving it out only makes alarms rarer.
 */
export function autocorrelationOf(residuals: readonly PlacedResidual[]): Autocorrelation {
  const step = usualStep(residuals);
  let [pairs, products, squares] = [0, 0, 0];
  for (const [i, { at, z }] of residuals.entries()) {
    squares += z * z;
    const before = residuals[i - 1];
    if (before === undefined || at - before.at !== step) continue;
    pairs++;
    products += z * before.z;
  }
  if (pairs < 8 || squares <= 0) return { measured: 0, used: 0, step };
  const raw = products / pairs / (squares / residuals.length);
  const measured = Math.max(-1, Math.min(1, raw + (1 + 3 * raw) / pairs));
  const used = measured > 0 ? measured * Math.max(0, 1 - 1 / (pairs * measured * measured)) : 0;
  return { measured, used: Math.min(used, MOST), step };
}

/** Correlation over a gap of so many days: used ^ (gap / step), nothing where no number of steps makes the gap. */
export function carriedOver({ used, step }: Autocorrelation, gap: number): number {
  const steps = gap / step;
  return used > 0 && Number.isInteger(steps) ? used ** steps : 0;
}
