import type { NumberStyle } from "../../shared/feeds/number-style.ts";
import { conceptsOf, isWhenConcept, plainName } from "../../shared/feeds/propose/header-words.ts";
import { CommandError } from "./command.ts";
import { chooseMoments } from "./series-moment.ts";
import { isMissing, writingOf } from "./series-number.ts";

/** Columns that the caller names; what is not named is looked for. */
export interface NamedColumns {
  readonly time?: string | undefined;
  readonly value?: string | undefined;
  readonly n?: string | undefined;
  readonly numerator?: string | undefined;
}

/** Where in a row things stand. Either `value` is there (with or without `n`), or `numerator` and `n` are. */
export interface SeriesColumns {
  readonly time: number;
  readonly value: number | null;
  readonly n: number | null;
  readonly numerator: number | null;
}

const N_NAMES =
  /^(?:n|count|sample(?: size)?|denominator|den|weight|volume|total|calls|contacts|offered|answers|responses|evaluations|agent days)$/u;
const NUMERATOR_NAMES = /^(?:numerator|num|good|successes|events|x|hits|met|failures|failed|leavers|in time|within)$/u;
const VALUE_NAMES = /^(?:value|y|metric|metric value|figure|score|rate|kpi|measure|measurement)$/u;

interface Column {
  readonly name: string;
  readonly position: number;
  readonly values: readonly string[];
}

function said(name: string, role: string, columns: readonly Column[]): Column {
  const found = columns.find((column) => column.name === name) ?? columns.find((column) => plainName(column.name) === plainName(name));
  if (found !== undefined) return found;
  const names = columns.map((column) => column.name).join(", ");
  throw new CommandError(`The file has no column "${name}" for --${role}. Name one of: ${names}.`);
}

function isNumeric({ values }: Column, style: NumberStyle): boolean {
  return values.length > 0 && writingOf(values, style).share >= 0.5;
}

function timeColumn(columns: readonly Column[], dates: string | undefined): Column {
  const readable = columns
    .map((column) => ({ column, choice: chooseMoments(column.values, dates) }))
    .flatMap(({ column, choice }) => (choice !== null && choice.share >= 0.5 ? [{ column, choice }] : []));
  const dated = readable.filter(({ choice }) => choice.reader.isIndex !== true);
  const named = dated.find(({ column }) => isWhenConcept(conceptsOf(column.name)));
  const running = readable.find(({ column: { position, values } }) => position === 0 && new Set(values).size === values.length);
  const found = named ?? dated[0] ?? running;
  if (found !== undefined) return found.column;
  const format = dates === undefined ? "" : ` written ${dates}`;
  throw new CommandError(
    `No column has dates or times${format} in at least half of its rows (${columns.map(({ name }) => name).join(", ")}). Name it with --time, or write timestamps as 2026-11-21 or 2026-11-21T09:30.`,
  );
}

function valueColumn(columns: readonly Column[]): Column {
  const named = columns.filter(({ name }) => VALUE_NAMES.test(plainName(name)));
  const [only, ...others] = named.length === 1 ? named : columns;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined)
    throw new CommandError(
      "No column beside the timestamps has numbers in at least half of its rows. Name the figures' column with --value.",
    );
  throw new CommandError(
    `Several columns have numbers: ${columns.map(({ name }) => name).join(", ")}. Say which is watched with --value, or --numerator and --n.`,
  );
}

/**
 * Finds the columns of a series by what was named, by what the header says, and by what the cells can be read as.
 *
 * @throws CommandError where a named column is not there, or where there is more than one choice.
 */
export function findColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  wanted: NamedColumns & { readonly dates?: string | undefined; readonly style: NumberStyle },
): SeriesColumns {
  const columns = names.map((name, position) => ({
    name,
    position,
    values: rows.map((cells) => (cells[position] ?? "").trim()).filter((value) => !isMissing(value)),
  }));
  const time = wanted.time === undefined ? timeColumn(columns, wanted.dates) : said(wanted.time, "time", columns);
  const numeric = columns.filter((column) => column !== time && isNumeric(column, wanted.style));
  const byName = (role: "n" | "numerator", pattern: RegExp): Column | undefined => {
    const name = wanted[role];
    return name === undefined ? numeric.find((column) => pattern.test(plainName(column.name))) : said(name, role, columns);
  };
  const numerator = wanted.value === undefined ? byName("numerator", NUMERATOR_NAMES) : undefined;
  const others = numeric.filter((column) => column !== numerator);
  const n = byName("n", N_NAMES);
  // A numerator alone is the figure itself: events of a day.
  const isRatio = numerator !== undefined && n !== undefined;
  const left = others.filter((column) => column !== n);
  const value = wanted.value === undefined ? null : said(wanted.value, "value", columns);
  if (isRatio && value === null) return { time: time.position, value: null, n: n.position, numerator: numerator.position };
  if (wanted.numerator !== undefined)
    throw new CommandError("--numerator needs the column of what stands below the line: name it with --n.");
  const figure = value ?? valueColumn(left.length > 0 ? left : numeric);
  return { time: time.position, value: figure.position, n: n === figure ? null : (n?.position ?? null), numerator: null };
}
