import type { FileProblem } from "./canonical.ts";
import { BYTE_ORDER_MARK, createRecordWriter } from "./csv-out.ts";
import type { FeedDefinition } from "./definition.ts";
import { delimiterCharacter } from "./delimiter.ts";
import { escapeCell, unescapeCell } from "./escaped-cell.ts";
import { dialectOf } from "./file-format.ts";
import type { FeedGroup } from "./group.ts";
import type { Header } from "./header.ts";
import type { Cells } from "./record-splitter.ts";
import { type ReadTable, readTable } from "./table.ts";
import { isBlank, type TablePart, type TableRows } from "./table-part.ts";

/** What a group's file is taken apart into. Nothing follows a refusal, and after one nothing of the file may count. */
export type GroupPart =
  | { readonly kind: "piece"; readonly feedId: string; readonly text: string }
  | { readonly kind: "ignored"; readonly rows: number; readonly lines: readonly number[]; readonly values: readonly string[] }
  | { readonly kind: "refused"; readonly problems: readonly FileProblem[] };

/** So many rows that nobody asked for are named. */
const MOST_LINES = 20;
const MOST_CHARACTERS = 80;

function refused(rule: string, message: string, remedy: string): GroupPart {
  return { kind: "refused", problems: [{ rule, message, remedy }] };
}

/** Writes the rows of each feed under their own line numbers: the lines of others are left blank. */
class GroupFiles {
  private readonly write: (cells: readonly string[]) => string;
  /** The last line written, by feed. */
  private readonly at = new Map<string, number>();
  private head: { readonly line: number; readonly text: string } | null = null;

  constructor(definition: FeedDefinition) {
    this.write = createRecordWriter(delimiterCharacter(dialectOf(definition.format).delimiter));
  }

  setHead({ names, mended }: Header, line: number): void {
    this.head = { line, text: this.write(mended ? names.map(escapeCell) : names) };
  }

  lineOf(feedId: string, line: number, record: Cells): string {
    const last = this.at.get(feedId);
    this.at.set(feedId, line);
    const row = this.write(record);
    if (last !== undefined) return `${"\n".repeat(line - last - 1)}${row}`;
    const { head } = this;
    if (head === null) return `${BYTE_ORDER_MARK}${"\n".repeat(line - 1)}${row}`;
    return `${BYTE_ORDER_MARK}${"\n".repeat(head.line - 1)}${head.text}${"\n".repeat(line - head.line - 1)}${row}`;
  }
}

interface Splitting {
  readonly group: FeedGroup;
  readonly files: GroupFiles;
  readonly header: Header;
  readonly position: number;
  readonly routes: ReadonlyMap<string, string>;
  readonly ignored: { rows: number; lines: number[]; values: string[] };
}

function routeOf({ header, position, routes }: Splitting, record: Cells): { value: string; feedId: string | undefined } {
  const cell = record[position] ?? "";
  const value = (header.mended ? unescapeCell(cell) : cell).trim();
  return { value, feedId: routes.get(value) };
}

/** The pieces of some rows, by feed; ends with the refusal, if there is one. */
function splitRows(splitting: Splitting, part: TableRows): GroupPart[] {
  const { group, files, ignored } = splitting;
  const texts = new Map<string, string>();
  let line = part.firstLine - 1;
  for (const record of part.records) {
    line += 1;
    if (isBlank(record)) continue;
    const fault = part.faultOf(record);
    if (fault !== null) return [refused(fault.rule, `Line ${line} ${fault.message}.`, fault.remedy)];
    const { value, feedId } = routeOf(splitting, record);
    if (feedId !== undefined) {
      texts.set(feedId, (texts.get(feedId) ?? "") + files.lineOf(feedId, line, record));
    } else if (group.unknown === "ignore-with-note") {
      ignored.rows += 1;
      if (ignored.lines.length >= MOST_LINES) continue;
      ignored.lines.push(line);
      ignored.values.push(value.slice(0, MOST_CHARACTERS));
    } else {
      const said = value === "" ? "has no value" : `says "${value.slice(0, MOST_CHARACTERS)}", which the group does not know,`;
      return [
        refused("unknown-route", `Line ${line} ${said} in "${group.column}".`, "Correct the row, or have the value added to the group."),
      ];
    }
  }
  return [...texts].map(([feedId, text]) => ({ kind: "piece", feedId, text }));
}

/**
 * Takes a file apart, in a stream. Each feed gets a text of its own with the column names and its rows, under the line
 * numbers of the whole file; nothing of anybody else's rows is in it.
 *
 * @param definition one of the group's feeds, which all read the same format.
 */
export async function* splitGroupFile(
  { group, definition, table = readTable }: { readonly group: FeedGroup; readonly definition: FeedDefinition; readonly table?: ReadTable },
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<GroupPart> {
  const files = new GroupFiles(definition);
  const ignored = { rows: 0, lines: [], values: [] };
  const hasNames = (header: Header): boolean => header.mended || dialectOf(definition.format).columns === undefined;
  let splitting: Splitting | null = null;
  let isFirst = true;
  for await (const part of table(definition, bytes)) {
    if (part.kind === "header") {
      splitting = begin({ group, files, ignored }, part);
      if (splitting === null)
        return yield refused(
          "missing-route",
          `The file has no column "${group.column}".`,
          "Send it with the column that says whose row it is.",
        );
    } else if (part.kind === "refused") return yield part;
    else if (part.kind === "rows" && splitting !== null) {
      if (isFirst && hasNames(splitting.header)) files.setHead(splitting.header, Math.max(1, part.firstLine - 1));
      isFirst = false;
      for (const piece of splitRows(splitting, part)) {
        yield piece;
        if (piece.kind === "refused") return;
      }
    }
  }
  yield { kind: "ignored", ...ignored };
}

function begin(
  known: Pick<Splitting, "group" | "files" | "ignored">,
  { header }: Extract<TablePart, { kind: "header" }>,
): Splitting | null {
  const position = header.names.indexOf(known.group.column);
  return position < 0 ? null : { ...known, header, position, routes: new Map(Object.entries(known.group.routes)) };
}
