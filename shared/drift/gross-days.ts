import type { Reading } from "./reading.ts";

/** Robust standard deviations beyond which a day does not say what is usual. */
const FAR = 4.5;
/** The median absolute deviation of a normal distribution is its standard deviation times 0.6745. */
const MAD_TO_SD = 1.4826;

/** The middle value; of an even number, the mean of the two in the middle. 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half] ?? 0, sorted[half] ?? 0];
  return (low + high) / 2;
}

/**
 * Leaves out days that lie far from all others: by more than 4.5 times the median absolute deviation (brought to a standard deviation) from
 * the median of their weekday. A weekday needs four days for a median of its own. At most one day in five is left out.
 */
export function withoutGrossDays(readings: readonly Reading[]): readonly Reading[] {
  const all = median(readings.map(({ x }) => x));
  const byWeekday = Map.groupBy(readings, ({ weekday }) => weekday);
  const middles = new Map([...byWeekday].map(([weekday, some]) => [weekday, some.length < 4 ? all : median(some.map(({ x }) => x))]));
  const farOf = ({ x, weekday }: Reading): number => Math.abs(x - (middles.get(weekday) ?? all));
  const scale = MAD_TO_SD * median(readings.map(farOf));
  const kept = readings.filter((reading) => farOf(reading) <= FAR * scale);
  return scale > 0 && kept.length >= 0.8 * readings.length ? kept : readings;
}
