import { createByteDecoder } from "../byte-decoder.ts";
import { createByteSource, joinPieces } from "../containers/byte-source.ts";
import { collectZip, isWorkbook, MAX_ZIP_BYTES, type Opening, startsWith, unpack, WEB_OPENING, ZIP } from "../containers/unpack.ts";
import { readZipDirectory } from "../containers/zip-directory.ts";
import { delimiterName } from "../delimiter.ts";
import { flattenRecord } from "../formats/flatten-json.ts";
import { JsonFault } from "../formats/json-fault.ts";
import { createJsonRecords, type JsonRecordsOptions } from "../formats/json-records.ts";
import type { JsonObject, JsonValue } from "../formats/json-value.ts";
import { openWorkbook } from "../formats/xlsx-package.ts";
import { readSheetRows } from "../formats/xlsx-rows.ts";
import { findSheet } from "../formats/xlsx-workbook.ts";
import type { FileProblem } from "../canonical.ts";
import { PRESETS } from "../presets.ts";
import { RefusedFile } from "../refused-file.ts";
import { type Container, type Sample, SAMPLE_BYTES, SAMPLE_ROWS, type SampleRow } from "./sample.ts";
import { sampleNames } from "./sample-names.ts";
import { textLayout } from "./text-layout.ts";

/** A sample, or why the file cannot be looked at. */
export type SampleOutcome = { readonly sample: Sample } | { readonly refused: FileProblem };

interface Head {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

async function headOf(pieces: AsyncIterable<Uint8Array>): Promise<Head> {
  const taken: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    taken.push(piece);
    length += piece.length;
    if (length >= SAMPLE_BYTES) return { bytes: joinPieces(taken).subarray(0, SAMPLE_BYTES), isWhole: false };
  }
  return { bytes: joinPieces(taken), isWhole: true };
}

interface Decoded {
  readonly text: string;
  readonly encoding: "utf-8" | "windows-1252";
  readonly says: string;
}

/** The text of a head: Unicode where its bytes are, else that of Western Windows. A last character that is cut off is left out. */
function decodeHead({ bytes, isWhole }: Head): Decoded {
  const read = (encoding: "utf-8" | "windows-1252") => {
    const decoder = createByteDecoder(encoding);
    const first = decoder.push(bytes);
    const rest = isWhole && first.problem === null ? decoder.end() : { text: "", problem: null };
    return { text: first.text + rest.text, problem: first.problem ?? rest.problem };
  };
  const unicode = read("utf-8");
  const says = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]) ? "UTF-16" : "UTF-8";
  if (unicode.problem === null) return { text: unicode.text, encoding: "utf-8", says };
  const western = unicode.problem.rule === "invalid-utf-8" ? read("windows-1252") : unicode;
  if (western.problem !== null) throw new RefusedFile(unicode.problem);
  return { text: western.text, encoding: "windows-1252", says: "Windows-1252, because its bytes are no UTF-8" };
}

const NAMES_OF_DELIMITERS: ReadonlyMap<string, string> = new Map([
  [",", "commas"],
  [";", "semicolons"],
  ["\t", "tabs"],
  ["|", "pipes"],
]);

function textSample({ text, encoding, says }: Decoded, isWhole: boolean): Omit<Sample, "container" | "preset"> {
  const layout = textLayout(text, isWhole);
  const { headerLine, header, rows, totals } = layout;
  const names = sampleNames(header);
  const isNamed = !delimiterName(layout.delimiter).startsWith('"');
  const place = headerLine === null ? { columns: names } : headerLine > 1 ? { headerLine } : {};
  const delimiter = isNamed ? delimiterName(layout.delimiter) : layout.delimiter;
  const head = headerLine === null ? "no line of column names" : `column names in line ${headerLine}`;
  return {
    format: { type: "delimited", delimiter, encoding, ...place },
    names,
    rows: rows.slice(0, SAMPLE_ROWS),
    totals: totals.slice(0, 20),
    found: [`${NAMES_OF_DELIMITERS.get(layout.delimiter) ?? `"${layout.delimiter}"`} between the cells`, says, head],
    isWhole: isWhole && rows.length <= SAMPLE_ROWS,
  };
}

/** Records that name their own columns, as a table whose columns are all names that occur. */
function namedSample(records: readonly ReadonlyMap<string, string>[]): Pick<Sample, "names" | "rows"> {
  const names = [...new Set(records.flatMap((record) => [...record.keys()]))];
  return { names, rows: records.map((record, at) => ({ line: at + 1, cells: names.map((name) => record.get(name) ?? "") })) };
}

function listsIn(value: JsonValue, path: readonly string[]): string[] {
  if (!(value instanceof Map)) return [];
  return [...value].flatMap(([key, member]) => {
    if (Array.isArray(member)) return member.some((item) => item instanceof Map) ? [[...path, key].join(".")] : [];
    return listsIn(member, [...path, key]);
  });
}

function objectsOf(text: string, isWhole: boolean, options: JsonRecordsOptions): JsonValue[] {
  const records = createJsonRecords(options);
  const found = [...records.push(text), ...(isWhole ? records.end() : [])];
  return found.flatMap((record) => ("value" in record ? [record.value] : []));
}

