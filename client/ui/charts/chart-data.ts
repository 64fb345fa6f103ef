/** One point of a chart over a day: its value in the unit of the axis, whether it lies on the bad side, and its words. */
export interface ChartRow {
  readonly startMs: number;
  readonly value: number;
  readonly bad: boolean;
  readonly label: string;
}

/** A moment on the time axis, e.g. "raised". */
export interface ChartMark {
  readonly atMs: number;
  readonly word: string;
}

export interface LineChartData {
  readonly rows: readonly ChartRow[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Length of one interval; a point stands in its middle. */
  readonly stepMs: number;
  /** Ranges in which nothing is measured, shown hatched. */
  readonly closed: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly level: number;
  /** The lower end where a band was agreed, of which `level` is the upper one; `null` without. */
  readonly floor: number | null;
  readonly levelLabel: string;
  readonly badSide: "below" | "above";
  readonly low: number;
  readonly high: number;
  readonly unitLabel: string;
  readonly axisLabel: (value: number) => string;
}

/** Whether a point has no neighbour to draw a line to. */
export function isAlone(rows: readonly { readonly value: number | null }[], index: number): boolean {
  const isMissing = (at: number) => (rows[at]?.value ?? null) === null;
  return !isMissing(index) && isMissing(index - 1) && isMissing(index + 1);
}

/** Rows on an even grid, with `null` where an interval is missing, so that the line breaks there. */
export function plotRows(data: LineChartData): readonly { readonly x: number; readonly value: number | null; readonly label: string }[] {
  const known = new Map(data.rows.map((row) => [row.startMs, row]));
  const first = data.rows[0]?.startMs ?? data.fromMs;
  const last = data.rows.at(-1)?.startMs ?? data.fromMs;
  const rows: { x: number; value: number | null; label: string }[] = [];
  for (let startMs = first; startMs <= last; startMs += data.stepMs) {
    const row = known.get(startMs);
    rows.push({ x: startMs + data.stepMs / 2, value: row?.value ?? null, label: row?.label ?? "no data" });
  }
  return rows;
}

/** Neighbouring bad intervals as one range each, for the marks at the foot of the plot. */
export function badRanges(data: LineChartData): readonly { readonly fromMs: number; readonly toMs: number }[] {
  const ranges: { fromMs: number; toMs: number }[] = [];
  for (const row of data.rows) {
    if (!row.bad) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last.toMs === row.startMs) last.toMs = row.startMs + data.stepMs;
    else ranges.push({ fromMs: row.startMs, toMs: row.startMs + data.stepMs });
  }
  return ranges;
}

/** Four to seven whole hours across the range, in epoch milliseconds. */
export function hourTicks(fromMs: number, toMs: number): readonly number[] {
  const hourMs = 3_600_000;
  const hours = Math.max(1, Math.round((toMs - fromMs) / hourMs));
  const step = [1, 2, 3, 4, 6].find((each) => hours / each <= 6) ?? 6;
  const ticks: number[] = [];
  for (let tick = fromMs; tick <= toMs; tick += step * hourMs) ticks.push(tick);
  return ticks;
}

/** Round marks between the ends of the value axis. */
export function valueTicks(low: number, high: number): readonly number[] {
  const span = high - low;
  const step = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600].find((each) => span / each <= 5) ?? span / 5;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step / 1000; tick += step) ticks.push(Math.round(tick * 100) / 100);
  return ticks;
}
