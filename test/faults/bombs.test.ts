import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { constants, crc32, deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { WORKER_FLAGS } from "../../server/boot/node-programs.ts";
import { makeWorkbook, sheetRows } from "../support/make-workbook.ts";
import { makeZip } from "../support/make-zip.ts";
import { INTERVAL_HEADER } from "../support/sample-feeds.ts";

const MEGABYTE = 1024 * 1024;
const TEN_GIGABYTES = 10_240;
const READER = path.join(import.meta.dirname, "..", "support", "run-read-table.ts");
const Reading = z.strictObject({ rule: z.string().nullable(), rows: z.int(), ms: z.number(), extraMb: z.number() });
type Reading = z.infer<typeof Reading>;

/** A deflate stream of so many megabytes of one text, made of one packed megabyte over and over. */
function deflatedOver(megabyte: Uint8Array, times: number, before: string, after: string): { packed: Uint8Array; size: number } {
  const flushed = { level: 9, finishFlush: constants.Z_FULL_FLUSH };
  const piece = deflateRawSync(megabyte, flushed);
  const [head, tail] = [deflateRawSync(before, flushed), deflateRawSync(after)];
  const packed = Buffer.concat([head, ...Array.from({ length: times }, () => piece), tail]);
  return { packed, size: Math.min(0xfffffffe, before.length + times * megabyte.length + after.length) };
}

/** Members of a hundred megabytes each, as `cat` makes them of many gzip files. */
function gzipOver(head: string, text: string, megabytes: number): Uint8Array {
  const member = gzipSync(Buffer.alloc(100 * MEGABYTE, text), { level: 9 });
  return Buffer.concat([gzipSync(head), ...Array.from({ length: Math.ceil(megabytes / 100) }, () => member)]);
}

const NAMES = INTERVAL_HEADER.split(",");
const SHEET = `<worksheet><sheetData>${sheetRows([NAMES, NAMES])}`;
function workbookBomb(megabyte: Uint8Array, times: number): Uint8Array {
  const { packed, size } = deflatedOver(megabyte, times, SHEET, "</sheetData></worksheet>");
  const name = "xl/worksheets/sheet1.xml";
  return makeWorkbook({ sheets: { One: "" }, parts: [{ name, data: "", packed, size, crc: crc32("") }] });
}

function repeated(text: string): Uint8Array {
  return Buffer.from(text.repeat(Math.floor(MEGABYTE / text.length)));
}

describe("an archive that unpacks to ten gigabytes", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "accord-bombs-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Reads the file as a table in a process of its own, started as workers are, which measures itself. */
  async function readApart(content: Uint8Array, format: "delimited" | "json" | "xlsx"): Promise<Reading> {
    const file = path.join(folder, "bomb");
    await writeFile(file, content);
    const reader = fork(READER, [file, format], { execArgv: [...WORKER_FLAGS], stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const [message] = await once(reader, "message");
    reader.kill();
    return Reading.parse(message);
  }

  const header = `${INTERVAL_HEADER}\nsales,2026-06-01,9:00,10,9,1,8,900,90%\n`;
  it.each<[what: string, make: () => Uint8Array, format: "delimited" | "json" | "xlsx", rule: string]>([
    ["gzip of zeros", () => gzipOver("", "\0", TEN_GIGABYTES), "delimited", "binary"],
    ["gzip of nothing but blank lines", () => gzipOver("\n", "\n", TEN_GIGABYTES), "delimited", "too-large-to-open"],
    ["gzip of blank lines behind good rows", () => gzipOver(header, "\n", TEN_GIGABYTES), "delimited", "too-large-to-open"],
    ["gzip of spaces in JSON", () => gzipOver("[", " ", TEN_GIGABYTES), "json", "too-large-to-open"],
    [
      "zip of blank lines",
      () => makeZip([{ name: "a.csv", data: "", ...deflatedOver(repeated("\n"), TEN_GIGABYTES, header, "\n") }]),
      "delimited",
      "too-large-to-open",
    ],
    [
      "workbook of rows without cells",
      () => workbookBomb(repeated(`<row/>${" ".repeat(1000)}`), TEN_GIGABYTES),
      "xlsx",
      "too-large-to-open",
    ],
    ["zip in a zip", () => makeZip([{ name: "a.zip", data: makeZip([{ name: "b.zip", data: makeZip([]) }]) }]), "delimited", "binary"],
  ])("a %s is refused within 5 s and 64 MB", async (_what, make, format, rule) => {
    const reading = await readApart(make(), format);
    expect(reading.rule).toBe(rule);
    expect(reading.ms).toBeLessThan(5000);
    expect(reading.extraMb).toBeLessThan(64);
  });
});
