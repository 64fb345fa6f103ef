import { type ByteSource, createByteSource } from "./containers/byte-source.ts";
import { type Opening, unpack, WEB_OPENING } from "./containers/unpack.ts";
import type { FeedDefinition } from "./definition.ts";
import { flattenRecord } from "./formats/flatten-json.ts";
import { readJsonLines } from "./formats/json-lines-table.ts";
import { readJsonTable, rowOfObject } from "./formats/json-table.ts";
import { readQueueLog } from "./formats/queue-log-table.ts";
import { readVendorTable } from "./formats/vendor-table.ts";
import { readWorkbook } from "./formats/xlsx-table.ts";
import { isMended } from "./header.ts";
import { createRecordSplitter } from "./record-splitter.ts";
import { RefusedFile } from "./refused-file.ts";
import type { TablePart } from "./table-part.ts";
import { skipRows } from "./skip-rows.ts";
import { readTextTable } from "./table-text.ts";

/** Reads the bytes of a file as the table that its definition says they are. */
export type ReadTable = (definition: FeedDefinition, bytes: AsyncIterable<Uint8Array>) => AsyncIterable<TablePart>;

const LF = 10;
const LONGEST_HEADER = 65_536;

/** Whether the file is an errors.csv that was mended: such a file is text, whatever the feed's own files are. */
async function isErrorsCsv(source: ByteSource): Promise<boolean> {
  const head = await source.head((bytes) => bytes.length >= LONGEST_HEADER || bytes.includes(LF));
  const line = new TextDecoder("utf-8").decode(head.subarray(0, LONGEST_HEADER)).split(/[\r\n]/u, 1)[0] ?? "";
  return createRecordSplitter(",").push(`${line}\n`).some(isMended);
}

function readFormat(definition: FeedDefinition, bytes: AsyncIterable<Uint8Array>, opening: Opening): AsyncIterable<TablePart> {
  const { format } = definition;
  switch (format.type) {
    case "delimited":
      return readTextTable(definition, bytes);
    case "json":
      return readJsonTable(definition, bytes, { rows: format.rows }, (value) => [rowOfObject(value, flattenRecord)]);
    case "json-lines":
      return readJsonLines(definition, bytes, (value) => rowOfObject(value, flattenRecord));
    case "xlsx":
      return readWorkbook(definition, format, bytes, opening);
    case "asterisk-queue-log":
      return readQueueLog(definition, bytes);
    case "amazon-connect-contacts":
    case "amazon-connect-metrics":
    case "genesys-aggregates":
    case "twilio-taskrouter":
      return readVendorTable(definition, format, bytes);
  }
}

async function* readUnpacked(definition: FeedDefinition, source: ByteSource, opening: Opening): AsyncGenerator<TablePart> {
  const text = definition.format.type === "delimited" || (await isErrorsCsv(source));
  yield* text ? readTextTable(definition, source.pieces()) : readFormat(definition, source.pieces(), opening);
}

/**
 * Reads a file as a table, in a stream: memory does not grow with the file, except that a workbook and a zip archive are held
 * packed. A file packed with gzip or zip is read as what is inside, a mended errors.csv as what it is. Ends behind the first refusal.
 *
 * @param opening how archives are unpacked, within which limits.
 */
export async function* readTable(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  opening: Opening = WEB_OPENING,
): AsyncGenerator<TablePart> {
  const packed = createByteSource(bytes);
  let unpacked: ByteSource | null = null;
  try {
    unpacked = createByteSource(await unpack(packed, opening, definition.format.type === "xlsx"));
    const table = readUnpacked(definition, unpacked, opening);
    yield* definition.skip === undefined ? table : skipRows(definition, table);
  } catch (thrown) {
    if (!(thrown instanceof RefusedFile)) throw thrown;
    yield { kind: "refused", problems: [thrown.problem] };
  } finally {
    await unpacked?.close();
    await packed.close();
  }
}
