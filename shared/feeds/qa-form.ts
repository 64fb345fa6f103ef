import { type FileContext, isMissing, MISSING_VALUE, placeOf } from "./column-reader.ts";
import { formName } from "./form-name.ts";
import type { Fault } from "./problem-list.ts";
import type { QaFeed } from "./record-kinds.ts";
import type { Cells } from "./record-splitter.ts";

const UNUSABLE: Fault = {
  rule: "form-name",
  message: "cannot name a form: name and version together are 1 to 20 letters, digits, points, hyphens and spaces",
  remedy: "Send a short name such as Sales 2, or name the form in the definition",
};

/** Compiles the form of an evaluation as counters name it; "" where a problem was noted. */
export function compileForm({ form, formVersion }: QaFeed, { header, missing, problems }: FileContext): (cells: Cells) => string {
  const parts = formVersion === undefined ? [form] : [form, formVersion];
  const columns = parts.flatMap((part) => ("column" in part ? [placeOf(part.column, header)] : []));
  if (columns.length === 0) {
    const name = formName(...parts.map((part) => ("constant" in part ? part.constant : "")));
    return () => name;
  }
  const textOf = (cells: Cells): string[] =>
    parts.map((part) => ("constant" in part ? part.constant : (cells[header.positions.get(part.column) ?? -1] ?? "")));
  return (cells) => {
    const blank = columns.find(({ position }) => isMissing(cells[position] ?? "", missing));
    if (blank !== undefined) {
      problems.add("error", { column: blank.column, value: cells[blank.position] ?? "" }, MISSING_VALUE);
      return "";
    }
    const name = formName(...textOf(cells));
    const [first] = columns;
    if (name === "" && first !== undefined) problems.add("error", { column: first.column, value: cells[first.position] ?? "" }, UNUSABLE);
    return name;
  };
}
