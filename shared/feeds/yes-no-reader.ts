import { type FileContext, isMissing, placeOf } from "./column-reader.ts";
import type { YesNo } from "./definition-parts.ts";
import type { Fault } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";

const NEITHER: Fault = {
  rule: "neither-yes-nor-no",
  message: "is none of the texts that the feed's definition lists for yes and no",
  remedy: "Correct the value, or add it to yes or no in the definition",
};

const UNSAID: Fault = {
  rule: "missing-value",
  message: "is blank, and a row must say yes or no",
  remedy: "Send one of the two, or say in the definition what a blank means (blank: yes or blank: no)",
};

function blankOf({ blank }: YesNo): boolean | null {
  return blank === undefined ? null : blank === "yes";
}

/** Compiles a column of yes and no: `null` where the cell is blank, is neither (with a problem), or where there is no column. */
export function compileYesNo(part: YesNo | undefined, { header, missing, problems }: FileContext): (cells: Cells) => boolean | null {
  if (part === undefined) return () => null;
  const unsaid = blankOf(part);
  const { column, position } = placeOf(part.column, header);
  const [yes, no] = [new Set(part.yes), new Set(part.no)];
  return (cells) => {
    const text = cells[position] ?? "";
    if (isMissing(text, missing)) return unsaid;
    const trimmed = text.trim();
    if (yes.has(trimmed)) return true;
    if (no.has(trimmed)) return false;
    problems.add("error", { column, value: text }, NEITHER);
    return null;
  };
}

/**
 * Compiles a column of yes and no in which a blank would count as one of them without anybody having said it: it is refused,
 * unless the definition says what it means. `null` only where there is no column, or with a problem.
 */
export function compileSaid(part: YesNo | undefined, context: FileContext): (cells: Cells) => boolean | null {
  const cell = compileYesNo(part, context);
  if (part === undefined) return cell;
  const { column, position } = placeOf(part.column, context.header);
  return (cells) => {
    const value = cells[position] ?? "";
    const said = cell(cells);
    if (said === null && isMissing(value, context.missing)) context.problems.add("error", { column, value }, UNSAID);
    return said;
  };
}
