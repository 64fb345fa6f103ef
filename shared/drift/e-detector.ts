/**
 * How evidence of the past is carried on. `sum` (Shiryaev-Roberts): that of every day on which the change may have come, added.
 * `best` (CUSUM): that of the likeliest such day alone, which finds a change from the very first day sooner at equal run length.
 */
export type EMemory = "sum" | "best";

/** Where a mixture e-detector stands: the evidence for each alternative. Plain data: a snapshot of it is its JSON. */
export type EState = readonly number[];

/** Beyond this a sum says nothing new, and a product with it might leave the range of a number. */
const CEILING = 1e200;

/** A detector of so many alternatives that has seen nothing. */
export function emptyEDetector(alternatives: number): EState {
  return Array.from({ length: alternatives }, () => 0);
}

/**
 * Folds one observation into an e-detector: evidence M becomes (M + 1) x L, or max(M, 1) x L (Shin, Ramdas and Rinaldo 2024, NEJSDS,
 * "E-detectors").
 *
 * @param ratios per alternative, a number >= 0 whose expectation is at most 1 while nothing has moved, given the past: a likelihood
 *   ratio, or a bet.
 */
export function eStep(state: EState, ratios: readonly number[], memory: EMemory): EState {
  return ratios.map((ratio, i) => {
    const before = state[i] ?? 0;
    return Math.min(CEILING, (memory === "sum" ? before + 1 : Math.max(before, 1)) * ratio);
  });
}

/**
 * The weighted mean over the alternatives. Alarming when it reaches A makes false alarms no more frequent than one in A observations on
 * average, for any distribution for which the ratios keep their promise.
 *
 * @param weights of the alternatives, together 1.
 */
export function eEvidence(state: EState, weights: readonly number[]): number {
  return state.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
}
