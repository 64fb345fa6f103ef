import type { RowProblem } from "./canonical.ts";

/** What a rule found: its name, what is wrong as the rest of a sentence about the column ("is negative"), and how to mend it. */
export interface Fault {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}

/** Collects the problems of the row being read. One list serves a whole file, so that a fault-free row allocates nothing. */
export interface ProblemList {
  begin(line: number): void;
  /** The line of the row being read. */
  line(): number;
  /** @param place the column, "" for the row as a whole, and the cell as it stands in the file. */
  add(severity: RowProblem["severity"], place: { readonly column: string; readonly value: string }, fault: Fault): void;
  refuses(): boolean;
  taken(): readonly RowProblem[];
}

const NONE: readonly RowProblem[] = [];
const SHOWN = 200;
/** Some messages quote other cells of the row, which may be as long as a row. */
const LONGEST_MESSAGE = 500;

export function createProblemList(): ProblemList {
  let line = 0;
  let found: RowProblem[] = [];
  let refused = false;
  return {
    begin: (next) => {
      line = next;
      refused = false;
      if (found.length > 0) found = [];
    },
    add: (severity, { column, value }, { rule, message, remedy }) => {
      if (severity === "error") refused = true;
      const subject = column === "" ? "The row" : `"${column}"`;
      found.push({
        line,
        severity,
        column,
        value: value.slice(0, SHOWN),
        rule,
        message: `${subject} ${message}`.slice(0, LONGEST_MESSAGE),
        remedy,
      });
    },
    line: () => line,
    refuses: () => refused,
    taken: () => (found.length === 0 ? NONE : found),
  };
}
