import type { FileProblem } from "./canonical.ts";
import type { FeedDefinition } from "./definition.ts";
import { DELIMITER_NAMES, DELIMITERS, type DelimiterName } from "./delimiter.ts";
import { dialectOf } from "./file-format.ts";
import { mappedColumns } from "./mapped-columns.ts";
import { unescapeCell } from "./escaped-cell.ts";
import { duplicateColumns, missingColumns, unknownColumns, wrongDelimiter } from "./header-problems.ts";
import type { Cells } from "./record-splitter.ts";

/** The columns that `errors.csv` adds behind the file's own. */
export const ERROR_COLUMNS = ["error_line", "error_column", "error_code", "error_message", "error_remedy"] as const;

/** The columns of one file. */
export interface Header {
  /** Names without surrounding space, as they stand in the file. */
  readonly names: readonly string[];
  /** Position of every column that the definition reads; a map, so that `__proto__` is a name like any other. */
  readonly positions: ReadonlyMap<string, number>;
  /** Whether the file is a mended `errors.csv`: its text cells carry the escapes against formula injection. */
  readonly mended: boolean;
}

export interface ReadHeader {
  readonly header: Header;
  readonly refusals: readonly FileProblem[];
  readonly notes: readonly FileProblem[];
}

function countIn(needed: readonly string[], names: readonly string[]): number {
  const present = new Set(names);
  return needed.filter((name) => present.has(name)).length;
}

/** The delimiter that would find more of the needed columns in the same line, if there is one. */
function betterDelimiter(names: readonly string[], used: DelimiterName, needed: readonly string[]): DelimiterName | null {
  const line = names.join(DELIMITERS[used]);
  let best: DelimiterName | null = null;
  let most = countIn(needed, names);
  for (const candidate of DELIMITER_NAMES) {
    const found = countIn(
      needed,
      line.split(DELIMITERS[candidate]).map((name) => name.trim().replace(/^"(.*)"$/u, "$1")),
    );
    if (found <= most) continue;
    best = candidate;
    most = found;
  }
  return best;
}

/** Finds the columns of a file by the names in its first line. */
export function readHeader(definition: FeedDefinition, cells: Cells): ReadHeader {
  const trimmed = cells.map((cell) => cell.trim());
  const mended = ERROR_COLUMNS.every((name) => trimmed.includes(name));
  const names = mended ? trimmed.map(unescapeCell) : trimmed;
  const needed = mappedColumns(definition);
  const neededSet = new Set(needed);
  const positions = new Map<string, number>();
  const repeated = new Set<string>();
  names.forEach((name, position) => {
    if (!neededSet.has(name)) return;
    if (positions.has(name)) repeated.add(name);
    else positions.set(name, position);
  });
  const missing = needed.filter((name) => !positions.has(name));
  const refusals: FileProblem[] = [];
  if (missing.length > 0) {
    const { delimiter: used } = dialectOf(definition.format);
    const better = definition.format.type === "delimited" ? betterDelimiter(names, used, needed) : null;
    refusals.push(better === null ? missingColumns(missing, names) : wrongDelimiter(used, better));
  }
  if (repeated.size > 0) refusals.push(duplicateColumns([...repeated]));
  const known = new Set<string>([...needed, ...definition.ignore, ...(mended ? ERROR_COLUMNS : [])]);
  const unknown = names
    .map((name, position) => (name === "" ? `(column ${position + 1}, without a name)` : name))
    .filter((name) => !known.has(name));
  return { header: { names, positions, mended }, refusals, notes: unknown.length === 0 ? [] : [unknownColumns([...new Set(unknown)])] };
}
