import type { FileProblem } from "./canonical.ts";
import type { AnyFeed } from "./any-feed.ts";
import { delimiterCharacter, DELIMITERS } from "./delimiter.ts";
import { dialectOf } from "./file-format.ts";
import { createHeaderMatcher } from "./header-match.ts";
import { foldName } from "./look-alike.ts";
import { mappedColumns } from "./mapped-columns.ts";
import { unescapeCell } from "./escaped-cell.ts";
import { bothNames, duplicateColumns, lookAlikeColumn, missingColumns, unknownColumns, wrongDelimiter } from "./header-problems.ts";
import type { Cells } from "./record-splitter.ts";

/** The columns that `errors.csv` adds behind the file's own. */
export const ERROR_COLUMNS = ["error_line", "error_column", "error_code", "error_message", "error_remedy"] as const;

/** The columns of one file. */
export interface Header {
  /** Names without surrounding space, as they stand in the file. */
  readonly names: readonly string[];
  /** Position of every column that the definition reads, by its name there; a map, so that `__proto__` is a name like any other. */
  readonly positions: ReadonlyMap<string, number>;
  /** Whether the file is a mended `errors.csv`: its text cells carry the escapes against formula injection. */
  readonly mended: boolean;
}

export interface ReadHeader {
  readonly header: Header;
  readonly refusals: readonly FileProblem[];
  readonly notes: readonly FileProblem[];
}

/** Whether these are the columns of an `errors.csv`. */
export function isMended(cells: Cells): boolean {
  const names = new Set(cells.map((cell) => cell.trim()));
  return ERROR_COLUMNS.every((name) => names.has(name));
}

function countIn(needed: readonly string[], names: readonly string[]): number {
  const present = new Set(names);
  return needed.filter((name) => present.has(name)).length;
}

/** The delimiter that would find more of the needed columns in the same line, if there is one. */
function betterDelimiter(names: readonly string[], used: string, needed: readonly string[]): string | null {
  const line = names.join(delimiterCharacter(used));
  let best: string | null = null;
  let most = countIn(needed, names);
  for (const [candidate, character] of Object.entries(DELIMITERS)) {
    const found = countIn(
      needed,
      line.split(character).map((name) => name.trim().replace(/^"(.*)"$/u, "$1")),
    );
    if (found <= most) continue;
    best = candidate;
    most = found;
  }
  return best;
}

/** Where the needed columns stand, and why those that cannot be placed cannot. */
function placeColumns(definition: AnyFeed, names: readonly string[]): Pick<ReadHeader, "refusals"> & Pick<Header, "positions"> {
  const needed = mappedColumns(definition);
  const aliases = new Map(Object.entries(definition.aliases ?? {}));
  const match = createHeaderMatcher(names, new Set([...needed, ...[...aliases.values()].flat()]));
  const positions = new Map<string, number>();
  const missing: string[] = [];
  const repeated: string[] = [];
  const refusals: FileProblem[] = [];
  for (const name of needed) {
    const found = match(name, aliases.get(name) ?? []);
    if (found.kind === "found") positions.set(name, found.position);
    else if (found.kind === "missing") missing.push(name);
    else if (found.kind === "repeated") repeated.push(name);
    else refusals.push(found.kind === "both" ? bothNames(found.names) : lookAlikeColumn(name, found.name));
  }
  if (repeated.length > 0) refusals.push(duplicateColumns(repeated));
  if (missing.length > 0) {
    const { delimiter: used } = dialectOf(definition.format);
    const better = definition.format.type === "delimited" ? betterDelimiter(names, used, needed) : null;
    refusals.unshift(better === null ? missingColumns(missing, names) : wrongDelimiter(used, better));
  }
  return { positions, refusals };
}

/** Finds the columns of a file by the names in its first line. */
export function readHeader(definition: AnyFeed, cells: Cells): ReadHeader {
  const trimmed = cells.map((cell) => cell.trim());
  const mended = isMended(trimmed);
  const names = mended ? trimmed.map(unescapeCell) : trimmed;
  const { positions, refusals } = placeColumns(definition, names);
  const read = new Set(positions.values());
  const known = new Set([...definition.ignore, ...(mended ? ERROR_COLUMNS : [])].map(foldName));
  const unknown = names.flatMap((name, position) => {
    if (read.has(position) || known.has(foldName(name))) return [];
    return [name === "" ? `(column ${position + 1}, without a name)` : name];
  });
  return { header: { names, positions, mended }, refusals, notes: unknown.length === 0 ? [] : [unknownColumns([...new Set(unknown)])] };
}
