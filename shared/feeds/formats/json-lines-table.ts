import { decodeText } from "../decode-text.ts";
import type { FeedDefinition } from "../definition.ts";
import { RefusedFile } from "../refused-file.ts";
import type { TablePart } from "../table-part.ts";
import { JsonFault } from "./json-fault.ts";
import { parseJson } from "./json-parser.ts";
import { MAX_JSON_RECORD } from "./json-records.ts";
import { type RecordRow, withText } from "./json-table.ts";
import type { JsonValue } from "./json-value.ts";
import { createNamedTable, type NamedRow } from "./named-table.ts";

function tooLong(line: number): RefusedFile {
  return new RefusedFile({
    rule: "record-too-long",
    message: `Line ${line} is longer than ${MAX_JSON_RECORD} characters`,
    remedy: "Send one JSON object a line, each line ended by a line feed",
  });
}

function readLine(text: string, rowOf: (value: JsonValue) => RecordRow): RecordRow {
  try {
    return withText(rowOf(parseJson(text)), text);
  } catch (thrown) {
    if (!(thrown instanceof JsonFault)) throw thrown;
    return { fault: thrown.fault, text };
  }
}

/** Splits text at line feeds, in pieces of any size. */
function createLineSplitter(): { push(text: string): string[]; end(): string[] } {
  let rest = "";
  let line = 1;
  const split = (text: string): string[] => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const [at, one] of [...lines, rest].entries()) if (one.length > MAX_JSON_RECORD) throw tooLong(line + at);
    line += lines.length;
    return lines;
  };
  return { push: split, end: () => (rest === "" ? [] : split("\n")) };
}

/** Reads a file with one JSON value a line as a table. A line that is broken is a refused row; the lines around it are read. */
export async function* readJsonLines(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  rowOf: (value: JsonValue) => RecordRow,
): AsyncGenerator<TablePart> {
  const splitter = createLineSplitter();
  const table = createNamedTable(definition);
  let line = 0;
  const rows = (lines: readonly string[]): NamedRow[] =>
    lines.flatMap((text) => {
      line += 1;
      return text.trim() === "" ? [] : [{ line, ...readLine(text, rowOf) }];
    });
  for await (const text of decodeText(bytes)) yield* table.take(rows(splitter.push(text)));
  yield* table.take(rows(splitter.end()));
  yield* table.end();
}
