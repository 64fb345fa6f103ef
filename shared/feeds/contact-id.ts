import { type FileContext, isMissing, MISSING_VALUE, placeOf } from "./column-reader.ts";
import { nameFault } from "./queue-reader.ts";
import type { Cells } from "./record-splitter.ts";

const MOST = 60;

/** Compiles the columns that name a contact for ever, joined by `|` so that no two contacts can share a name; "" where a problem was noted. */
export function compileContactId(columns: readonly string[], { header, missing, problems }: FileContext): (cells: Cells) => string {
  const places = columns.map((column) => placeOf(column, header));
  return (cells) => {
    let id = "";
    let whole = true;
    for (const { column, position } of places) {
      const text = cells[position] ?? "";
      const part = text.trim();
      const fault = isMissing(text, missing) ? MISSING_VALUE : nameFault(part, MOST);
      if (fault !== null) {
        problems.add("error", { column, value: text }, fault);
        whole = false;
      }
      if (id !== "") id += "|";
      id += part.includes("|") || part.includes("\\") ? part.replaceAll(/[\\|]/gu, "\\$&") : part;
    }
    return whole ? id : "";
  };
}
