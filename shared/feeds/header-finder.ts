import type { FeedDefinition } from "./definition.ts";
import { DELIMITER_NAMES, DELIMITERS } from "./delimiter.ts";
import { dialectOf } from "./file-format.ts";
import { readHeader } from "./header.ts";
import { wrongDelimiter } from "./header-problems.ts";
import type { Cells } from "./record-splitter.ts";
import { isBlank, type TablePart } from "./table-part.ts";

export interface HeaderSearch {
  /** What the header was, or why there is none; empty while nothing but blank lines has come. */
  readonly parts: readonly TablePart[];
  readonly rest: readonly Cells[];
  /** The line of the first record in `rest`. */
  readonly line: number;
}

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

/** Looks for the first line with text in it, batch of records after batch. */
export function createHeaderFinder(definition: FeedDefinition): (records: readonly Cells[]) => HeaderSearch {
  const used = dialectOf(definition.format).delimiter;
  let line = 1;
  let first = true;
  return (records) => {
    for (const [at, record] of records.entries()) {
      const rest = records.slice(at + 1);
      const announced = first ? announcedDelimiter(record, DELIMITERS[used]) : null;
      first = false;
      if (announced === null) {
        line += 1;
        if (!isBlank(record)) return { parts: headerParts(definition, record), rest, line };
      } else if (announced !== DELIMITERS[used]) {
        const fits = DELIMITER_NAMES.find((name) => DELIMITERS[name] === announced) ?? `"${announced}"`;
        return { parts: [{ kind: "refused", problems: [wrongDelimiter(used, fits)] }], rest, line };
      }
    }
    return { parts: [], rest: [], line };
  };
}
