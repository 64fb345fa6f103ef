/** Shares of the largest allowed stake. */
const STAKES = [0.05, 0.15, 0.35] as const;

/** A bounded score against the mean that it should have. */
export interface BoundedScore {
  /** The score, brought to 0..1. */
  readonly x: number;
  /** The usual mean, above 0 and below 1. */
  readonly mean: number;
}

/**
 * Bets on a bounded score that its mean has dropped (`down`) or risen (`up`): 1 + s (mean - x), with the stake s a share of the largest that
 * cannot ruin (Waudby-Smith and Ramdas 2024, JRSSB 86:1). The expectation is at most 1 for every distribution whose mean, given the past,
 * has not moved that way: no normality, and a single evaluation a week is enough.
 *
 * @returns one number >= 0 per stake, for an e-detector. Example: mean 0.9, x = 0.5, `down`: 1.2, 1.6 and 2.4.
 */
export function bettingRatios({ x, mean }: BoundedScore, worse: "up" | "down"): number[] {
  const [gap, most] = worse === "down" ? [mean - x, 1 / (1 - mean)] : [x - mean, 1 / mean];
  return STAKES.map((stake) => Math.max(0, 1 + stake * most * gap));
}
