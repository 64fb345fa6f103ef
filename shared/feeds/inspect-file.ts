import type { FileProblem } from "./canonical.ts";
import type { FeedDefinition } from "./definition.ts";
import { type ReadTable, readTable } from "./table.ts";
import { isBlank } from "./table-part.ts";

export interface Inspection {
  /** Data rows, good and bad; blank lines are not data. */
  readonly rows: number;
  /** Why the file cannot be read. Empty: every row can be told from the next to the end of the file. */
  readonly refusals: readonly FileProblem[];
  readonly notes: readonly FileProblem[];
}

/**
 * Reads a file to its end without reading its values: encoding, header, quotation marks, number of rows.
 * A broken byte or an open quotation mark may stand at the very end, so this comes before the first row is applied:
 * that is how nothing of a refused file is ever applied. Finds exactly the refusals that `readFeed` would yield.
 */
export async function inspectFile(
  definition: FeedDefinition,
  bytes: AsyncIterable<Uint8Array>,
  table: ReadTable = readTable,
): Promise<Inspection> {
  let rows = 0;
  const notes: FileProblem[] = [];
  for await (const part of table(definition, bytes)) {
    if (part.kind === "refused") return { rows, refusals: part.problems, notes };
    if (part.kind === "noted") notes.push(...part.problems);
    if (part.kind === "rows") for (const record of part.records) if (!isBlank(record)) rows += 1;
  }
  return { rows, refusals: [], notes };
}
