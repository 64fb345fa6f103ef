import { createByteDecoder, type Decoded } from "./byte-decoder.ts";
import type { FileProblem } from "./canonical.ts";
import type { FeedDefinition } from "./definition.ts";
import { DELIMITER_NAMES, DELIMITERS } from "./delimiter.ts";
import { type Header, readHeader, wrongDelimiter } from "./header.ts";
import { type Cells, createRecordSplitter } from "./record-splitter.ts";
import { EMPTY_FILE, NO_ROWS, stoppedProblem } from "./table-problems.ts";

export interface TableRows {
  readonly kind: "rows";
  /** Records in order, blank lines among them; the first is line `firstLine` as a spreadsheet numbers it. */
  readonly records: readonly Cells[];
  readonly firstLine: number;
  /** Whether text stands behind a closing quote of the record. */
  isBroken(record: Cells): boolean;
}

/** A file as a table: its header once, then rows; what is wrong with the file as a whole stands in between. Nothing follows a refusal. */
export type TablePart =
  | { readonly kind: "header"; readonly header: Header }
  | TableRows
  | { readonly kind: "noted"; readonly problems: readonly FileProblem[] }
  | { readonly kind: "refused"; readonly problems: readonly FileProblem[] };

/** Whether a record has no text at all: spreadsheets write such lines where a table ends. */
export function isBlank(record: Cells): boolean {
  for (const cell of record) if (cell !== "" && cell.trim() !== "") return false;
  return true;
}

/** The delimiter that a first line such as `sep=;` announces, which spreadsheets write and hide; `null` for any other line. */
function announcedDelimiter(record: Cells, delimiter: string): string | null {
  return /^sep=(.)$/u.exec(record.join(delimiter))?.[1] ?? null;
}

interface TableReader {
  push(piece: Uint8Array): TablePart[];
  end(): TablePart[];
}

function createTableReader(definition: FeedDefinition): TableReader {
  const used = definition.format.delimiter;
  const delimiter = DELIMITERS[used];
  const decoder = createByteDecoder(definition.format.encoding);
  const splitter = createRecordSplitter(delimiter);
  let line = 1;
  let hasHeader = false;
  let hasRows = false;

  const refuse = (problems: readonly FileProblem[]): TablePart => ({ kind: "refused", problems });
  const headerParts = (record: Cells): TablePart[] => {
    const { header, refusals, notes } = readHeader(definition, record);
    if (refusals.length > 0) return [refuse(refusals)];
    hasHeader = true;
    const first: TablePart = { kind: "header", header };
    return notes.length === 0 ? [first] : [first, { kind: "noted", problems: notes }];
  };
  /** Looks for the header; answers what it found and how many records that used up. */
  const begin = (records: readonly Cells[]): { parts: TablePart[]; used: number } => {
    for (const [at, record] of records.entries()) {
      const announced = line === 1 ? announcedDelimiter(record, delimiter) : null;
      if (announced === null) line += 1;
      if (announced !== null && announced !== delimiter) {
        const fits = DELIMITER_NAMES.find((name) => DELIMITERS[name] === announced);
        return { parts: [refuse([wrongDelimiter(used, fits ?? `"${announced}"`)])], used: at + 1 };
      }
      if (announced === null && !isBlank(record)) return { parts: headerParts(record), used: at + 1 };
    }
    return { parts: [], used: records.length };
  };
  const rowParts = (records: readonly Cells[]): TablePart[] => {
    if (records.length === 0) return [];
    const firstLine = line;
    line += records.length;
    hasRows ||= records.some((record) => !isBlank(record));
    return [{ kind: "rows", records, firstLine, isBroken: splitter.isBroken }];
  };
  const partsOf = (records: readonly Cells[]): TablePart[] => {
    if (hasHeader) return rowParts(records);
    const { parts, used: before } = begin(records);
    return hasHeader ? [...parts, ...rowParts(records.slice(before))] : parts;
  };
  const take = ({ text, problem }: Decoded): TablePart[] => {
    const parts = partsOf(splitter.push(text));
    const stopped = splitter.stopped();
    if (problem !== null) parts.push(refuse([problem]));
    else if (stopped !== null) parts.push(refuse([stoppedProblem(stopped, line)]));
    return parts;
  };
  return {
    push: (piece) => take(decoder.push(piece)),
    end: () => {
      const parts = take(decoder.end());
      if (isRefused(parts)) return parts;
      parts.push(...partsOf(splitter.end()));
      const stopped = splitter.stopped();
      if (isRefused(parts)) return parts;
      if (stopped !== null) parts.push(refuse([stoppedProblem(stopped, line)]));
      else if (!hasHeader) parts.push(refuse([EMPTY_FILE]));
      else if (!hasRows) parts.push(refuse([NO_ROWS]));
      return parts;
    },
  };
}

function isRefused(parts: readonly TablePart[]): boolean {
  return parts.at(-1)?.kind === "refused";
}

/** Reads a file as a table, in a stream: memory does not grow with the file. Ends behind the first refusal. */
export async function* readTable(definition: FeedDefinition, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TablePart> {
  const reader = createTableReader(definition);
  for await (const piece of bytes) {
    const parts = reader.push(piece);
    yield* parts;
    if (isRefused(parts)) return;
  }
  yield* reader.end();
}
