import { escapeCell } from "./escaped-cell.ts";

/** Makes files readable for spreadsheets that would take UTF-8 for something else. */
export const BYTE_ORDER_MARK = "\ufeff";

/** Writes records of delimited text (RFC 4180), cells as they are. */
export function createRecordWriter(delimiter: string): (cells: readonly string[]) => string {
  const special = new RegExp(`["\\r\\n${/[\^\\\]|-]/u.test(delimiter) ? `\\${delimiter}` : delimiter}]`, "u");
  return (cells) => `${cells.map((cell) => quoted(cell, special)).join(delimiter)}\r\n`;
}

/** Writes lines of delimited text whose cells no spreadsheet runs as formulas. */
export function createLineWriter(delimiter: string): (cells: readonly string[]) => string {
  const write = createRecordWriter(delimiter);
  return (cells) => write(cells.map(escapeCell));
}

/** The cell as it stands in a file, in quotation marks where it needs them. */
function quoted(cell: string, special: RegExp): string {
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
