import type { FileProblem } from "./canonical.ts";
import type { Header } from "./header.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";

export interface TableRows {
  readonly kind: "rows";
  /** Records in order, blank lines among them; the first is line `firstLine` as a spreadsheet numbers it. */
  readonly records: readonly Cells[];
  readonly firstLine: number;
  /** Why the cells of a record cannot be read, where its place in the file is known and its cells are not. */
  readonly faultOf: (record: Cells) => Fault | null;
}

/** A file as a table: its header once, then rows; what is wrong with the file as a whole stands in between. Nothing follows a refusal. */
export type TablePart =
  | { readonly kind: "header"; readonly header: Header }
  | TableRows
  | { readonly kind: "noted"; readonly problems: readonly FileProblem[] }
  | { readonly kind: "refused"; readonly problems: readonly FileProblem[] };

/** Whether a record has no text at all: spreadsheets write such lines where a table ends. */
export function isBlank(record: Cells): boolean {
  for (const cell of record) if (cell !== "" && cell.trim() !== "") return false;
  return true;
}
