import type { Header } from "./header.ts";
import type { NumberStyle } from "./number-style.ts";
import type { Fault, ProblemList } from "./problem-list.ts";
import type { Cells } from "./record-splitter.ts";
import type { Severities } from "./rule-severity.ts";

/** What every column of a file shares: where it is, how numbers are written, which texts mean "no value", and where problems go. */
export interface FileContext {
  readonly header: Header;
  readonly missing: ReadonlySet<string>;
  readonly style: NumberStyle;
  /** Whether breaking a rule between cells refuses the row. */
  readonly severities: Severities;
  readonly problems: ProblemList;
}

/** Where a column stands in the rows of this file. */
export interface Place {
  readonly column: string;
  readonly position: number;
}

/** @throws RangeError when the header lacks the column; headers are checked before, so that is a mistake of the program. */
export function placeOf(column: string, { positions }: Header): Place {
  const position = positions.get(column);
  if (position === undefined) throw new RangeError(`column "${column}" is not in the header`);
  return { column, position };
}

export const MISSING_VALUE: Fault = { rule: "missing-value", message: "has no value", remedy: "Fill the cell: this column is required" };

/** Whether a cell says that there is no value: blank, or one of the texts that the definition lists. */
export function isMissing(text: string, missing: ReadonlySet<string>): boolean {
  if (text === "" || (missing.size > 0 && missing.has(text))) return true;
  const trimmed = text.trim();
  return trimmed === "" || (trimmed !== text && missing.has(trimmed));
}

export interface NumberColumnOptions {
  readonly column: string;
  readonly required: boolean;
  readonly severity?: "error" | "warning";
  readonly most: number;
  /** Reads a trimmed text, NaN when it is not one. */
  readonly read: (text: string) => number;
  readonly explain: (text: string) => Fault;
}

/** Reads one cell of a row: the number, `null` where there is none, and NaN where a problem was noted. */
export type NumberCell = (cells: Cells) => number | null;

/** Compiles a column of numbers for one file. */
export function compileNumberColumn(options: NumberColumnOptions, { header, missing, problems }: FileContext): NumberCell {
  const { column, required, most, read, explain, severity = "error" } = options;
  const { position } = placeOf(column, header);
  const fault = (text: string): Fault => {
    const number = read(text);
    return number > most
      ? { rule: "too-large", message: `is larger than ${most}`, remedy: "Check the column and its unit: no such figure exists" }
      : explain(text);
  };
  return (cells) => {
    const text = cells[position] ?? "";
    if (text !== "" && !missing.has(text)) {
      const number = read(text);
      if (number <= most) return number;
    }
    // Everything below is off the fast path.
    if (isMissing(text, missing)) {
      if (required) problems.add(severity, { column, value: text }, MISSING_VALUE);
      return required ? NaN : null;
    }
    const trimmed = text.trim();
    const number = read(trimmed);
    if (number <= most) return number;
    problems.add(severity, { column, value: text }, fault(trimmed));
    return NaN;
  };
}
