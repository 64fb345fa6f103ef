import { type FileContext, isMissing, placeOf } from "./column-reader.ts";
import type { YesNo } from "./definition-parts.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";

const NEITHER: Fault = {
  rule: "neither-yes-nor-no",
  message: "is none of the texts that the feed's definition lists for yes and no",
  remedy: "Correct the value, or add it to yes or no in the definition",
};

/** Compiles a column of yes and no: `null` where the cell is blank, is neither (with a problem), or where there is no column. */
export function compileYesNo(part: YesNo | undefined, { header, missing, problems }: FileContext): (cells: Cells) => boolean | null {
  if (part === undefined) return () => null;
  const { column, position } = placeOf(part.column, header);
  const [yes, no] = [new Set(part.yes), new Set(part.no)];
  return (cells) => {
    const text = cells[position] ?? "";
    if (isMissing(text, missing)) return null;
    const trimmed = text.trim();
    if (yes.has(trimmed)) return true;
    if (no.has(trimmed)) return false;
    problems.add("error", { column, value: text }, NEITHER);
    return null;
  };
}
