import { clusteredTail } from "./clustered-tail.ts";
import { overDispersion } from "./over-dispersion.ts";

/** One member of the funnel. */
export interface Peer {
  readonly n: number;
  readonly short: number;
  /** What the floor's shares give for these calls. */
  readonly expected: number;
  /** How much more days scatter than chance makes them. */
  readonly inflation: number;
}

/** What is usual among all, and how much honest members differ. */
export interface PeerSpread {
  /** The usual ratio of short calls to expected ones. */
  readonly ratio: number;
  /** Variance of the members' own ratios. */
  readonly tau2: number;
  /** How many members tell of it. */
  readonly free: number;
}

/** So many members on either side may be far out without widening the funnel for the rest. */
const GUILTY_SHARE = 0.2;
/** Spiegelhalter's 99.8 % limits. */
const LIMIT_SIGMAS = 3.09;
const STEP = 0.5;
const FAR = 5.5;

function winsorisedMean(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const drawn = Math.ceil(GUILTY_SHARE * sorted.length - 1e-9);
  const [low, high] = [sorted[drawn] ?? 0, sorted[sorted.length - 1 - drawn] ?? 0];
  return sorted.reduce((sum, value) => sum + Math.min(high, Math.max(low, value)), 0) / sorted.length;
}

function shareAt(ratio: number, { n, expected }: Peer): number {
  return Math.min(0.99, Math.max(1e-6, (ratio * expected) / n));
}

function chanceVariance(share: number, { n, inflation }: Peer): number {
  return (inflation * share * (1 - share)) / n;
}

/** The usual ratio and its variance between members, both winsorised. */
export function peerSpread(peers: readonly Peer[]): PeerSpread {
  const told = peers.filter(({ expected }) => expected > 0);
  const ratio = winsorisedMean(told.map(({ short, expected }) => short / expected));
  const variances = told.map((peer) => chanceVariance(shareAt(ratio, peer), peer) * (peer.n / peer.expected) ** 2);
  const z = told.map(({ short, expected }, i) => (short / expected - ratio) / Math.sqrt(variances[i] ?? 1));
  const { tau2, kept } = overDispersion(
    z,
    variances.map((variance) => 1 / variance),
    GUILTY_SHARE,
  );
  return { ratio, tau2, free: kept - 1 };
}

/** Quantile of chi-square / its degrees of freedom at the normal quantile `z` (Wilson and Hilferty 1931), kept above 0. */
function scaleAt(z: number, free: number): number {
  const part = 2 / (9 * Math.max(1, free));
  return Math.max(0.02, 1 - part + z * Math.sqrt(part)) ** 3;
}

/**
 * Where one member stands in the funnel of all: the exact tail of a beta-binomial distribution whose variance is chance by days and
 * the variance between members, averaged over what may be known of the latter from so few (as Student's t does for a mean).
 */
export function peerTail({ ratio, tau2, free }: PeerSpread, peer: Peer) {
  const share = shareAt(ratio, peer);
  const own = chanceVariance(share, peer);
  const between = tau2 * (peer.expected / peer.n) ** 2;
  const half = LIMIT_SIGMAS * Math.sqrt(own + between);
  let [tail, weights] = [0, 0];
  for (let z = -FAR; z <= FAR; z += STEP) {
    const weight = Math.exp(-0.5 * z * z);
    weights += weight;
    tail += weight * clusteredTail({ events: peer.short, n: peer.n, share, variance: own + between / scaleAt(z, free) });
  }
  return {
    tail: Math.min(1, tail / weights),
    expected: share,
    limits: { low: Math.max(0, share - half), high: Math.min(1, share + half) },
  };
}
