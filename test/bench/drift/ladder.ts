/** The record values of a statistic along one run: when it first rose above each, and how long it was watched. */
export interface Ladder {
  readonly days: readonly number[];
  readonly records: readonly number[];
  readonly watched: number;
}

/** Follows a statistic for so many days, or until it exceeds `enough`. */
export function climb(statistic: () => number, longest: number, enough = Infinity): Ladder {
  const days: number[] = [];
  const records: number[] = [];
  let most = -Infinity;
  for (let day = 1; day <= longest; day++) {
    const value = statistic();
    if (value <= most) continue;
    most = value;
    days.push(day);
    records.push(value);
    if (value > enough) return { days, records, watched: day };
  }
  return { days, records, watched: longest };
}

/** The day on which the statistic first exceeded the threshold; `null` if it never did. */
export function firstAbove({ days, records }: Ladder, threshold: number): number | null {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle] ?? 0) > threshold) high = middle;
    else low = middle + 1;
  }
  return days[low] ?? null;
}

/** Mean run length: days watched for each alarm, so that runs that were cut off count for what they are (exact for memoryless ones). */
export function runLength(ladders: readonly Ladder[], threshold: number): number {
  let [days, alarms] = [0, 0];
  for (const ladder of ladders) {
    const day = firstAbove(ladder, threshold);
    days += day ?? ladder.watched;
    if (day !== null) alarms += 1;
  }
  return alarms === 0 ? Infinity : days / alarms;
}

/** The least threshold whose mean run length over these runs is at least the wanted one. */
export function thresholdFor(ladders: readonly Ladder[], wanted: number): number {
  let [low, high] = [0, 1];
  while (runLength(ladders, high) < wanted) [low, high] = [high, high * 2];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (runLength(ladders, middle) < wanted) low = middle;
    else high = middle;
  }
  return high;
}

export interface Mean {
  readonly mean: number;
  /** Standard error by the spread of the runs. */
  readonly error: number;
}

export function meanOf(values: readonly number[]): Mean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
