import type { FileProblem } from "./canonical.ts";

/** The rule under which a mended `errors.csv` is noted where it makes a difference. */
export const MENDED_FILE = "mended-rows-only";

/** Where a file replaces its whole period, one that holds only mended rows must not. */
export const ONLY_MENDED_ROWS: FileProblem = {
  rule: MENDED_FILE,
  message: "This is a mended errors.csv: it adds and corrects rows, and takes away none that it does not contain",
  remedy: "Hand in the whole file again where rows are to be taken away",
};
