/** One day's distance from what was expected, and how many units chance averaged over. */
export interface SizedResidual {
  readonly value: number;
  readonly size: number;
}

/** Variance of a day's figure: `unit / size + between`. */
export interface DayVariance {
  /** Of a single unit. */
  readonly unit: number;
  /** Of the days' own levels, however many units they have (Spiegelhalter 2005: additive over-dispersion). */
  readonly between: number;
}

export function varianceOf({ unit, between }: DayVariance, size: number): number {
  return unit / size + between;
}

/**
 * Additive variance between days where that of a unit is known, by moments (DerSimonian and Laird 1986):
 * tau2 = (Q - (free)) / (sum w - sum w^2 / sum w), w = size / unit, Q the sum of w r^2.
 *
 * @param free degrees of freedom of the residuals, at most their number less one.
 * @returns at least 0. Example: ten days of about 400 at 10.6 % whose Q is 12.27 give 0.0000852.
 */
export function betweenVariance(residuals: readonly SizedResidual[], unit: number, free: number): number {
  let [q, weight, squares] = [0, 0, 0];
  for (const { value, size } of residuals) {
    const w = size / unit;
    q += w * value * value;
    weight += w;
    squares += w * w;
  }
  const left = weight - squares / weight;
  return left > 0 ? Math.max(0, (q - free) / left) * ((residuals.length - 1) / Math.max(1, free)) : 0;
}

/**
 * Both variances where neither is known, from how squared residuals shrink with size (least squares, none below 0). Where days hardly
 * differ in size the two cannot be told apart, and need not be: all is put between days.
 */
export function splitVariance(residuals: readonly SizedResidual[], free: number): DayVariance {
  const scale = residuals.length / Math.max(1, free);
  let [a, b, r, ar, most, least] = [0, 0, 0, 0, 0, Infinity];
  for (const { value, size } of residuals) {
    const inverse = 1 / size;
    a += inverse;
    b += inverse * inverse;
    r += value * value * scale;
    ar += inverse * value * value * scale;
    most = Math.max(most, size);
    least = Math.min(least, size);
  }
  const days = residuals.length;
  const spread = days * b - a * a;
  if (most < 2 * least || spread <= 0) return { unit: 0, between: r / days };
  const unit = (days * ar - a * r) / spread;
  const between = (r - unit * a) / days;
  if (unit <= 0) return { unit: 0, between: r / days };
  return between < 0 ? { unit: r / a, between: 0 } : { unit, between };
}
