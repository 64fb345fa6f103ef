/** A share of the whole and its rate, before and after. A rate of a share of 0 is not known and counts for nothing. */
export interface Segment {
  readonly share: readonly [before: number, after: number];
  readonly rate: readonly [before: number, after: number];
}

/** What one segment moved: by growing or shrinking, and by its own change. In the unit of the rates. */
export interface SegmentEffect {
  readonly mix: number;
  readonly rate: number;
}

/** The rates of a segment; one that is not there in one of the windows keeps the rate it has in the other. */
function knownRates({ share, rate }: Segment): readonly [number, number] {
  return [share[0] > 0 ? rate[0] : rate[1], share[1] > 0 ? rate[1] : rate[0]];
}

/**
 * Splits the change of a weighted mean into mix and rate, exactly: each segment's change of share weighs its mean distance to the
 * mean of all, its change of rate weighs its mean share (Kitagawa 1955, JASA 50:1168, centred). Effects sum to the change.
 *
 * @param segments shares sum to 1 in each window.
 * @returns in the order of the segments. Example: shares .5/.3/.2 to .4/.3/.3 at rates .9/.8/.7 to .9/.76/.66 give mix
 *   -.0092, 0, -.0128 and rate 0, -.012, -.010.
 */
export function kitagawa(segments: readonly Segment[]): SegmentEffect[] {
  const known = segments.map((segment) => ({ share: segment.share, rate: knownRates(segment) }));
  const centre = known.reduce((sum, { share, rate }) => sum + share[0] * rate[0] + share[1] * rate[1], 0) / 2;
  return known.map(({ share, rate }) => ({
    mix: (share[1] - share[0]) * ((rate[0] + rate[1]) / 2 - centre),
    rate: (rate[1] - rate[0]) * ((share[0] + share[1]) / 2),
  }));
}
