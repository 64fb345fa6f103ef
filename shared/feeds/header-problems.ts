import type { FileProblem } from "./canonical.ts";
import { delimiterName } from "./delimiter.ts";
import { deceptionIn } from "./look-alike.ts";

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

/** Columns that differ from a missing one by spaces, underscores and hyphens only: the likeliest slip. */
function nearMisses(missing: readonly string[], names: readonly string[]): string {
  const known = new Map(names.map((name) => [folded(name), name]));
  const pairs = missing.flatMap((name) => {
    const near = known.get(folded(name));
    return near === undefined ? [] : [`"${near.slice(0, 80)}" for "${name}"`];
  });
  return pairs.length === 0 ? "" : `. Perhaps ${pairs.join(", ")}: spaces, "_" and "-" make different names`;
}

export function missingColumns(missing: readonly string[], names: readonly string[]): FileProblem {
  return {
    rule: "missing-columns",
    message: `The file lacks ${missing.length === 1 ? "the column" : "the columns"} ${listed(missing)}; it has ${listed(names)}`,
    remedy: `Send the columns under these names, or map the new names in the feed's definition${nearMisses(missing, names)}`,
  };
}

/** @param used @param fits as a definition writes them: by name, or the character itself. */
export function wrongDelimiter(used: string, fits: string): FileProblem {
  const [own, better] = [used, fits].map((delimiter) => (delimiter.length === 1 ? delimiterName(delimiter) : delimiter));
  return {
    rule: "wrong-delimiter",
    message: `The cells are not separated by ${own ?? used}, as the definition says; ${better ?? fits} fits the first line`,
    remedy: `Export with ${own ?? used} between the cells, or set delimiter: ${better ?? fits} in the feed's definition`,
  };
}

/** The columns stand further down than where they were looked for. */
export function headerBelow(line: number, found: number): FileProblem {
  return {
    rule: "header-below",
    message: `Line ${line} does not have the column names; line ${found} does`,
    remedy: `Remove the lines above the column names, or set headerLine: ${found} in the feed's definition`,
  };
}

export function bothNames(names: readonly string[]): FileProblem {
  return {
    rule: "both-names",
    message: `The file has ${listed(names)}, which are names of one column`,
    remedy: "Leave one of them; which of them counts cannot be told",
  };
}

/** @param name as the definition has it. @param other as it stands in the file. */
export function lookAlikeColumn(name: string, other: string): FileProblem {
  const inFile = deceptionIn(other);
  const where = inFile === "" ? `in the definition, ${deceptionIn(name)}` : `in the file, ${inFile}`;
  return {
    rule: "look-alike-column",
    message: `The column "${other.slice(0, 80)}" looks like "${name.slice(0, 80)}" and is another: ${where}`,
    remedy: "Type the name anew in plain letters; a look-alike is never read",
  };
}

export function duplicateColumns(names: readonly string[]): FileProblem {
  return {
    rule: "duplicate-columns",
    message: `The file has more than one column ${listed(names)}`,
    remedy: 'Leave each name once, or name the one that counts as "calls#2" in the definition: the second column called "calls"',
  };
}

export function unknownColumns(names: readonly string[]): FileProblem {
  return {
    rule: "unknown-columns",
    message: `The file has columns that the definition does not name: ${listed(names)}. They were not read`,
    remedy: "Map them, or list them under ignore in the feed's definition",
  };
}
