/** An exponentially weighted mean: the drawn line. `weight` grows from 0 to 1 as its start is forgotten. */
export interface EwmaState {
  readonly mean: number;
  /** Sum of the squared weights of what was seen: the variance of the mean in units of that of a point. */
  readonly spread: number;
}

export const EWMA_LAMBDA = 0.1;

/** The line before any point: at the level. */
export function startEwma(level: number): EwmaState {
  return { mean: level, spread: 0 };
}

/** Folds a value into the line (Roberts 1959): a tenth of the way from where it was to the new value. */
export function ewmaStep({ mean, spread }: EwmaState, value: number): EwmaState {
  return { mean: mean + EWMA_LAMBDA * (value - mean), spread: (1 - EWMA_LAMBDA) ** 2 * spread + EWMA_LAMBDA ** 2 };
}
