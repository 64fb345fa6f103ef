import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { NODE_OPENING } from "../../shared/store/node-opening.ts";
import { readTableApart, type ThreadLimits } from "../../shared/store/table-thread.ts";
import { makeWorkbook, sheetRows } from "../support/make-workbook.ts";
import { makeZip } from "../support/make-zip.ts";
import { buildIntervalFeed, INTERVAL_HEADER, pieces } from "../support/sample-feeds.ts";

const NAMES = INTERVAL_HEADER.split(",");
const ROW = ["sales", "2026-06-01", "9:00", "10", "9", "1", "8", "900", "90.00%"];
const FEED = buildIntervalFeed({ format: { type: "xlsx" } });

async function read(content: Uint8Array, limits?: ThreadLimits): Promise<{ rows: number; rule: string | undefined }> {
  let rows = 0;
  for await (const part of readTableApart(FEED, pieces(content), limits)) {
    if (part.kind === "refused") return { rows, rule: part.problems[0]?.rule };
    if (part.kind === "rows") rows += part.records.length;
  }
  return { rows, rule: undefined };
}

describe("a workbook in a thread of its own", () => {
  const book = makeWorkbook({
    sheets: { One: sheetRows([NAMES, ...Array.from({ length: 20_000 }, (_, at) => [...ROW, String((at * 7919) % 100_003)])]) },
  });

  it("is read to its end, plain or packed", async () => {
    expect(await read(book)).toEqual({ rows: 20_000, rule: undefined });
    expect(await read(gzipSync(book))).toEqual({ rows: 20_000, rule: undefined });
    expect(await read(makeZip([{ name: "a.xlsx", data: book }]))).toEqual({ rows: 20_000, rule: undefined });
  });

  it("is refused when it takes too much work, and when it is larger than can be held", async () => {
    expect((await read(book, { memoryMb: 128, workMs: 1 })).rule).toBe("too-large-to-open");
    expect((await read(new Uint8Array(20_000_001))).rule).toBe("too-large-to-open");
  });

  it("is refused when its texts fill the memory of the thread, and the process lives on", async () => {
    const strings = Array.from({ length: 300_000 }, (_, at) => `<t>text ${at * 7919}</t>`);
    const full = makeWorkbook({ sheets: { One: sheetRows([NAMES, ROW]) }, strings });
    expect((await read(full, { memoryMb: 12, workMs: 30_000 })).rule).toBe("too-large-to-open");
    expect((await read(full)).rule).toBeUndefined();
  });

  it("that is a mended errors.csv is read as that, broken quotation marks and all", async () => {
    const header = `${INTERVAL_HEADER},error_line,error_column,error_code,error_message,error_remedy`;
    const faults: (string | undefined)[] = [];
    for await (const part of readTableApart(FEED, pieces(Buffer.from(`${header}\n"a"b,1\n${ROW.join(",")}\n`)))) {
      if (part.kind === "rows") faults.push(...part.records.map((record) => part.faultOf(record)?.rule));
    }
    expect(faults).toEqual(["broken-quote", undefined]);
  });

  it("can be left before its end", async () => {
    for await (const part of readTableApart(FEED, pieces(book))) if (part.kind === "rows") break;
    expect((await read(book)).rows).toBe(20_000);
  });
});

describe("a gzip file of several members", () => {
  const members = ["a,b\n1,2\n", "3,4\n"].map((text) => gzipSync(text));
  const opened = async (...parts: readonly Uint8Array[]): Promise<string> => {
    let text = "";
    for await (const piece of NODE_OPENING.inflate(pieces(Buffer.concat(parts)), "gzip")) text += Buffer.from(piece).toString();
    return text;
  };

  it("is read to its end, padding included", async () => {
    expect(await opened(...members)).toBe("a,b\n1,2\n3,4\n");
    expect(await opened(...members, Buffer.alloc(16))).toBe("a,b\n1,2\n3,4\n");
  });

  it("is refused when a member lies behind padding, where zlib no longer looks", async () => {
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = members;
    await expect(opened(first, Buffer.alloc(16), second)).rejects.toThrow("bytes follow the padding");
  });
});
