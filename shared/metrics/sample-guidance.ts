import { sampleSize } from "../stats/sample-size.ts";

/**
 * How many answers a share takes, in words, for two half-widths of its 95 % interval.
 *
 * @param percent what the figure is about, 0..100.
 * @param margins half-widths in points.
 */
export function sampleOf(percent: number, margins: readonly [number, number], what: string): string {
  const variance = (percent * (100 - percent)) / 10_000;
  const [wide, narrow] = margins.map((margin) => sampleSize(variance, margin / 100));
  return `At ${percent} %, about ${wide} ${what} for ${margins[0]} points either way, ${narrow} for ${margins[1]}.`;
}
