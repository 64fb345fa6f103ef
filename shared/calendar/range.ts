/** A stretch of time, `[fromMs, toMs)`, in UTC milliseconds. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The same stretches in order, without overlaps; those that touch become one, empty ones vanish. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.filter(({ fromMs, toMs }) => fromMs < toMs).toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1);
    if (last !== undefined && range.fromMs <= last.toMs) {
      merged[merged.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, range.toMs) };
    } else merged.push(range);
  }
  return merged;
}
