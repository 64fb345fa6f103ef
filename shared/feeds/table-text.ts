import { createByteDecoder, type Decoded } from "./byte-decoder.ts";
import type { FileProblem } from "./canonical.ts";
import type { FeedDefinition } from "./definition.ts";
import { delimiterCharacter } from "./delimiter.ts";
import { dialectOf } from "./file-format.ts";
import { createHeaderFinder } from "./header-finder.ts";
import { type Cells, createRecordSplitter } from "./record-splitter.ts";
import { isBlank, type TablePart, type TableRows } from "./table-part.ts";
import { BROKEN_QUOTE, EMPTY_FILE, NO_ROWS, stoppedProblem } from "./table-problems.ts";

interface TableReader {
  push(piece: Uint8Array): TablePart[];
  end(): TablePart[];
}

/** As much as is taken apart at once: of blank lines every byte becomes a record, and what lives at once is what memory comes to. */
const PUSHED_BYTES = 16_384;

function isRefused(parts: readonly TablePart[]): boolean {
  return parts.at(-1)?.kind === "refused";
}

/** Numbers the records of a file, header first. */
function createTableRecords(
  definition: FeedDefinition,
  faultOf: TableRows["faultOf"],
): {
  take(records: readonly Cells[]): TablePart[];
  line(): number;
  lacks(): FileProblem | null;
  /** Why there is no header, where the lines below are still being looked at. */
  pending(): TablePart | null;
} {
  const finder = createHeaderFinder(definition);
  let line = 1;
  let hasHeader = false;
  let hasRows = false;
  const rowParts = (records: readonly Cells[]): TablePart[] => {
    if (records.length === 0) return [];
    const firstLine = line;
    line += records.length;
    hasRows ||= records.some((record) => !isBlank(record));
    return [{ kind: "rows", records, firstLine, faultOf }];
  };
  return {
    take: (records) => {
      if (hasHeader) return rowParts(records);
      const found = finder.take(records);
      ({ line } = found);
      hasHeader = found.parts[0]?.kind === "header";
      return hasHeader ? [...found.parts, ...rowParts(found.rest)] : [...found.parts];
    },
    line: () => line,
    lacks: () => (hasRows ? null : hasHeader ? NO_ROWS : EMPTY_FILE),
    pending: () => finder.end()[0] ?? null,
  };
}

function createTableReader(definition: FeedDefinition): TableReader {
  const { delimiter, encoding } = dialectOf(definition.format);
  const decoder = createByteDecoder(encoding);
  const splitter = createRecordSplitter(delimiterCharacter(delimiter));
  const table = createTableRecords(definition, (record) => (splitter.isBroken(record) ? BROKEN_QUOTE : null));
  /** Adds why nothing can follow, unless the parts say so already. */
  const closed = (parts: TablePart[], problem: FileProblem | null): TablePart[] => {
    const stopped = splitter.stopped();
    const found = problem ?? (stopped === null ? null : stoppedProblem(stopped, table.line()));
    if (found !== null && !isRefused(parts)) parts.push(table.pending() ?? { kind: "refused", problems: [found] });
    return parts;
  };
  const take = ({ text, problem }: Decoded): TablePart[] => closed(table.take(splitter.push(text)), problem);
  return {
    push: (piece) => take(decoder.push(piece)),
    end: () => {
      const parts = take(decoder.end());
      if (isRefused(parts)) return parts;
      parts.push(...table.take(splitter.end()));
      return closed(closed(parts, null), table.lacks());
    },
  };
}

/** Reads delimited text as a table, in a stream: memory does not grow with the file. Ends behind the first refusal. */
export async function* readTextTable(definition: FeedDefinition, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TablePart> {
  const reader = createTableReader(definition);
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length; at += PUSHED_BYTES) {
      const parts = reader.push(piece.subarray(at, at + PUSHED_BYTES));
      yield* parts;
      if (isRefused(parts)) return;
    }
  }
  yield* reader.end();
}
