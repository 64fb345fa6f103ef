import type { FileProblem } from "./canonical.ts";
import type { FeedDefinition } from "./definition.ts";
import { DELIMITER_NAMES, DELIMITERS, type DelimiterName } from "./delimiter.ts";
import { mappedColumns } from "./mapped-columns.ts";
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

const SHOWN_NAMES = 60;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map((name) => `"${name.slice(0, 80)}"`);
  return names.length > SHOWN_NAMES ? `${shown.join(", ")} and ${names.length - SHOWN_NAMES} more` : shown.join(", ");
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

function folded(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, "");
}

/** Columns that differ from a missing one by case, spacing or look-alike width only: the likeliest slip. */
function nearMisses(missing: readonly string[], names: readonly string[]): string {
  const pairs = missing.flatMap((name) =>
    names.filter((other) => folded(other) === folded(name)).map((other) => `"${other}" for "${name}"`),
  );
  return pairs.length === 0 ? "" : `. Perhaps ${pairs.join(", ")}: names are compared letter by letter`;
}

function missingColumns(missing: readonly string[], names: readonly string[]): FileProblem {
  return {
    rule: "missing-columns",
    message: `The file lacks ${missing.length === 1 ? "the column" : "the columns"} ${listed(missing)}; it has ${listed(names)}`,
    remedy: `Send the columns under these names, or map the new names in the feed's definition${nearMisses(missing, names)}`,
  };
}

export function wrongDelimiter(used: DelimiterName, fits: string): FileProblem {
  return {
    rule: "wrong-delimiter",
    message: `The cells are not separated by ${used}, as the definition says; ${fits} fits the first line`,
    remedy: `Export with ${used} between the cells, or set delimiter: ${fits} in the feed's definition`,
  };
}

function duplicateColumns(names: readonly string[]): FileProblem {
  return {
    rule: "duplicate-columns",
    message: `The file has more than one column ${listed(names)}`,
    remedy: "Leave each name once; which of them counts cannot be told",
  };
}

function unknownColumns(names: readonly string[]): FileProblem {
  return {
    rule: "unknown-columns",
    message: `The file has columns that the definition does not name: ${listed(names)}. They were not read`,
    remedy: "Map them, or list them under ignore in the feed's definition",
  };
}

/** Finds the columns of a file by the names in its first line. */
export function readHeader(definition: FeedDefinition, cells: Cells): ReadHeader {
  const names = cells.map((cell) => cell.trim());
  const needed = mappedColumns(definition);
  const neededSet = new Set(needed);
  const positions = new Map<string, number>();
  const repeated = new Set<string>();
  names.forEach((name, position) => {
    if (!neededSet.has(name)) return;
    if (positions.has(name)) repeated.add(name);
    else positions.set(name, position);
  });
  const mended = ERROR_COLUMNS.every((name) => names.includes(name));
  const missing = needed.filter((name) => !positions.has(name));
  const refusals: FileProblem[] = [];
  if (missing.length > 0) {
    const better = betterDelimiter(names, definition.format.delimiter, needed);
    refusals.push(better === null ? missingColumns(missing, names) : wrongDelimiter(definition.format.delimiter, better));
  }
  if (repeated.size > 0) refusals.push(duplicateColumns([...repeated]));
  const known = new Set<string>([...needed, ...definition.ignore, ...(mended ? ERROR_COLUMNS : [])]);
  const unknown = names
    .map((name, position) => (name === "" ? `(column ${position + 1}, without a name)` : name))
    .filter((name) => !known.has(name));
  return { header: { names, positions, mended }, refusals, notes: unknown.length === 0 ? [] : [unknownColumns([...new Set(unknown)])] };
}
