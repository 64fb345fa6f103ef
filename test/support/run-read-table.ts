import { createReadStream } from "node:fs";
import { readTableApart } from "../../shared/store/table-thread.ts";
import { gzipSync } from "node:zlib";
import { buildIntervalFeed, INTERVAL_HEADER, pieces } from "./sample-feeds.ts";
import { makeWorkbook, sheetRows } from "./make-workbook.ts";

/** A process that reads one file as a table, and tells its parent how that ended, how long it took and what memory it needed more than an ordinary file. */
const [file = "", type = "delimited"] = process.argv.slice(2);
const definition = buildIntervalFeed({ format: type === "delimited" ? { type, delimiter: "comma" } : { type } });

async function read(bytes: AsyncIterable<Uint8Array>): Promise<{ rule: string | null; rows: number }> {
  let rows = 0;
  for await (const part of readTableApart(definition, bytes)) {
    if (part.kind === "refused") return { rule: part.problems[0]?.rule ?? null, rows };
    if (part.kind === "rows") rows += part.records.length;
  }
  return { rule: null, rows };
}

// The code that reads is loaded and has run once before the memory is measured.
const small = [INTERVAL_HEADER.split(",")];
await read(pieces(type === "xlsx" ? makeWorkbook({ sheets: { One: sheetRows(small) } }) : gzipSync("x")));
const before = process.memoryUsage().rss;
let most = before;
const watching = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
const startedMs = performance.now();
const ended = await read(createReadStream(file));
most = Math.max(most, process.memoryUsage().rss);
clearInterval(watching);
process.send?.({ ...ended, ms: performance.now() - startedMs, extraMb: (most - before) / 1_000_000 });
