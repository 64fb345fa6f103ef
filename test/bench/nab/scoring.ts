/** How dear each outcome is. A missed window costs `fn`, a false alarm up to `fp`; an early hit earns `tp`. */
export interface Profile {
  readonly name: string;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

/** The three profiles of `config/profiles.json`. */
export const PROFILES: readonly Profile[] = [
  { name: "standard", tp: 1, fp: 0.11, fn: 1 },
  { name: "low FP", tp: 1, fp: 0.22, fn: 1 },
  { name: "low FN", tp: 1, fp: 0.11, fn: 2 },
];

/** Rows of an anomaly, both ends included. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

export interface LabelledSeries {
  readonly name: string;
  readonly timestamps: readonly string[];
  readonly values: readonly number[];
  readonly windows: readonly Window[];
}

export interface FileScore {
  readonly score: number;
  /** Rows with an alarm inside and outside windows, behind the probation. */
  readonly tp: number;
  readonly fp: number;
}

/**
 * 1 far before 0, -1 far behind it; more than three widths behind a window all false alarms are equally bad. Later releases of NAB say so of
 * three widths exactly too, which moves a score by less than 1e-7; the published scores that this is checked against do not.
 */
function worth(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/** Rows that are not scored, for detectors to learn from. */
export function probationOf({ values }: Pick<LabelledSeries, "values">): number {
  return Math.floor(Math.min(Math.floor(0.15 * values.length), 0.15 * 5000));
}

/**
 * The raw score of one file by NAB's rules (Lavin and Ahmad 2015; `nab/sweeper.py`): each window counts its earliest alarm, each alarm
 * outside costs the more the further it lies behind the last window.
 *
 * @param alarms rows with an alarm, in order.
 */
export function scoreFile(series: LabelledSeries, alarms: readonly number[], { tp, fp, fn }: Profile): FileScore {
  const probation = probationOf(series);
  const best = new Map<Window, number>(series.windows.filter(({ last }) => last >= probation).map((window) => [window, -fn]));
  let [falseScore, hits, misses] = [0, 0, 0];
  for (const row of alarms) {
    if (row < probation) continue;
    const inside = series.windows.find(({ first, last }) => row >= first && row <= last);
    if (inside === undefined) {
      misses += 1;
      const before = series.windows.findLast(({ last }) => last < row);
      falseScore += fp * worth(before === undefined ? Infinity : (row - before.last) / (before.last - before.first));
      continue;
    }
    hits += 1;
    const position = -(inside.last - row + 1) / (inside.last - inside.first + 1);
    best.set(inside, Math.max(best.get(inside) ?? -fn, (worth(position) * tp) / worth(-1)));
  }
  return { score: [...best.values()].reduce((sum, value) => sum + value, falseScore), tp: hits, fp: misses };
}

/** 0 for a detector that never alarms, 100 for one that hits every window with its first row and never else. */
export function normalised(raw: number, windows: number, { tp, fn }: Profile): number {
  return (100 * (raw + fn * windows)) / ((tp + fn) * windows);
}
