import { type FileContext, isMissing, MISSING_VALUE, placeOf } from "./column-reader.ts";
import type { Fault } from "./problem-list.ts";
import { nameFault } from "./queue-reader.ts";
import type { Cells } from "./record-splitter.ts";

const MOST = 60;
/** How spreadsheets show long numbers, and save them as text: the rest of the digits is lost, and many names become one. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+\d{1,3}$/iu;
const CUT_SHORT: Fault = {
  rule: "shortened-number",
  message: "is a long number that a spreadsheet has cut short, so that several may have become one",
  remedy: "Export it anew as text, and do not save the file from a spreadsheet",
};

function idFault(part: string): Fault | null {
  return SHORTENED.test(part) ? CUT_SHORT : nameFault(part, MOST);
}

/** Compiles the columns that name a contact for ever, joined by `|` so that no two contacts can share a name; "" where a problem was noted. */
export function compileContactId(columns: readonly string[], { header, missing, problems }: FileContext): (cells: Cells) => string {
  const places = columns.map((column) => placeOf(column, header));
  return (cells) => {
    let id = "";
    let whole = true;
    for (const { column, position } of places) {
      const text = cells[position] ?? "";
      const part = text.trim();
      const fault = isMissing(text, missing) ? MISSING_VALUE : idFault(part);
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
