/** Shares of what is left that are bet each time. Several at once, so that a slight leaning is found as well as a strong one. */
const BETS = [0.1, 0.3, 0.5, 0.7, 0.9] as const;

/** At this much evidence a leaning is called one: with fair coins that ever happens in at most 1 of 20 series (Ville's inequality). */
export const EVIDENCE_ALARM = 20;

/**
 * How strongly a series of trials with two outcomes speaks against "either is equally likely", for a leaning to the first
 * one: the mean over the bets of the product of `1 + bet` for each trial that fell to it and `1 - bet` for each other. It
 * starts at 1 and may be looked at after every trial: under fair coins its expectation stays 1, so that the chance of ever
 * reaching `x` is at most `1 / x`. The order of the trials does not matter. Shafer, "Testing by betting" (2021).
 *
 * @param lean how many trials fell to the first outcome; an integer >= 0.
 * @param other how many to the other; an integer >= 0.
 * @returns a number >= 0; above 1 the trials lean to the first outcome.
 */
export function leaningEvidence({ lean, other }: { readonly lean: number; readonly other: number }): number {
  // Logarithms, because a thousand trials would leave the range of a number and make 0 times infinity.
  const products = BETS.map((bet) => Math.exp(lean * Math.log1p(bet) + other * Math.log1p(-bet)));
  return products.reduce((sum, product) => sum + product, 0) / BETS.length;
}
