import type { Verdict } from "../../shared/agreement/verdict.ts";
import { formatCount, formatDuration, formatExpected, formatFigure } from "../../shared/metrics/format.ts";
import type { DaySeries, TargetView } from "../../shared/protocol/live.ts";
import { decimalToNumber } from "../../shared/stats/decimal.ts";
import { isBeyond } from "./beyond.ts";
import type { ChartRow, LineChartData } from "../ui/charts/chart-data.ts";

/** The level of the day: an agreed one, with the lower end of a band. */
type Agreed = Pick<Verdict, "expected" | "notBelow">;

/** One interval beside what was agreed, in the numbers of the chart and in words for its table. */
export interface DayRow extends ChartRow {
  readonly n: string;
  readonly sum: string;
}

export interface DayChart {
  readonly data: LineChartData;
  readonly rows: readonly DayRow[];
  readonly breached: number;
  readonly counted: number;
}

/** Percent for ratios, seconds for durations, points for scores: what an axis shows. */
function axisScale(unit: TargetView["unit"]): number {
  if (unit === "ratio") return 100;
  return unit === "duration" ? 1 / 1000 : 1;
}

function axisRange(unit: TargetView["unit"], values: readonly number[], levels: readonly number[]): readonly [number, number] {
  if (unit === "score") return [1, 5];
  const all = [...values, ...levels];
  if (unit !== "ratio") return [0, niceTop(Math.max(...all))];
  const low = Math.floor(Math.min(...all) / 10 - 0.3) * 10;
  const high = Math.ceil(Math.max(...all) / 10 + 0.3) * 10;
  return [Math.max(0, low), Math.min(100, high)];
}

function niceTop(max: number): number {
  const step = [5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600].find((each) => max / each <= 5) ?? 7200;
  return Math.ceil((max * 1.05) / step) * step;
}

/** The same function for every chart of a unit, so that an axis is drawn once. */
const AXIS_LABELS = {
  ratio: String,
  score: String,
  points: String,
  count: String,
  duration: (value: number) => (value === 0 ? "0" : formatDuration(value * 1000).replace(".0", "")),
} as const satisfies Record<TargetView["unit"], (value: number) => string>;

function rowsOf(series: DaySeries, target: TargetView, agreed: Agreed): DayRow[] {
  const { unit, direction } = target;
  return series.points
    .filter((point) => point.den > 0)
    .toSorted((a, b) => a.startMs - b.startMs)
    .map((point) => {
      const ratio = { num: point.num, den: point.den };
      return {
        startMs: point.startMs,
        value: (point.num / point.den) * axisScale(unit),
        bad: isBeyond(ratio, { ...agreed, direction }),
        label: formatFigure({ value: ratio, unit, direction, expected: agreed.expected, notBelow: agreed.notBelow }),
        n: formatCount(point.den),
        sum: unit === "duration" ? formatDuration(point.num) : formatCount(point.num),
      };
    });
}

/** Today's intervals of one target as a chart and as a table; a gap in the data stays a gap. */
export function dayChart(series: DaySeries, target: TargetView, agreed: Agreed): DayChart {
  const { unit, direction } = target;
  const rows = rowsOf(series, target, agreed);
  const level = decimalToNumber(agreed.expected) * axisScale(unit);
  const values = rows.map((row) => row.value);
  const floor = agreed.notBelow === null ? null : decimalToNumber(agreed.notBelow) * axisScale(unit);
  const [low, high] = axisRange(unit, values, floor === null ? [level] : [floor, level]);
  const data: LineChartData = {
    rows,
    fromMs: series.fromMs,
    toMs: series.toMs,
    stepMs: series.intervalMs,
    closed: series.closed,
    level,
    floor,
    levelLabel: `Target ${formatExpected({ unit, direction, expected: agreed.expected, notBelow: agreed.notBelow })}`,
    badSide: direction === "at-least" ? "below" : "above",
    low,
    high,
    unitLabel: unit === "ratio" ? "%" : "",
    axisLabel: AXIS_LABELS[unit],
  };
  return { data, rows, breached: rows.filter((row) => row.bad).length, counted: rows.length };
}

/** "half hours", "quarter hours", "hours" or "intervals", for sentences about the chart. */
export function intervalWords(intervalMs: number): string {
  return { 900_000: "quarter hours", 1_800_000: "half hours", 3_600_000: "hours" }[intervalMs] ?? "intervals";
}
