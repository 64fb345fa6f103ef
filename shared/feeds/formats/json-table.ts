import { decodeText } from "../decode-text.ts";
import type { FeedDefinition } from "../definition.ts";
import type { Fault } from "../problem-list.ts";
import type { TablePart } from "../table-part.ts";
import { JsonFault } from "./json-fault.ts";
import { createJsonRecords, type JsonRecord, type JsonRecordsOptions } from "./json-records.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { createNamedTable, type NamedRow } from "./named-table.ts";

/** The cells of a record, or why it has none. */
export type RecordRow = { readonly cells: ReadonlyMap<string, string> } | { readonly fault: Fault; readonly text: string };

function isObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}

const NOT_AN_OBJECT: Fault = {
  rule: "not-an-object",
  message: "is no JSON object, so its values have no names",
  remedy: 'Send each row as an object: {"queue": "sales", "offered": 10}',
};

/** The row of a record that is an object; anything else is a row that cannot be read. */
export function rowOfObject(value: JsonValue, cellsOf: (record: JsonObject) => ReadonlyMap<string, string>): RecordRow {
  return isObject(value) ? { cells: cellsOf(value) } : { fault: NOT_AN_OBJECT, text: "" };
}

/** A row that cannot be read with the text that is there instead, so that it is never taken for a blank one. */
export function withText(row: RecordRow, text: string): RecordRow {
  return "fault" in row && row.text.trim() === "" ? { ...row, text } : row;
}

function rowsOrFault(record: JsonRecord, rowsOf: (value: JsonValue) => readonly RecordRow[]): readonly RecordRow[] {
  if ("fault" in record) return [record];
  try {
    return rowsOf(record.value);
  } catch (thrown) {
    if (!(thrown instanceof JsonFault)) throw thrown;
    return [{ fault: thrown.fault, text: record.text }];
  }
}

/**
 * Reads a JSON file as a table. Rows are numbered as the file lists them, from 1.
 *
 * @param rowsOf the rows of one record, most often one.
 */
export async function* readJsonTable(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  options: JsonRecordsOptions,
  rowsOf: (value: JsonValue) => readonly RecordRow[],
): AsyncGenerator<TablePart> {
  const records = createJsonRecords(options);
  const table = createNamedTable(definition);
  let line = 0;
  const rows = (found: readonly JsonRecord[]): NamedRow[] =>
    found.flatMap((record) =>
      rowsOrFault(record, rowsOf).map((row) => {
        line += 1;
        return { line, ...withText(row, record.text) };
      }),
    );
  for await (const text of decodeText(bytes)) yield* table.take(rows(records.push(text)));
  yield* table.take(rows(records.end()));
  yield* table.end();
}
