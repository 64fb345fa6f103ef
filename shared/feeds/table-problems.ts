import type { FileProblem } from "./canonical.ts";
import type { Fault } from "./problem-list.ts";

export const EMPTY_FILE: FileProblem = {
  rule: "empty-file",
  message: "The file is empty",
  remedy: "Send a header line and at least one row; if there was nothing to report, send rows with zeros",
};

export const NO_ROWS: FileProblem = {
  rule: "no-rows",
  message: "The file has a header line and nothing below it",
  remedy: "Send at least one row; if there was nothing to report, send rows with zeros",
};

export const BROKEN_QUOTE: Fault = {
  rule: "broken-quote",
  message: "has text behind a closing quotation mark, so its cells cannot be told apart",
  remedy: 'Double a quotation mark inside a quoted cell: "6"" pipe"',
};

/** Why splitting stopped; `line` is the row that could not be told from what follows it. */
export function stoppedProblem(stopped: "record-too-long" | "unterminated-quote", line: number): FileProblem {
  if (stopped === "record-too-long") {
    return {
      rule: stopped,
      message: `Row ${line} is longer than 65,536 characters`,
      remedy: 'Look for a quotation mark (") in it that is not closed',
    };
  }
  return {
    rule: stopped,
    message: `Row ${line} opens a quotation mark (") that is not closed before the end of the file`,
    remedy: "If the file was cut off, send it again whole; else close or double the mark",
  };
}
