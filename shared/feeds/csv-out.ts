import { escapeCell } from "./escaped-cell.ts";

/** Makes files readable for spreadsheets that would take UTF-8 for something else. */
export const BYTE_ORDER_MARK = "\ufeff";

/** Writes lines of delimited text whose cells no spreadsheet runs as formulas. */
export function createLineWriter(delimiter: string): (cells: readonly string[]) => string {
  const special = new RegExp(`["\\r\\n${delimiter === "|" ? "\\|" : delimiter}]`, "u");
  return (cells) => `${cells.map((cell) => quoted(escapeCell(cell), special)).join(delimiter)}\r\n`;
}

/** The cell as it stands in a file, in quotation marks where it needs them. */
function quoted(cell: string, special: RegExp): string {
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
