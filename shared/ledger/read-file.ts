import type { Period } from "../facts/period-cover.ts";
import { readCondensed } from "../feeds/condensed-rows.ts";
import { CoveredPeriod } from "../feeds/covered-period.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { RowKind } from "../feeds/file-row.ts";
import type { Pseudonym } from "../feeds/person-reader.ts";
import { type FileBatch, readRows } from "../feeds/read-feed.ts";
import type { RowOptions } from "../feeds/row-kinds.ts";
import type { ReadTable } from "../feeds/table.ts";

export interface FileToRead {
  readonly feed: FeedDefinition;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whether the bytes are the rows that took the file's place. */
  readonly condensed: boolean;
  readonly receipt: number;
  readonly handedInMs: number;
  /** Rows to apply, from the first; those beyond are read and not applied. */
  readonly most: number;
  /** The days that the file has replaced, where that is known; else it is found by reading it. `null`: none. */
  readonly covers?: Period | null;
}

/** What a file turned out to hold. */
export interface FileRead {
  rows: number;
  refusedRows: number;
  /** The rule by which the file as a whole is refused, if it is. */
  refused: string | null;
  /** The days of which the file says everything, if it replaces its period. */
  covers: Period | null;
}

/** How files are read where they are checked. */
export interface Reading {
  readonly table: ReadTable;
  readonly pseudonym: Pseudonym;
}

interface Row {
  readonly startMs: number;
  readonly version: number | null;
}
export type KindOf<R extends Row> = (options: RowOptions) => RowKind<R>;

function batchesOf<R extends Row>(file: FileToRead, kind: RowKind<R>, { table }: Reading): AsyncIterable<FileBatch<R>> {
  return file.condensed ? readCondensed(kind.schema, file.bytes) : readRows(file.feed, kind, file.bytes, { table });
}

/** Reads a file's rows and hands on those that are to be applied. */
export async function readFileRows<R extends Row>(
  file: FileToRead,
  { kindOf, reading }: { readonly kindOf: KindOf<R>; readonly reading: Reading },
  add: (row: R) => void,
): Promise<FileRead> {
  const read: FileRead = { rows: 0, refusedRows: 0, refused: null, covers: null };
  const covered = new CoveredPeriod(file.feed);
  const kind = kindOf({ handedInMs: file.handedInMs, pseudonym: reading.pseudonym });
  try {
    for await (const batch of batchesOf(file, kind, reading)) {
      covered.take(batch);
      if (batch.kind === "refused") read.refused = batch.problems[0]?.rule ?? "refused";
      if (batch.kind !== "rows") continue;
      for (const { row } of batch.rows) {
        read.rows++;
        if (row === null) read.refusedRows++;
        else if (read.rows <= file.most) add(row);
      }
    }
  } catch (thrown) {
    // Accord never wrote such rows; a file, whatever it holds, is refused by its reader.
    if (!file.condensed) throw thrown;
    read.refused = "no-condensed-rows";
  }
  read.covers = covered.days;
  return read;
}
