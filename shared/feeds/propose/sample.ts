import type { Format } from "../file-format.ts";

/** How the bytes of a file were wrapped. */
export type Container = "plain" | "gzip" | "zip" | "workbook";

/** A row as it stands in the file, under the number a spreadsheet gives its line. */
export interface SampleRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The beginning of a file as a table, and what was found out about the file on the way. Plain data, so that it can be sent between threads. */
export interface Sample {
  readonly container: Container;
  readonly format: Format;
  /** The system whose file it is, if one is known by its names; its shipped definition is then the proposal. */
  readonly preset: string | null;
  /** Names of the columns as a definition writes them: the second `calls` is `calls#2`. */
  readonly names: readonly string[];
  readonly rows: readonly SampleRow[];
  /** Lines at the end or between that look like totals, by the text of their first cell. */
  readonly totals: readonly string[];
  /** What was found about the file as a whole, each as a few words: `semicolons`, `UTF-8`. */
  readonly found: readonly string[];
  /** Whether the sample is the whole file. */
  readonly isWhole: boolean;
}

/** Rows that are looked at. A wrong guess is not likelier after a thousand, and the dry run reads them all. */
export const SAMPLE_ROWS = 1000;
/** Unpacked bytes that are looked at. */
export const SAMPLE_BYTES = 262_144;
