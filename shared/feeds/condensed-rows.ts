import { z } from "zod";
import type { FileBatch } from "./read-feed.ts";

/** Checks a row that stands in a condensed file as it checks one that was just read. */
interface RowSchema<Row> {
  parse(value: unknown): Row;
}

const Chunk = z.array(z.unknown());

/**
 * The rows that took the place of a file, as they were applied: a chunk a line of JSON, so that its chunks are the same
 * whenever it is applied again. Rows that were refused are not among them.
 */
export async function* writeCondensed<Row>(
  batches: AsyncIterable<FileBatch<Row>>,
  count: (rows: number) => void,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const batch of batches) {
    if (batch.kind !== "rows") continue;
    const rows = batch.rows.flatMap(({ row }) => (row === null ? [] : [row]));
    count(rows.length);
    yield encoder.encode(`${JSON.stringify(rows)}\n`);
  }
}

/** Lines end at a line feed only: a queue's name may hold U+2028, at which others end one. */
async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let rest = "";
  for await (const piece of bytes) {
    const [first = "", ...others] = decoder.decode(piece, { stream: true }).split("\n");
    rest += first;
    for (const next of others) {
      yield rest;
      rest = next;
    }
  }
}

/** Reads what `writeCondensed` wrote. @throws Error when a line is no such rows. */
export async function* readCondensed<Row>(schema: RowSchema<Row>, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FileBatch<Row>> {
  for await (const line of lines(bytes)) {
    const rows = Chunk.parse(JSON.parse(line)).map((value) => ({ line: 0, cells: [], row: schema.parse(value), problems: [] }));
    yield { kind: "rows", rows };
  }
}