/** None for a record that is refused when it comes. */
function cellsOf(record: JsonObject): ReadonlyMap<string, string>[] {
  try {
    return [flattenRecord(record)];
  } catch (thrown) {
    if (!(thrown instanceof JsonFault)) throw thrown;
    return [];
  }
}

function jsonSample(text: string, isWhole: boolean): Omit<Sample, "container" | "preset"> {
  const isLines = /^\s*\{[^\n]*\}\s*\n\s*\{/u.test(text);
  const values = objectsOf(text, isWhole, isLines ? { many: true } : {});
  const [only] = values;
  const list = !isLines && values.length === 1 && only !== undefined ? listsIn(only, [])[0] : undefined;
  const records = (list === undefined ? values : objectsOf(text, isWhole, { rows: list })).flatMap((value) =>
    value instanceof Map ? cellsOf(value) : [],
  );
  const format = isLines ? ({ type: "json-lines" } as const) : ({ type: "json", ...(list === undefined ? {} : { rows: list }) } as const);
  const found = [isLines ? "JSON, one record a line" : "JSON", ...(list === undefined ? [] : [`rows under "${list}"`])];
  return { format, ...namedSample(records.slice(0, SAMPLE_ROWS)), totals: [], found, isWhole: isWhole && records.length <= SAMPLE_ROWS };
}

async function workbookSample(pieces: AsyncIterable<Uint8Array>, opening: Opening): Promise<Sample> {
  const workbook = await openWorkbook(pieces, opening);
  const sheet = await findSheet(workbook, undefined);
  const rows: SampleRow[] = [];
  for await (const batch of readSheetRows(workbook, sheet)) {
    rows.push(
      ...batch.map(({ line, record }) => ({ line, cells: record })).filter(({ cells }) => cells.some((cell) => cell.trim() !== "")),
    );
    if (rows.length > SAMPLE_ROWS) break;
  }
  const width = Math.max(0, ...rows.slice(0, 50).map(({ cells }) => cells.length));
  const at = Math.max(
    0,
    rows.findIndex(({ cells }) => cells.filter((cell) => cell !== "").length > width / 2),
  );
  const header = rows[at];
  const names = sampleNames(header?.cells ?? []);
  return {
    container: "workbook",
    format: { type: "xlsx", ...(header === undefined || at === 0 ? {} : { headerRow: header.line }) },
    preset: null,
    names,
    rows: rows
      .slice(at + 1, at + 1 + SAMPLE_ROWS)
      .map(({ line, cells }) => ({ line, cells: names.map((_, column) => cells[column] ?? "") })),
    totals: [],
    found: ["Excel workbook, its first sheet", `column names in row ${header?.line ?? 1}`],
    isWhole: rows.length <= SAMPLE_ROWS,
  };
}

async function sampleOf(bytes: AsyncIterable<Uint8Array>, opening: Opening): Promise<Sample> {
  const packed = createByteSource(bytes);
  try {
    const head = await packed.head(({ length }) => length >= ZIP.length);
    const isZip = startsWith(head, ZIP);
    const container: Container = isZip ? "zip" : startsWith(head, [0x1f, 0x8b]) ? "gzip" : "plain";
    if (isZip) {
      const archive = await collectZip(packed.pieces(), MAX_ZIP_BYTES, "The archive");
      const whole = async function* () {
        yield await Promise.resolve(archive);
      };
      if (isWorkbook(readZipDirectory(archive))) return await workbookSample(whole(), opening);
      return await plainSample(await unpack(createByteSource(whole()), opening, false), container);
    }
    return await plainSample(await unpack(packed, opening, false), container);
  } finally {
    await packed.close();
  }
}

async function plainSample(pieces: AsyncIterable<Uint8Array>, container: Container): Promise<Sample> {
  const head = await headOf(pieces);
  const decoded = decodeHead(head);
  const text = decoded.text.replace(/^\ufeff/u, "");
  const preset = PRESETS.find(({ recognises }) => recognises(text))?.id ?? null;
  const sample = /^\s*[[{]/u.test(text) ? jsonSample(text, head.isWhole) : textSample(decoded, head.isWhole);
  return { container, preset, ...sample, found: container === "plain" ? sample.found : [`packed with ${container}`, ...sample.found] };
}

/** Looks at the beginning of a file, whatever it is packed in. Nothing but the beginning is read, except of workbooks and zip archives. */
export async function readSample(bytes: AsyncIterable<Uint8Array>, opening: Opening = WEB_OPENING): Promise<SampleOutcome> {
  try {
    const sample = await sampleOf(bytes, opening);
    if (sample.names.length > 0 && sample.rows.length > 0) return { sample };
    return {
      refused: {
        rule: "no-rows",
        message: "The file has no rows that could be looked at",
        remedy: "Choose a file with column names and at least one row",
      },
    };
  } catch (thrown) {
    if (thrown instanceof RefusedFile) return { refused: thrown.problem };
    throw thrown;
  }
}
