import { createRecordSplitter } from "../record-splitter.ts";
import type { SampleRow } from "./sample.ts";

/** How delimited text is laid out. */
export interface TextLayout {
  /** The character between cells. */
  readonly delimiter: string;
  /** Line of the column names; `null` where the file has none. */
  readonly headerLine: number | null;
  readonly header: readonly string[];
  readonly rows: readonly SampleRow[];
  /** First cells of lines of totals. */
  readonly totals: readonly string[];
}

const CANDIDATES = [",", ";", "\t", "|", "^", "~", "\u001f"];
/** What a line of totals says in its first cell; a name such as `SUM-1234` is no total. */
const TOTAL =
  /^(?:(?:grand |sub-?)?total(?:e|es|s)?|summary|sum|summe|gesamt(?:summe)?|ergebnis|resumen|suma|soma|somme|ensemble)(?:[\s:].{0,60})?$/iu;

function recordsOf(text: string, delimiter: string, isWhole: boolean): (readonly string[])[] {
  const splitter = createRecordSplitter(delimiter);
  const records = [...splitter.push(text)];
  return isWhole ? [...records, ...splitter.end()] : records;
}

function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === "");
}

function filledIn(record: readonly string[]): number {
  return record.filter((cell) => cell.trim() !== "").length;
}

/** The number of cells that most records have. */
function usualWidth(records: readonly (readonly string[])[]): { readonly width: number; readonly share: number } {
  const counts = new Map<number, number>();
  const filled = records.filter((record) => !isBlank(record));
  for (const { length } of filled) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width = 1, most = 0] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return { width, share: filled.length === 0 ? 0 : most / filled.length };
}

/** The candidate that gives most lines the same number of cells, more than one of them. */
function likeliestDelimiter(text: string, isWhole: boolean): string {
  const announced = /^\ufeff?sep=(.)\r?\n/u.exec(text)?.[1];
  if (announced !== undefined) return announced;
  let best = ",";
  let most = 0;
  for (const candidate of CANDIDATES) {
    if (!text.includes(candidate)) continue;
    const { width, share } = usualWidth(recordsOf(text, candidate, isWhole).slice(0, 200));
    // Cells that are always as many count for more than many cells.
    const score = width > 1 ? share * share * (1 + Math.log2(width) / 4) : 0;
    if (score > most) [best, most] = [candidate, score];
  }
  return best;
}

/** Whether a cell is a value rather than the name of one. */
function isValue(cell: string): boolean {
  return /^[-+]?[\d.,:/'\s\u00a0%-]*\d[\d.,:/'\s\u00a0%-]*$/u.test(cell) || /^\d{4}-\d\d-\d\dT/u.test(cell);
}

function isHeader(record: readonly string[]): boolean {
  const named = record.filter((cell) => cell.trim() !== "");
  return named.length > 0 && named.filter((cell) => isValue(cell.trim())).length <= named.length / 5;
}

/** Finds delimiter, line of the column names, rows and lines of totals. @param isWhole whether the text ends where the file does. */
export function textLayout(text: string, isWhole: boolean): TextLayout {
  const delimiter = likeliestDelimiter(text, isWhole);
  const all = recordsOf(text, delimiter, isWhole);
  const isAnnounced = /^\ufeff?sep=.$/u.test((all[0] ?? []).join(delimiter));
  const records = isAnnounced ? all.slice(1) : all;
  const { width } = usualWidth(records);
  const first = Math.max(
    0,
    records.findIndex((record) => record.length >= width && filledIn(record) > width / 2),
  );
  const top = records[first] ?? [];
  const hasHeader = isHeader(top);
  const below = records.slice(hasHeader ? first + 1 : first);
  const firstLine = first + (hasHeader ? 2 : 1);
  const numbered = below.map((cells, at) => ({ line: firstLine + at, cells })).filter(({ cells }) => !isBlank(cells));
  const isTotal = ({ cells }: SampleRow): boolean => TOTAL.test((cells[0] ?? "").trim());
  const totals = new Set(numbered.filter(isTotal).map(({ cells }) => (cells[0] ?? "").trim()));
  return {
    delimiter,
    headerLine: hasHeader ? first + 1 : null,
    header: hasHeader ? top.map((cell) => cell.replace(/^\ufeff/u, "")) : top.map((_, at) => `column ${at + 1}`),
    rows: numbered.filter((row) => !isTotal(row)),
    totals: [...totals],
  };
}
