import type { FeedDefinition } from "./definition.ts";
import { delimiterCharacter } from "./delimiter.ts";
import { dialectOf } from "./file-format.ts";
import { isMended, readHeader } from "./header.ts";
import { headerBelow, wrongDelimiter } from "./header-problems.ts";
import type { Cells } from "./record-splitter.ts";
import { isBlank, type TablePart } from "./table-part.ts";

export interface HeaderSearch {
  /** What the header was, or why there is none; empty while nothing but lines above it has come. */
  readonly parts: readonly TablePart[];
  readonly rest: readonly Cells[];
  /** The line of the first record in `rest`. */
  readonly line: number;
}

/** How far below its place a header is looked for, so that a refusal can say where it is. */
const SEARCHED = 50;

/** The delimiter that a first line such as `sep=;` announces, which spreadsheets write and hide; `null` for any other line. */
function announcedDelimiter(record: Cells, delimiter: string): string | null {
  return /^sep=(.)$/u.exec(record.join(delimiter))?.[1] ?? null;
}

function headerParts(definition: FeedDefinition, record: Cells): TablePart[] {
  const { header, refusals, notes } = readHeader(definition, record);
  if (refusals.length > 0) return [{ kind: "refused", problems: refusals }];
  const first: TablePart = { kind: "header", header };
  return notes.length === 0 ? [first] : [first, { kind: "noted", problems: notes }];
}

/** The header in a line of the file, or, where it is not, why, and where it may be. */
function headerAt(definition: FeedDefinition, records: readonly Cells[], at: number, line: number): TablePart[] {
  const parts = headerParts(definition, records[at] ?? []);
  const [first] = parts;
  if (first?.kind !== "refused" || !first.problems.some(({ rule }) => rule === "missing-columns")) return parts;
  const below = records.slice(at + 1, at + 1 + SEARCHED).findIndex((record) => readHeader(definition, record).refusals.length === 0);
  return below < 0 ? parts : [{ kind: "refused", problems: [headerBelow(line, line + below + 1)] }];
}

/**
 * Looks for the line of the column names, batch of records after batch: the line that the definition says, else the first with
 * text in it. A mended errors.csv has its names in its first line, whatever the definition says of the provider's own files.
 */
export function createHeaderFinder(definition: FeedDefinition): (records: readonly Cells[]) => HeaderSearch {
  const { delimiter, headerLine, columns } = dialectOf(definition.format);
  const used = delimiterCharacter(delimiter);
  let line = 0;
  let first = true;
  const announced = (record: Cells): string | null => (first ? announcedDelimiter(record, used) : null);
  return (records) => {
    for (const [at, record] of records.entries()) {
      const rest = records.slice(at + 1);
      const other = announced(record);
      first = false;
      if (other !== null) {
        if (other === used) continue;
        return { parts: [{ kind: "refused", problems: [wrongDelimiter(delimiter, other)] }], rest, line: line + 1 };
      }
      line += 1;
      if (isMended(record)) return { parts: headerParts(definition, record), rest, line: line + 1 };
      if (headerLine === undefined ? isBlank(record) : line < headerLine) continue;
      if (columns === undefined) return { parts: headerAt(definition, records, at, line), rest, line: line + 1 };
      return { parts: headerParts(definition, columns), rest: records.slice(at), line };
    }
    return { parts: [], rest: [], line: line + 1 };
  };
}
