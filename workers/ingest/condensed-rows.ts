import { z } from "zod";
import type { FileBatch } from "../../shared/feeds/read-feed.ts";

/** Checks a row that stands in a condensed file as it checks one that was just read. */
interface RowSchema<Row> {
  parse(value: unknown): Row;
}

const LINE_FEED = 0x0a;
const Chunk = z.array(z.unknown());

/** Writes rows as they were applied, a chunk a line: its chunks are then the same whenever it is applied again. */
export async function* writeCondensed<Row>(
  batches: AsyncIterable<FileBatch<Row>>,
  count: (rows: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const batch of batches) {
    if (batch.kind !== "rows") continue;
    const rows = batch.rows.flatMap(({ row }) => (row === null ? [] : [row]));
    count(rows.length);
    yield Buffer.from(`${JSON.stringify(rows)}\n`);
  }
}

/** Not Node's readline: that one also ends a line at U+2028, which a queue's name may hold. */
async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const piece of bytes) {
    rest = Buffer.concat([rest, piece]);
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      yield rest.toString("utf8", 0, end);
      rest = rest.subarray(end + 1);
    }
  }
}

/** Reads what `writeCondensed` wrote. */
export async function* readCondensed<Row>(schema: RowSchema<Row>, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FileBatch<Row>> {
  for await (const line of lines(bytes)) {
    const rows = Chunk.parse(JSON.parse(line)).map((value) => ({ line: 0, cells: [], row: schema.parse(value), problems: [] }));
    yield { kind: "rows", rows };
  }
}
