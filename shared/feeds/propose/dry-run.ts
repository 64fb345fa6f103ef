import type { FileProblem, RowProblem } from "../canonical.ts";
import type { FeedDefinition } from "../definition.ts";
import { layoutOf } from "../layout.ts";
import { readFeed } from "../read-feed.ts";
import type { FeedRow } from "../row-kinds.ts";
import { type ReadTable, readTable } from "../table.ts";

/** What handing in a file would come to, read by the very code that reads it then. Plain data. */
export interface DryRun {
  readonly rows: number;
  readonly good: number;
  readonly refused: number;
  readonly warnings: number;
  /** The first problems of rows. */
  readonly problems: readonly RowProblem[];
  /** Why the whole file would be refused. */
  readonly refusals: readonly FileProblem[];
  readonly notes: readonly FileProblem[];
  /** UTC milliseconds of the earliest and latest good row. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** Sums that a person recognises, by what they count: `answered` 27,060. Times are milliseconds. */
  readonly totals: Readonly<Record<string, number>>;
  readonly queues: readonly string[];
  /** Good rows that have the name of one before them, and would replace it. */
  readonly replacing: number;
}

const SHOWN_PROBLEMS = 50;
const SHOWN_QUEUES = 20;
/** Names of rows that are remembered: a file of more rows is not watched for repeated names to its end. */
const KEPT_NAMES = 2_000_000;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Stands for pseudonyms, which only the server can make: the same for the same name, within one file. */
function createStandIns(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found =
      known.get(name) ??
      String(known.size)
        .padStart(10, "0")
        .replaceAll(/\d/gu, (digit) => LETTERS.charAt(Number(digit)));
    known.set(name, found);
    return found;
  };
}

/** What names a row; a count is named by its queue and its start. */
function nameOf(row: FeedRow): string {
  if ("contactId" in row) return row.contactId;
  return "recordId" in row ? `${row.startMs} ${row.recordId}` : `${row.startMs} ${row.queue}`;
}

/** What a row adds to the totals. */
function addTotals(definition: FeedDefinition, row: FeedRow, add: (name: string, value: number) => void): void {
  if ("counters" in row && "counters" in definition) {
    layoutOf(definition).counters.forEach((counter, at) => {
      const value = row.counters[at];
      if (value !== null && value !== undefined) add(counter, value);
    });
  } else if ("outcome" in row) add(row.outcome, 1);
  else if ("left" in row) add(row.left ? "left" : "employed", 1);
  if ("csat" in row && row.csat !== null) add("scores", 1);
}

/**
 * Reads a whole file without handing it in. Yields what is known so far after each batch, at last what came of it: a long file
 * can be watched and left.
 *
 * @param handedInMs what would be the moment of handing in: rows that start later are refused.
 */
export async function* dryRun(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  options: { readonly handedInMs: number; readonly table?: ReadTable },
): AsyncGenerator<DryRun> {
  const totals = new Map<string, number>();
  const queues = new Set<string>();
  const names = new Set<string>();
  const problems: RowProblem[] = [];
  const refusals: FileProblem[] = [];
  const notes: FileProblem[] = [];
  const counts = { rows: 0, good: 0, warnings: 0, replacing: 0 };
  let [firstMs, lastMs] = [Infinity, -Infinity];
  const add = (name: string, value: number): void => void totals.set(name, (totals.get(name) ?? 0) + value);
  const state = (): DryRun => ({
    ...counts,
    refused: counts.rows - counts.good,
    problems,
    refusals,
    notes,
    firstMs: counts.good === 0 ? null : firstMs,
    lastMs: counts.good === 0 ? null : lastMs,
    totals: Object.fromEntries(totals),
    queues: [...queues].slice(0, SHOWN_QUEUES),
  });
  const read = { handedInMs: options.handedInMs, pseudonym: createStandIns(), table: options.table ?? readTable };
  for await (const batch of readFeed(definition, bytes, read)) {
    if (batch.kind === "refused") refusals.push(...batch.problems);
    else if (batch.kind === "noted") notes.push(...batch.problems);
    else {
      for (const { row, problems: found } of batch.rows) {
        counts.rows += 1;
        problems.push(...found.slice(0, Math.max(0, SHOWN_PROBLEMS - problems.length)));
        counts.warnings += found.filter(({ severity }) => severity === "warning").length;
        if (row === null) continue;
        counts.good += 1;
        firstMs = Math.min(firstMs, row.startMs);
        lastMs = Math.max(lastMs, row.startMs);
        queues.add(row.queue);
        const name = nameOf(row);
        if (names.has(name)) counts.replacing += 1;
        else if (names.size < KEPT_NAMES) names.add(name);
        addTotals(definition, row, add);
      }
      yield state();
    }
  }
  yield state();
}
