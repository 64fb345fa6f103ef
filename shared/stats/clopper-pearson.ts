import { betaQuantile, betaUpperQuantile } from "./beta.ts";

/**
 * The exact interval of a proportion of Clopper and Pearson (1934, Biometrika 26:404-413): it holds the true share at least as often
 * as it says, however few the trials are, and is wider than Wilson's for it.
 *
 * @param successes whole, 0 to `n`.
 * @param n whole, at least 1.
 * @param confidence above 0 and below 1.
 * @returns limits within 0..1. Example: 4 of 5 gives 0.2836 to 0.9949 at 95 %; 0 of 20 gives 0 to 0.1684.
 * @throws RangeError when the counts are not a proportion or the confidence is not one.
 */
export function clopperPearson(successes: number, n: number, confidence = 0.95): { low: number; high: number } {
  if (!(n >= 1 && successes >= 0 && successes <= n)) throw new RangeError(`${successes} of ${n} is not a proportion`);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`a confidence lies between 0 and 1, not at ${confidence}`);
  const tail = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, { a: successes, b: n - successes + 1 }),
    high: successes === n ? 1 : betaUpperQuantile(tail, { a: successes + 1, b: n - successes }),
  };
}
