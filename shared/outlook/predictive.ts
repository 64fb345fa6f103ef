import { type BetaBinomial, betaBinomialCdf, betaBinomialNormal } from "../stats/beta-binomial.ts";

/** A chance that is not known exactly: its mean is a / (a + b). */
export type Chance = Pick<BetaBinomial, "a" | "b">;

/** Above this many contacts a sum would take long, and the normal form differs in the sixth digit at most. */
const MOST_SUMMED = 1_000_000;

/** The chance with a mean and a variance, moved inside what a chance can be. */
export function chanceOf(mean: number, variance: number): Chance {
  const p = Math.min(Math.max(mean, 1e-6), 1 - 1e-6);
  const strength = Math.max((p * (1 - p)) / Math.max(variance, 1e-15) - 1, 0.01);
  return { a: p * strength, b: (1 - p) * strength };
}

/**
 * Widens a chance by an extra correlation among the contacts to come: 1 / (a' + b' + 1) = 1 / (a + b + 1) + rho, the mean unchanged.
 * The variance of the sum of `n` contacts grows by n p (1 - p) (n - 1) rho; for day shocks rho is that of the days times
 * (m - 1) / (n - 1), m their mean volume. This is how the golden rows of `breach_projection` use their `rho`: past days not thinned
 * (m = 1), the whole rest as one cluster (m = n).
 */
export function widened({ a, b }: Chance, rho: number): Chance {
  const strength = 1 / Math.min(1 / (a + b + 1) + rho, 0.999) - 1;
  const p = a / (a + b);
  return { a: p * strength, b: (1 - p) * strength };
}

/** P(fewer than `need` of `n` contacts to come are good), 0..1. */
export function fewerThan(need: number, n: number, chance: Chance): number {
  const distribution = { n, ...chance };
  return n > MOST_SUMMED ? betaBinomialNormal(need - 1, distribution) : betaBinomialCdf(need - 1, distribution);
}
