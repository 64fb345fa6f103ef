import type { ReadRow } from "./canonical.ts";
import { BYTE_ORDER_MARK, createLineWriter } from "./csv-out.ts";
import type { FeedDefinition } from "./definition.ts";
import { delimiterCharacter } from "./delimiter.ts";
import { dialectOf } from "./file-format.ts";
import { compileFileRow, type FileRowReader } from "./file-row.ts";
import { ERROR_COLUMNS, type Header } from "./header.ts";
import type { ReadOptions } from "./read-feed.ts";
import { rowsOf } from "./row-kinds.ts";
import { readTable } from "./table.ts";
import { isBlank } from "./table-part.ts";

/** Only refused rows are written, with their own cells: who they name is of no use here. */
const NOBODY = "aaaaaaaaaa";

function compileRow(definition: FeedDefinition, header: Header, handedInMs: number | undefined): FileRowReader<unknown> {
  return compileFileRow(definition, rowsOf(definition, { handedInMs, pseudonym: () => NOBODY }), header);
}

/** The row's own cells, as many as the header has. Surplus cells stay visible in the last one, so that a row with too many cells cannot become valid unmended. */
function ownCells(cells: readonly string[], width: number, delimiter: string): string[] {
  const kept = cells.slice(0, width);
  while (kept.length < width) kept.push("");
  if (cells.length > width) kept[width - 1] = cells.slice(width - 1).join(delimiter);
  return kept;
}

function errorCells({ line, problems }: ReadRow<unknown>): string[] {
  const errors = problems.filter(({ severity }) => severity === "error");
  const joined = (part: "column" | "rule" | "message" | "remedy"): string => errors.map((error) => error[part]).join("; ");
  return [String(line), joined("column"), joined("rule"), joined("message"), joined("remedy")];
}

/** Where a mended file already has the columns of an earlier `errors.csv`, they are left out and written anew. */
function ownPositions({ names, mended }: Header): number[] {
  const added = new Set<string>(mended ? ERROR_COLUMNS : []);
  return names.flatMap((name, position) => (added.has(name) ? [] : [position]));
}

/**
 * Every refused row of a file in the feed's own dialect, with five columns behind its own that say what is wrong.
 * Mended and sent again, the file is read as the feed's: the added columns are ignored.
 *
 * @returns pieces of text, to be encoded as UTF-8; nothing but the byte order mark for a file that cannot be read as a table.
 */
export async function* errorsCsv(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  options: Pick<ReadOptions, "handedInMs" | "table"> = {},
): AsyncGenerator<string> {
  const delimiter = delimiterCharacter(dialectOf(definition.format).delimiter);
  const line = createLineWriter(delimiter);
  let file: { read: FileRowReader<unknown>; own: readonly number[]; width: number } | null = null;
  yield BYTE_ORDER_MARK;
  for await (const part of (options.table ?? readTable)(definition, bytes)) {
    if (part.kind === "header") {
      const own = ownPositions(part.header);
      file = { read: compileRow(definition, part.header, options.handedInMs), own, width: part.header.names.length };
      yield line([...own.map((position) => part.header.names[position] ?? ""), ...ERROR_COLUMNS]);
    }
    if (part.kind !== "rows" || file === null) continue;
    const { read, own, width } = file;
    let text = "";
    part.records.forEach((record, at) => {
      if (isBlank(record)) return;
      const row = read(record, part.firstLine + at, part.faultOf(record));
      if (row.row !== null) return;
      const cells = ownCells(row.cells, width, delimiter);
      text += line([...own.map((position) => cells[position] ?? ""), ...errorCells(row)]);
    });
    if (text !== "") yield text;
  }
}
