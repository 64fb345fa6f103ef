/** The two sides of a point of a distribution, each with all its digits: `upper` is not 1 - `lower`, which would lose those of a small one. */
export interface Tails {
  /** P(X <= x). */
  readonly lower: number;
  /** P(X > x). */
  readonly upper: number;
  /** Their natural logarithms, which go on where the chances are too small for a number. */
  readonly logLower: number;
  readonly logUpper: number;
}

export const ALL_ABOVE: Tails = { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
export const ALL_BELOW: Tails = { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };

/** A number too small or too large to be held, as `factor` times e to the `exponent`. */
export interface Scaled {
  readonly factor: number;
  readonly exponent: number;
}

/** Both tails from the one that was computed, which is to be the smaller one or not much larger. */
export function tailsFrom(side: "lower" | "upper", { factor, exponent }: Scaled): Tails {
  const one = Math.min(1, factor * Math.exp(exponent));
  const logOne = Math.min(0, Math.log(factor) + exponent);
  const [other, logOther] = [1 - one, Math.log1p(-one)];
  return side === "lower"
    ? { lower: one, upper: other, logLower: logOne, logUpper: logOther }
    : { lower: other, upper: one, logLower: logOther, logUpper: logOne };
}
