import { readFile } from "node:fs/promises";
import { createByteDecoder } from "../../shared/feeds/byte-decoder.ts";
import type { Fault } from "../../shared/feeds/problem-list.ts";
import { numberWriting } from "../../shared/feeds/propose/number-writing.ts";
import { sampleNames } from "../../shared/feeds/propose/sample-names.ts";
import { textLayout } from "../../shared/feeds/propose/text-layout.ts";
import { EMPTY_FILE, NO_ROWS } from "../../shared/feeds/table-problems.ts";
import { CommandError } from "./command.ts";
import { findColumns, type NamedColumns, type SeriesColumns } from "./series-columns.ts";
import { chooseMoments, type MomentReader } from "./series-moment.ts";
import { explainFigure, isMissing, readFigure, type Writing, writingOf } from "./series-number.ts";

/** One row of a series that has a value. */
export interface SeriesRow {
  /** Milliseconds of the clock that the file shows, as if it were UTC. */
  readonly atMs: number;
  /** The timestamp as it stands in the file. */
  readonly label: string;
  readonly num: number;
  readonly n: number;
}

/** What is wrong with a cell, and where. */
export interface SeriesProblem extends Fault {
  readonly line: number;
  readonly column: string;
  readonly value: string;
}

export interface ReadSeries {
  /** In the order of time. */
  readonly rows: readonly SeriesRow[];
  /** Rows without a value: known to be missing, never zero. */
  readonly blank: number;
  readonly problems: readonly SeriesProblem[];
  /** How the figures are written. */
  readonly writing: Writing;
  /** Whether each row says how much it rests on. */
  readonly hasN: boolean;
  /** Whether timestamps are only an order: 1, 2, 3. */
  readonly isIndex: boolean;
  /** Names of the columns that were read, for the report. */
  readonly read: { readonly time: string; readonly figure: string; readonly n: string | null };
}

export interface ReadOptions extends NamedColumns {
  /** The date format where a file allows two. */
  readonly dates?: string | undefined;
}

/** How much of a column is looked at to tell what it is. */
const LOOKED_AT = 500;

async function textOf(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (thrown) {
    if (!(thrown instanceof Error) || !("code" in thrown)) throw thrown;
    throw new CommandError(`${path} cannot be read (${thrown.message}). Check the path.`, thrown);
  }
  const decoder = createByteDecoder("utf-8");
  const first = decoder.push(bytes);
  const rest = first.problem === null ? decoder.end() : { text: "", problem: null };
  const problem = first.problem ?? rest.problem;
  if (problem !== null) throw new CommandError(`${path} (${problem.rule}): ${problem.message}. ${problem.remedy}.`);
  return `${first.text}${rest.text}`.replace(/^\ufeff/u, "");
}

function momentReader(column: string, values: readonly string[], dates: string | undefined): MomentReader {
  const step = Math.ceil(values.length / LOOKED_AT);
  const choice = chooseMoments(
    values.filter((_, at) => at % step === 0),
    dates,
  );
  if (choice === null) throw new CommandError(`Column "${column}" has no timestamps. Write them as 2026-11-21 or 2026-11-21T09:30.`);
  if (choice.rival !== null)
    throw new CommandError(
      `Column "${column}" can be read as ${choice.reader.name} and as ${choice.rival.name}. Say which with --dates "${choice.reader.name}".`,
    );
  return choice.reader;
}

interface Cells {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Reads the cells of one row after the other. */
function rowReader(names: readonly string[], columns: SeriesColumns, rows: readonly Cells[], dates: string | undefined) {
  const column = (position: number): string[] =>
    rows.map(({ cells }) => (cells[position] ?? "").trim()).filter((value) => !isMissing(value));
  const figure = columns.value ?? columns.numerator ?? 0;
  const moments = momentReader(names[columns.time] ?? "", column(columns.time), dates);
  const { style } = numberWriting(column(figure));
  const { writing } = writingOf(column(figure), style);
  const problems: SeriesProblem[] = [];
  const cellAt = ({ cells }: Cells, position: number): string => (cells[position] ?? "").trim();
  const refuse = (row: Cells, position: number, fault: Fault): null => {
    problems.push({ ...fault, line: row.line, column: names[position] ?? "", value: cellAt(row, position) });
    return null;
  };
  const numberAt = (row: Cells, position: number, as: Writing): number | null => {
    const text = cellAt(row, position);
    const value = readFigure(text, as, style);
    return Number.isFinite(value) ? value : refuse(row, position, explainFigure(text, as, style));
  };
  const sizeAt = (row: Cells, position: number): number | null => {
    const n = numberAt(row, position, "number");
    if (n === null || n >= 0) return n;
    return refuse(row, position, { rule: "negative", message: "is negative", remedy: "Send how much the figure rests on, zero or more" });
  };
  const isBlank = (row: Cells): boolean => isMissing(cellAt(row, figure)) || (columns.n !== null && isMissing(cellAt(row, columns.n)));
  const read = (row: Cells): SeriesRow | "blank" | null => {
    const label = cellAt(row, columns.time);
    const atMs = moments.read(label);
    if (!Number.isFinite(atMs))
      return refuse(row, columns.time, {
        rule: "not-a-time",
        message: `is no timestamp written ${moments.name}, as most of the column is`,
        remedy: "Write it as the other rows do",
      });
    if (isBlank(row)) return "blank";
    const value = numberAt(row, figure, writing);
    const n = columns.n === null ? 1 : sizeAt(row, columns.n);
    if (value === null || n === null) return null;
    if (n === 0) return "blank";
    return { atMs, label, n, num: columns.numerator === null ? value * n : value };
  };
  return { read, problems, writing, isIndex: moments.isIndex === true, figure };
}

/**
 * Reads a file of timestamps and values, with or without how much each rests on. Delimiter, header and notations are found out;
 * a blank cell is a missing value; a row with a cell that cannot be read is left out and named.
 *
 * @throws CommandError when the file cannot be read as a series at all.
 */
export async function readSeries(path: string, options: ReadOptions): Promise<ReadSeries> {
  const text = await textOf(path);
  const layout = textLayout(text, true);
  const nothing = text.trim() === "" ? EMPTY_FILE : layout.rows.length === 0 ? NO_ROWS : null;
  if (nothing !== null) throw new CommandError(`${path} (${nothing.rule}): ${nothing.message}.`);
  const names = sampleNames(layout.header);
  const sample = layout.rows.slice(0, LOOKED_AT).map(({ cells }) => cells);
  const { style } = numberWriting(sample.flat());
  const columns = findColumns(names, sample, { ...options, style });
  const reader = rowReader(names, columns, layout.rows, options.dates);
  const read = layout.rows.map(reader.read);
  const rows = read.flatMap((row) => (row === null || row === "blank" ? [] : [row]));
  return {
    rows: rows.toSorted((a, b) => a.atMs - b.atMs),
    blank: read.filter((row) => row === "blank").length,
    problems: reader.problems,
    writing: reader.writing,
    hasN: columns.n !== null,
    isIndex: reader.isIndex,
    read: { time: names[columns.time] ?? "", figure: names[reader.figure] ?? "", n: columns.n === null ? null : (names[columns.n] ?? "") },
  };
}
