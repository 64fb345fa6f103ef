import type { FileProblem } from "./canonical.ts";
import type { DelimiterName } from "./delimiter.ts";

const SHOWN_NAMES = 60;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map((name) => `"${name.slice(0, 80)}"`);
  return names.length > SHOWN_NAMES ? `${shown.join(", ")} and ${names.length - SHOWN_NAMES} more` : shown.join(", ");
}

function folded(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, "");
}

/** Columns that differ from a missing one by case, spacing or look-alike width only: the likeliest slip. */
function nearMisses(missing: readonly string[], names: readonly string[]): string {
  const known = new Map(names.map((name) => [folded(name), name]));
  const pairs = missing.flatMap((name) => {
    const near = known.get(folded(name));
    return near === undefined ? [] : [`"${near.slice(0, 80)}" for "${name}"`];
  });
  return pairs.length === 0 ? "" : `. Perhaps ${pairs.join(", ")}: names are compared letter by letter`;
}

export function missingColumns(missing: readonly string[], names: readonly string[]): FileProblem {
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

export function duplicateColumns(names: readonly string[]): FileProblem {
  return {
    rule: "duplicate-columns",
    message: `The file has more than one column ${listed(names)}`,
    remedy: "Leave each name once; which of them counts cannot be told",
  };
}

export function unknownColumns(names: readonly string[]): FileProblem {
  return {
    rule: "unknown-columns",
    message: `The file has columns that the definition does not name: ${listed(names)}. They were not read`,
    remedy: "Map them, or list them under ignore in the feed's definition",
  };
}
