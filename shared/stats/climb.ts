const MOST_STEPS = 500;
const LONGEST_STEP = 5;

/**
 * Where a concave, monotone logarithm of a tail reaches a wanted value, by Newton's method: from any start the second step is on
 * the side from which it converges without overshooting.
 *
 * @param wanted the logarithm of the tail, below 0.
 * @param start a first guess, best on the far side of small tails.
 * @param at the logarithm of the tail and its derivative.
 * @param scale how far the tail takes to change by a few times.
 * @returns the place, within some 1e-15 of `scale` and of itself, as far as the tail is known.
 */
export function climb(
  wanted: number,
  start: number,
  { at, scale }: { at: (place: number) => { log: number; slope: number }; scale: number },
): number {
  let place = start;
  for (let count = 0; count < MOST_STEPS; count++) {
    const { log, slope } = at(place);
    const step = (wanted - log) / slope;
    if (!Number.isFinite(step)) throw new RangeError(`no place has a tail of e^${wanted}: the climb is lost at ${place}`);
    const longest = LONGEST_STEP * Math.max(1, scale);
    place += Math.abs(step) <= longest ? step : Math.sign(wanted - log) * Math.sign(slope) * longest;
    if (Math.abs(step) <= 1e-9 * Math.min(1, scale)) break;
  }
  return place;
}
