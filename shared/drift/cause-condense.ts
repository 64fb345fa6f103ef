import type { HandleParts } from "./cause-cell.ts";
import type { CauseRow } from "./cause-rows.ts";

function addedParts(a: HandleParts | undefined, b: HandleParts | undefined): { parts?: HandleParts } {
  if (a === undefined || b === undefined) return {};
  return { parts: { talk: a.talk + b.talk, hold: a.hold + b.hold, wrap: a.wrap + b.wrap } };
}

function added(a: CauseRow, b: CauseRow): CauseRow {
  const { parts, squares, sample, ...first } = a;
  return {
    ...first,
    n: a.n + b.n,
    num: a.num + b.num,
    sample: (sample ?? a.n) + (b.sample ?? b.n),
    ...addedParts(parts, b.parts),
    ...(squares === undefined || b.squares === undefined ? {} : { squares: squares + b.squares }),
  };
}

/**
 * The rows of one agent that no split tells apart, in one. Rows without an agent stay as they are: that they differ from day to day is
 * all that says how much is chance. The order of the rows does not matter, but for rounding.
 */
export function condensed(rows: readonly CauseRow[]): CauseRow[] {
  const nameless = rows.filter(({ agent }) => agent === null);
  const merged = new Map<string, CauseRow>();
  for (const row of rows) {
    if (row.agent === null) continue;
    const name = JSON.stringify([row.window, row.agent, row.queue, row.band]);
    const known = merged.get(name);
    merged.set(name, known === undefined ? row : added(known, row));
  }
  return [...nameless, ...merged.values()];
}
