import { gaussLegendre, type Quadrature } from "./gauss-legendre.ts";
import { normalCdf } from "./normal.ts";
import { expectedSteps } from "./expected-steps.ts";

/** A tabular CUSUM of standard scores: S = max(0, S + z - k), alarm when S > h. */
export interface CusumDesign {
  /** Allowance in standard deviations, at least 0: half the shift that it finds soonest. */
  readonly k: number;
  /** Threshold in standard deviations, above 0 and at most 100. */
  readonly h: number;
  /** Where it starts, 0..h; half of h is the fast initial response of Lucas and Crosier. 0 when left out. */
  readonly headStart?: number;
}

const INVERSE_SQRT_2PI = 0.3989422804014327;
/** Two points for each standard deviation leave an error of 1e-12, less than what rounding adds; a short range needs a few more. */
const POINTS = { least: 16, perDeviation: 2 };

/** Density of moving from `from` to `to` > 0 when the mean stands at `shift`. */
function density(from: number, to: number, drift: number): number {
  const z = to - from - drift;
  return INVERSE_SQRT_2PI * Math.exp(-0.5 * z * z);
}

function checkDesign({ k, h, headStart = 0 }: CusumDesign): void {
  if (!(k >= 0)) throw new RangeError(`the allowance k is at least 0, not ${k}`);
  if (!(h > 0 && h <= 100)) throw new RangeError(`the threshold h lies above 0 and at most at 100, not ${h}`);
  if (!(headStart >= 0 && headStart <= h)) throw new RangeError(`the head start lies from 0 to h, not ${headStart}`);
}

function quadratureOf({ h }: CusumDesign): Quadrature {
  return gaussLegendre(Math.ceil(POINTS.least + POINTS.perDeviation * h), 0, h);
}

/** Transitions of the sum between 0 and the nodes: each row the probability of falling to 0, then of each node's stretch. */
function transitions({ nodes, weights }: Quadrature, drift: number): Float64Array[] {
  return Array.from(Float64Array.of(0, ...nodes), (from) => {
    const row = new Float64Array(nodes.length + 1);
    row[0] = normalCdf(-from - drift);
    for (const [at, to] of nodes.entries()) row[at + 1] = (weights[at] ?? 0) * density(from, to, drift);
    return row;
  });
}

/**
 * Run lengths from 0 and from each node: L(s) = 1 + L(0) P(S falls to 0) + the integral of L(y) times the density of going
 * from s to y.
 */
function lengthsFrom(quadrature: Quadrature, drift: number): Float64Array {
  return expectedSteps(transitions(quadrature, drift));
}

/** Run length from any start, by Nystrom's interpolation from those at the nodes. */
function lengthAt(start: number, { nodes, weights }: Quadrature, drift: number, lengths: Float64Array): number {
  let sum = 1 + (lengths[0] ?? 0) * normalCdf(-start - drift);
  for (const [at, to] of nodes.entries()) sum += (weights[at] ?? 0) * density(start, to, drift) * (lengths[at + 1] ?? 0);
  return sum;
}

/** Average run lengths of one side, from 0 and from the head start. */
function oneSide(design: CusumDesign, shift: number): { readonly zero: number; readonly ahead: number } {
  checkDesign(design);
  const drift = shift - design.k;
  const quadrature = quadratureOf(design);
  const lengths = lengthsFrom(quadrature, drift);
  const zero = lengths[0] ?? 0;
  return { zero, ahead: design.headStart ? lengthAt(design.headStart, quadrature, drift, lengths) : zero };
}

/**
 * Average run length of a one-sided tabular CUSUM over independent normal scores: how many observations until the alarm,
 * the alarm included. Integral equation solved by Gauss-Legendre (Nystrom); Page 1954, Lucas and Crosier 1982.
 *
 * @param design `k`, `h` and the head start, in standard deviations.
 * @param shift mean of the scores in standard deviations, from the first observation; 0 gives the run length between false alarms.
 * @returns observations, at least 1; relative error below 1e-9 at run lengths up to 1e6, from rounding 1e-5 at 1e9.
 *   Example: k = 0.5, h = 4 gives 335.3676 at 0 and 8.3832 at 1.
 * @throws RangeError when a part of the design is out of range.
 */
export function cusumRunLength(design: CusumDesign, shift: number): number {
  return oneSide(design, shift).ahead;
}

/**
 * Average run length of two CUSUMs, one for either direction, with the same design: the first alarm of the two. Zero-state or
 * with a head start on both sides. Exact from the one-sided lengths, because while one side stands above h / 2 the other
 * cannot (Kemp 1961; Lucas and Crosier 1982, appendix).
 *
 * @param design as for one side; the head start at most h / 2.
 * @param shift mean of the scores in standard deviations; its sign does not matter.
 * @returns observations, at least 1. Example: k = 0.5, h = 4 gives 167.6838 at 0 and 8.3831 at 1; with head start 2 at 1 it is 5.2869.
 * @throws RangeError when a part of the design is out of range.
 */
export function twoSidedCusumRunLength(design: CusumDesign, shift: number): number {
  if ((design.headStart ?? 0) > design.h / 2) throw new RangeError("two sides can both start at h / 2 at most");
  const [up, down] = [oneSide(design, shift), oneSide(design, -shift)];
  return (up.ahead * down.zero + up.zero * down.ahead - up.zero * down.zero) / (up.zero + down.zero);
}

/** One step of a distribution over 0 and the nodes, scaled back to a sum of 1. */
function moved(shares: Float64Array, moves: readonly Float64Array[]): Float64Array {
  const next = new Float64Array(shares.length);
  for (const [from, row] of moves.entries()) {
    const share = shares[from] ?? 0;
    for (let to = 0; to < next.length; to++) next[to] = (next[to] ?? 0) + share * (row[to] ?? 0);
  }
  const total = next.reduce((sum, share) => sum + share, 0);
  return next.map((share) => share / total);
}

/** Where the sum stands after a long while without an alarm (the quasi-stationary distribution), by repeated steps. */
function settled(moves: readonly Float64Array[]): Float64Array {
  let shares: Float64Array = new Float64Array(moves.length);
  shares[0] = 1;
  for (let change = 1, pass = 0; change > 1e-10 && pass < 20_000; pass++) {
    const next = moved(shares, moves);
    change = next.reduce((sum, share, at) => sum + Math.abs(share - (shares[at] ?? 0)), 0);
    shares = next;
  }
  return shares;
}

/**
 * Average delay of a one-sided tabular CUSUM that has long run without an alarm when the shift comes (steady state): shorter
 * than from 0, because the sum already stands somewhere.
 *
 * @param design `k` and `h`; a head start has no part in it.
 * @param shift mean of the scores from then on, in standard deviations.
 * @returns observations from the shift to the alarm, both included. Example: k = 0.5, h = 4.775 gives 9.21 at 1.
 * @throws RangeError when a part of the design is out of range.
 */
export function steadyCusumRunLength(design: CusumDesign, shift: number): number {
  checkDesign(design);
  const quadrature = quadratureOf(design);
  const shares = settled(transitions(quadrature, -design.k));
  const lengths = lengthsFrom(quadrature, shift - design.k);
  return shares.reduce((sum, share, at) => sum + share * (lengths[at] ?? 0), 0);
}
