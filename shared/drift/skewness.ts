import { varianceOf } from "./day-variance.ts";
import type { Baseline } from "./fit-baseline.ts";

/**
 * Skewness of a day's figure where the kind tells it: beta-binomial days for a share, gamma-Poisson days for a rate. From the third
 * cumulants of chance (q u / n^2, with u the variance of a unit and q = 1 - 2p, or 1 for a rate), of the days' own levels (2 q t^2 / u, with
 * t their variance) and of both together (3 q t / n).
 *
 * @returns 0 for means: nothing but many days could tell it. Example: p = 0.8, no dispersion, 400 units: -0.075.
 */
export function skewOf(size: number, { kind, level, variance }: Pick<Baseline, "kind" | "level" | "variance">): number {
  if (kind !== "share" && kind !== "rate") return 0;
  const { unit, between } = variance;
  const third = unit / (size * size) + (3 * between) / size + (2 * between * between) / unit;
  return ((kind === "rate" ? 1 : 1 - 2 * level) * third) / varianceOf(variance, size) ** 1.5;
}

/** Beyond it the approximation moves the mean: a day with few events or none, which is mostly none, would score above what is usual. */
const MOST_SKEW = 1;

/** Where g z / 2 + 1 has fallen to this on the side of the shorter tail, the line goes on straight: beyond lies nearly nothing of the distribution. */
const STRAIGHT_BELOW = 0.5;

/**
 * Takes a skewness out of a standardised value: (6 / g) (cbrt(g z / 2 + 1) - 1) + g / 6 (Wilson and Hilferty 1931, for Pearson's type III),
 * straight on where the shorter tail ends, so that a skewness taken for larger than it is makes no day look wild. A skewness beyond 1 is
 * left in.
 *
 * Example: z = 3 with g = 0.5 gives 2.544 (exact 2.547).
 */
export function normalisedScore(z: number, skew: number): number {
  if (Math.abs(skew) < 1e-6 || Math.abs(skew) > MOST_SKEW) return z;
  const inner = (skew * z) / 2 + 1;
  const root = inner >= STRAIGHT_BELOW ? Math.cbrt(inner) : Math.cbrt(STRAIGHT_BELOW) * (1 + (inner / STRAIGHT_BELOW - 1) / 3);
  return (6 / skew) * (root - 1) + skew / 6;
}
