import { normalCdf } from "../stats/normal.ts";

/** How much more members of a group differ than chance makes them. */
export interface OverDispersion {
  /** Mean square of the standardised distances: 1 where nothing but chance is at work. */
  readonly phi: number;
  /** Variance of the members' own levels, in the square of the unit that the precisions have. At least 0. */
  readonly tau2: number;
  /** Members whose distance was taken as it is: the others stand at the edge. */
  readonly kept: number;
}

/** The point above which `share` of a standard normal variable lies, 0 < share < 0.5. */
function pointAbove(share: number): number {
  let [low, high] = [0, 40];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (normalCdf(-middle) > share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Mean square of a standard normal variable drawn in to +-`point`, beyond which lies `share` on each side. */
function meanSquareWithin(point: number, share: number): number {
  const density = Math.exp(-0.5 * point * point) / Math.sqrt(2 * Math.PI);
  return 1 - 2 * share - 2 * point * density + 2 * share * point * point;
}

/**
 * Over-dispersion of a funnel: phi by winsorised squares, and from it the additive variance between members.
 *
 * @param z distances from the middle, standardised by chance alone; at least two.
 * @param precisions 1 / (chance's variance) of each.
 * @param share of the members on either side that is drawn in to the outermost of the rest, 0 to below 0.5, so that so many guilty
 *   ones do not hide behind the spread that they make. phi is divided by what winsorising takes from a normal variable.
 * @returns Source: Spiegelhalter 2005, Stat Med 24:1185-1202 and QSHC 14:347-351. Example: the ten days of Laney's chart in the test
 *   have phi 1.22660974 and tau2 0.0000852444 at share 0.
 */
export function overDispersion(z: readonly number[], precisions: readonly number[], share: number): OverDispersion {
  const members = z.length;
  const drawn = Math.ceil(share * members - 1e-9);
  const sorted = z.toSorted((a, b) => a - b);
  const [low, high] = [sorted[drawn] ?? -Infinity, sorted[members - 1 - drawn] ?? Infinity];
  const squares = z.reduce((sum, one) => sum + Math.min(high, Math.max(low, one)) ** 2, 0);
  const beyond = drawn / members;
  const phi = squares / members / (drawn === 0 ? 1 : meanSquareWithin(pointAbove(beyond), beyond));
  const [weight, weights2] = precisions.reduce(([sum, sum2], w) => [sum + w, sum2 + w * w], [0, 0]);
  const left = weight - weights2 / weight;
  return { phi, tau2: left > 0 ? Math.max(0, (members * phi - (members - 1)) / left) : 0, kept: members - 2 * drawn };
}
