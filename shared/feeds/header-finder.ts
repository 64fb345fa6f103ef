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

/**
 * A line that should have had the column names and has not. The lines below it are looked at before the file is refused, so
 * that the refusal can say where they are; how many of them come in one batch makes no difference.
 */
function createLookBelow(definition: FeedDefinition): {
  begin(parts: readonly TablePart[], line: number): void;
  waits(): boolean;
  take(records: readonly Cells[]): readonly TablePart[];
  end(): readonly TablePart[];
} {
  let failed: { readonly parts: readonly TablePart[]; readonly line: number } | null = null;
  let looked = 0;
  const end = (): readonly TablePart[] => failed?.parts ?? [];
  return {
    begin: (parts, line) => {
      failed = { parts, line };
    },
    waits: () => failed !== null,
    take: (records) => {
      if (failed === null) return [];
      const { line } = failed;
      for (const record of records) {
        looked += 1;
        if (readHeader(definition, record).refusals.length === 0)
          return [{ kind: "refused", problems: [headerBelow(line, line + looked)] }];
        if (looked === SEARCHED) return end();
      }
      return [];
    },
    end,
  };
}

function lacksColumns([first]: readonly TablePart[]): boolean {
  return first?.kind === "refused" && first.problems.some(({ rule }) => rule === "missing-columns");
}

export interface HeaderFinder {
  take(records: readonly Cells[]): HeaderSearch;
  /** Why the file has no header, where it ended before that was said; empty where nothing came at all. */
  end(): readonly TablePart[];
}

/**
 * Looks for the line of the column names, batch of records after batch: the line that the definition says, else the first with
 * text in it. A mended errors.csv has its names in its first line, whatever the definition says of the provider's own files.
 */
export function createHeaderFinder(definition: FeedDefinition): HeaderFinder {
  const { delimiter, headerLine, columns } = dialectOf(definition.format);
  const used = delimiterCharacter(delimiter);
  const below = createLookBelow(definition);
  let line = 0;
  let first = true;
  const announced = (record: Cells): string | null => (first ? announcedDelimiter(record, used) : null);
  const headerAt = (record: Cells, rest: readonly Cells[]): HeaderSearch => {
    const parts = headerParts(definition, record);
    if (!lacksColumns(parts)) return { parts, rest, line: line + 1 };
    below.begin(parts, line);
    return { parts: below.take(rest), rest: [], line: line + 1 };
  };
  const take = (records: readonly Cells[]): HeaderSearch => {
    if (below.waits()) return { parts: below.take(records), rest: [], line: line + 1 };
    let at = 0;
    // Not made for every line above the header: a file of a million blank ones must cost no more than one of rows.
    const rest = (): readonly Cells[] => records.slice(at);
    for (const record of records) {
      at += 1;
      const other = announced(record);
      first = false;
      if (other !== null) {
        if (other === used) continue;
        return { parts: [{ kind: "refused", problems: [wrongDelimiter(delimiter, other)] }], rest: rest(), line: line + 1 };
      }
      line += 1;
      const blank = isBlank(record);
      if (!blank && isMended(record)) return { parts: headerParts(definition, record), rest: rest(), line: line + 1 };
      if (headerLine === undefined ? blank : line < headerLine) continue;
      if (columns === undefined) return headerAt(record, rest());
      return { parts: headerParts(definition, columns), rest: records.slice(at - 1), line };
    }
    return { parts: [], rest: [], line: line + 1 };
  };
  return { take, end: () => below.end() };
}
