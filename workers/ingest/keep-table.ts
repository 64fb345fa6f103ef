import type { ReadTable } from "../../shared/feeds/table.ts";
import type { TablePart } from "../../shared/feeds/table-part.ts";

/** A quarter of an hour's or a day's file; a packed one is as large as what is inside. */
const MOST_CHARACTERS = 262_144;

/** Characters of the cells, and one for each: of empty cells a record is large, too. */
function sizeOf(part: TablePart): number {
  if (part.kind !== "rows") return 0;
  let size = 0;
  for (const record of part.records) for (const cell of record) size += cell.length + 1;
  return size;
}

async function* again(parts: readonly TablePart[]): AsyncGenerator<TablePart> {
  yield* parts;
}

/**
 * Reads the table of one file, and gives a small one's again when it is asked for a second time, without reading: whoever looks a
 * file through before its first row is applied would take it apart twice. What was not read to its end is read anew.
 */
export function keepTable(table: ReadTable): ReadTable {
  let kept: readonly TablePart[] | null = null;
  const reading: ReadTable = async function* (definition, bytes) {
    let parts: TablePart[] | null = [];
    let size = 0;
    for await (const part of table(definition, bytes)) {
      size += sizeOf(part);
      if (size > MOST_CHARACTERS) parts = null;
      parts?.push(part);
      yield part;
    }
    kept = parts;
  };
  return (definition, bytes) => (kept === null ? reading(definition, bytes) : again(kept));
}
