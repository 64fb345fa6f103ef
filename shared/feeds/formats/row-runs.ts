import type { Cells } from "../record-splitter.ts";
import type { TablePart, TableRows } from "../table-part.ts";

export interface NumberedRecord {
  readonly line: number;
  readonly record: Cells;
}

/** Rows in runs of consecutive lines: each run is a part of its own, so that every row keeps the line that it has in the file. */
export function rowRuns(rows: readonly NumberedRecord[], faultOf: TableRows["faultOf"]): TablePart[] {
  const parts: TablePart[] = [];
  let records: Cells[] = [];
  let firstLine = 0;
  const close = (): void => {
    if (records.length > 0) parts.push({ kind: "rows", records, firstLine, faultOf });
    records = [];
  };
  for (const { line, record } of rows) {
    if (line !== firstLine + records.length) close();
    if (records.length === 0) firstLine = line;
    records.push(record);
  }
  close();
  return parts;
}
