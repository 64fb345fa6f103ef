/** Sums of powers of standardised points, from which follows how heavy their tails are. Plain data: a snapshot of it is its JSON. */
export interface TailSums {
  readonly days: number;
  readonly squares: number;
  readonly quartics: number;
}

export const NO_TAILS: TailSums = { days: 0, squares: 0, quartics: 0 };

/** A point further out than this says no more of the tails. */
const FARTHEST = 6;
/** Excess kurtosis of a sample of normal points has a standard error of sqrt(24 / days): so many of them are put down to chance. */
const CHANCE = 1;
const LIGHT = 1e6;

export function addToTails({ days, squares, quartics }: TailSums, z: number): TailSums {
  const square = Math.min(FARTHEST * FARTHEST, z * z);
  return { days: days + 1, squares: squares + square, quartics: quartics + square * square };
}

export function bothTails(a: TailSums, b: TailSums): TailSums {
  return { days: a.days + b.days, squares: a.squares + b.squares, quartics: a.quartics + b.quartics };
}

/**
 * Degrees of freedom of the Student distribution whose tails are as heavy as the points': 4 + 6 / kurtosis, the kurtosis (excess) less what
 * chance may have made of it.
 *
 * @returns above 4; a million for tails no heavier than normal ones. Example: 100 days with an excess kurtosis of 2.49 give 4 + 6 / 2 = 7.
 */
export function tailDegrees({ days, squares, quartics }: TailSums): number {
  if (days < 20 || squares <= 0) return LIGHT;
  const excess = (quartics * days) / (squares * squares) - 3 - CHANCE * Math.sqrt(24 / days);
  return excess > 0 ? Math.min(LIGHT, 4 + 6 / excess) : LIGHT;
}
