/** Sums of powers of standardised points, from which follow skewness and weight of their tails. Plain data: a snapshot of it is its JSON. */
export interface TailSums {
  readonly days: number;
  readonly squares: number;
  readonly cubes: number;
  readonly quartics: number;
}

/** What the tails of a distribution look like. */
export interface TailShape {
  readonly skew: number;
  /** Of the Student distribution whose tails are as heavy once the skewness is taken out; above 4, a million for normal ones. */
  readonly degrees: number;
}

export const NO_TAILS: TailSums = { days: 0, squares: 0, cubes: 0, quartics: 0 };

/** A point further out than this says no more of the weight of the tails, and of the skewness, which a single wild day would else decide. */
const [FARTHEST, FARTHEST_SKEWED] = [6, 3];
/** Fewer points say nothing. */
const FEWEST = 20;
/** Standard errors (sqrt(6 / days) of skewness, sqrt(24 / days) of excess kurtosis, for normal points) that are put down to chance. */
const CHANCE = 1;
const [MOST_SKEW, LIGHT] = [1, 1e6];

function within(z: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, z));
}

export function addToTails({ days, squares, cubes, quartics }: TailSums, z: number): TailSums {
  const x = within(z, FARTHEST);
  return { days: days + 1, squares: squares + x * x, cubes: cubes + within(z, FARTHEST_SKEWED) ** 3, quartics: quartics + x ** 4 };
}

export function bothTails(a: TailSums, b: TailSums): TailSums {
  return { days: a.days + b.days, squares: a.squares + b.squares, cubes: a.cubes + b.cubes, quartics: a.quartics + b.quartics };
}

/**
 * Skewness and weight of the tails, each less what chance may have made of it: degrees of freedom 4 + 6 / kurtosis, the excess kurtosis less
 * the 1.5 skew^2 that a skewed distribution has anyhow.
 *
 * Example: 100 days with no skewness and an excess kurtosis of 2.49 give 4 + 6 / 2 = 7 degrees.
 */
export function tailShape({ days, squares, cubes, quartics }: TailSums): TailShape {
  if (days < FEWEST || squares <= 0) return { skew: 0, degrees: LIGHT };
  const variance = squares / days;
  const raw = cubes / days / variance ** 1.5;
  const skew = Math.sign(raw) * Math.min(MOST_SKEW, Math.max(0, Math.abs(raw) - CHANCE * Math.sqrt(6 / days)));
  const excess = quartics / days / variance ** 2 - 3 - 1.5 * raw * raw - CHANCE * Math.sqrt(24 / days);
  return { skew, degrees: excess > 0 ? Math.min(LIGHT, 4 + 6 / excess) : LIGHT };
}
