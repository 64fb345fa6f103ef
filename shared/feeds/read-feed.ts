import { z } from "zod";
import type { ContactRow, FileProblem, IntervalRow, ReadRow } from "./canonical.ts";
import { compileContactReader } from "./contact-reader.ts";
import type { FeedDefinition } from "./definition.ts";
import type { ContactFeed, DailyFeed, IntervalFeed } from "./feed-kinds.ts";
import { compileFileRow, type FileRowReader, type RowKind } from "./file-row.ts";
import { latestStart } from "./future.ts";
import { compileIntervalReader } from "./interval-reader.ts";
import { ContactRowSchema, IntervalRowSchema } from "./row-schema.ts";
import { readTable } from "./table.ts";
import { isBlank, type TablePart } from "./table-part.ts";

/** What a file yields, in order. Nothing follows a refusal, and after one nothing of the file may count. */
export type FileBatch<Row> =
  | { readonly kind: "rows"; readonly rows: readonly ReadRow<Row>[] }
  | { readonly kind: "refused"; readonly problems: readonly FileProblem[] }
  | { readonly kind: "noted"; readonly problems: readonly FileProblem[] };
export type FeedBatch = FileBatch<ContactRow> | FileBatch<IntervalRow>;

export interface ReadOptions {
  /** Data rows per batch, at least 1; blank lines are not data. Default 500. */
  readonly batchRows?: number;
  /** When the file was handed in: rows that start more than a day later are refused. Default: any start will do. */
  readonly handedInMs?: number;
}

const BATCH_ROWS = 500;

// Compiled schemas check seven million rows a second where the plain ones check half a million, by the same rules.
const CheckedContactRow = z.compile(ContactRowSchema);
const CheckedIntervalRow = z.compile(IntervalRowSchema);

export function contactRows(definition: ContactFeed, handedInMs = Infinity): RowKind<ContactRow> {
  return {
    compile: (context) => compileContactReader(definition, context),
    schema: CheckedContactRow,
    latestStartMs: latestStart(handedInMs),
  };
}
export function intervalRows(definition: IntervalFeed | DailyFeed, handedInMs = Infinity): RowKind<IntervalRow> {
  return {
    compile: (context) => compileIntervalReader(definition, context),
    schema: CheckedIntervalRow,
    latestStartMs: latestStart(handedInMs),
  };
}

/** Collects rows into batches of a fixed number of data rows, wherever the pieces of the file end. */
function createBatcher<Row>(batchRows: number): {
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
        if (!isBlank(record)) rows.push(read(record, line, part.faultOf(record)));
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

async function* readBatches<Row extends { readonly startMs: number }>(
  definition: FeedDefinition,
  kind: RowKind<Row>,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<FileBatch<Row>> {
  const { batchRows = BATCH_ROWS } = options;
  if (!Number.isInteger(batchRows) || batchRows < 1) throw new RangeError("batchRows must be a whole number of at least 1");
  const batcher = createBatcher<Row>(batchRows);
  let read: FileRowReader<Row> | null = null;
  let refusal: FileBatch<Row> | null = null;
  for await (const part of readTable(definition, bytes)) {
    if (part.kind === "header") read = compileFileRow(definition, kind, part.header);
    else if (part.kind === "noted") yield part;
    else if (part.kind === "refused") refusal = part;
    else if (read !== null) for (const rows of batcher.add(part, read)) yield { kind: "rows", rows };
  }
  const rest = batcher.rest();
  if (rest.length > 0) yield { kind: "rows", rows: rest };
  if (refusal !== null) yield refusal;
}

/**
 * Reads a file of contacts in a stream; the same bytes always give the same batches. Rows that are refused come with their errors.
 * A file may be refused after rows were read: whoever applies rows calls `inspectFile` first.
 */
export function readContacts(
  definition: ContactFeed,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<FileBatch<ContactRow>> {
  return readBatches(definition, contactRows(definition, options.handedInMs), bytes, options);
}

/** Reads a file of intervals or days; otherwise as `readContacts`. */
export function readIntervals(
  definition: IntervalFeed | DailyFeed,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<FileBatch<IntervalRow>> {
  return readBatches(definition, intervalRows(definition, options.handedInMs), bytes, options);
}

/** Reads a file of whichever kind its definition says. */
export function readFeed(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<FeedBatch> {
  return definition.kind === "contact" ? readContacts(definition, bytes, options) : readIntervals(definition, bytes, options);
}
