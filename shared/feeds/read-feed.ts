import type { FileProblem, ReadRow } from "./canonical.ts";
import type { FeedDefinition } from "./definition.ts";
import { compileFileRow, type FileRowReader, type RowKind } from "./file-row.ts";
import { ONLY_MENDED_ROWS } from "./mended-file.ts";
import { type FeedRow, type RowOptions, rowsOf } from "./row-kinds.ts";
import type { Cells } from "./record-splitter.ts";
import { type ReadTable, readTable } from "./table.ts";
import { isBlank, type TablePart } from "./table-part.ts";

/** What a file yields, in order. Nothing follows a refusal, and after one nothing of the file may count. */
export type FileBatch<Row> =
  | { readonly kind: "rows"; readonly rows: readonly ReadRow<Row>[] }
  | { readonly kind: "refused"; readonly problems: readonly FileProblem[] }
  | { readonly kind: "noted"; readonly problems: readonly FileProblem[] };

export interface ReadOptions extends RowOptions {
  /** Data rows per batch, at least 1; blank lines are not data. Default 500. */
  readonly batchRows?: number;
  /** Whether rows come with their cells, which keep the text of a whole batch in memory. Default true. */
  readonly cells?: boolean;
  /** How the file becomes a table. Default: here and with what every runtime has. */
  readonly table?: ReadTable;
}

const BATCH_ROWS = 500;
const NO_CELLS: Cells = [];

/** Collects rows into batches of a fixed number of data rows, wherever the pieces of the file end. */
function createBatcher<Row>({ batchRows, cells }: { readonly batchRows: number; readonly cells: boolean }): {
  add(part: TablePart, read: FileRowReader<Row>): (readonly ReadRow<Row>[])[];
  rest(): readonly ReadRow<Row>[];
} {
  let rows: ReadRow<Row>[] = [];
  return {
    add: (part, read) => {
      const full: (readonly ReadRow<Row>[])[] = [];
      if (part.kind !== "rows") return full;
      let line = part.firstLine;
      for (const record of part.records) {
        if (!isBlank(record)) {
          const whole = read(record, line, part.faultOf(record));
          rows.push(cells ? whole : { line, cells: NO_CELLS, row: whole.row, problems: whole.problems });
        }
        line += 1;
        if (rows.length < batchRows) continue;
        full.push(rows);
        rows = [];
      }
      return full;
    },
    rest: () => rows,
  };
}

/**
 * Reads a file of one kind of rows in a stream; the same bytes always give the same batches. Rows that are refused come
 * with their errors. A file may be refused after rows were read: whoever applies rows calls `inspectFile` first.
 *
 * @param kind the rows of the definition's kind, see `row-kinds.ts`.
 */
export async function* readRows<Row extends { readonly startMs: number }>(
  definition: FeedDefinition,
  kind: RowKind<Row>,
  bytes: AsyncIterable<Uint8Array>,
  options: Pick<ReadOptions, "batchRows" | "cells" | "table"> = {},
): AsyncGenerator<FileBatch<Row>> {
  const { batchRows = BATCH_ROWS, cells = true, table = readTable } = options;
  if (!Number.isInteger(batchRows) || batchRows < 1) throw new RangeError("batchRows must be a whole number of at least 1");
  const batcher = createBatcher<Row>({ batchRows, cells });
  let read: FileRowReader<Row> | null = null;
  let refusal: FileBatch<Row> | null = null;
  for await (const part of table(definition, bytes)) {
    if (part.kind === "header") {
      read = compileFileRow(definition, kind, part.header);
      if (part.header.mended && definition.replaces === "period") yield { kind: "noted", problems: [ONLY_MENDED_ROWS] };
    }
    if (part.kind === "noted") yield part;
    else if (part.kind === "refused") refusal = part;
    else if (part.kind === "rows" && read !== null) for (const rows of batcher.add(part, read)) yield { kind: "rows", rows };
  }
  const rest = batcher.rest();
  if (rest.length > 0) yield { kind: "rows", rows: rest };
  if (refusal !== null) yield refusal;
}

/** Reads a file of whichever kind its definition says. */
export function readFeed(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<FileBatch<FeedRow>> {
  return readRows(definition, rowsOf(definition, options), bytes, options);
}
