import type { CauseQuestion } from "./cause-cell.ts";
import { type CauseRow, type Sum, sumIn } from "./cause-rows.ts";

/** A figure of some rows in one window. */
export interface RowFigure {
  /** `null` where nothing stands below the line. */
  readonly value: number | null;
  readonly n: number;
  readonly sample: number;
}

/** What the words and tables of a cause are taken from. */
export interface CauseFacts {
  readonly question: CauseQuestion;
  readonly rows: readonly CauseRow[];
}

export function figureOf(rows: readonly CauseRow[], window: 0 | 1, sum: Sum = "num"): RowFigure {
  let [n, total, sample] = [0, 0, 0];
  for (const row of rows) {
    if (row.window !== window) continue;
    n += row.n;
    total += sumIn(row, sum);
    sample += row.sample ?? row.n;
  }
  return { value: n > 0 ? total / n : null, n, sample };
}

/** How many agents the rows name. */
export function headcount(rows: readonly CauseRow[]): number {
  return new Set(rows.flatMap(({ agent }) => agent ?? [])).size;
}

/** Names in an order that does not depend on the rows'. */
export function queuesOf(rows: readonly CauseRow[]): string[] {
  return [...new Set(rows.map(({ queue }) => queue))].toSorted();
}
