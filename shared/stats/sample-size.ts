import { Z_95 } from "./wilson.ts";

/**
 * About how many answers it takes for a 95 % interval of a given half-width: z² · variance / margin², the normal approximation.
 *
 * @param variance of one answer, in squared units of the figure: p(1 - p) for a share.
 * @param margin half-width wanted, positive, in the unit of the figure.
 * @returns the nearest whole number, as survey tables print it.
 *   Example: a share of 80 % to 3 points takes 683, to 5 points 246 (Cochran, Sampling Techniques, 4.4).
 */
export function sampleSize(variance: number, margin: number): number {
  return Math.round((Z_95 * Z_95 * variance) / (margin * margin));
}
