/**
 * A second reader of the documented grammar, written without the first one's code and without regard to speed, to hold
 * the first one to: what a row means if it is accepted. It shares nothing with `shared/feeds`.
 */

/** What a row means, or `null` where the grammar gives it no meaning. */
export type NaiveRow = Readonly<Record<string, unknown>> | null;
export type NaiveCells = (column: string) => string;

/** How one example definition is read by hand. */
export interface NaiveFeed {
  readonly columns: readonly string[];
  readonly delimiter: string;
  readonly read: (cell: NaiveCells) => NaiveRow;
}

/** Something that no cell of the grammar means. */
class Meaningless extends Error {}

function meant<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Meaningless();
  return value;
}

/** Cells of a record, and whether text stands behind a closing quotation mark. */
interface NaiveRecord {
  readonly cells: readonly string[];
  readonly broken: boolean;
}

/** Records of a text; `null` where a quotation mark is never closed. */
function recordsOf(text: string, delimiter: string): NaiveRecord[] | null {
  const records: NaiveRecord[] = [];
  let [record, cell, state, broken]: [string[], string, "start" | "plain" | "quoted" | "closed", boolean] = [[], "", "start", false];
  const endRecord = (): void => {
    records.push({ cells: [...record, cell], broken });
    [record, cell, state, broken] = [[], "", "start", false];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const ends = character === "\n" || character === "\r";
    if (state === "quoted") {
      if (character !== '"') cell += character;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else state = "closed";
    } else if (character === delimiter) {
      record.push(cell);
      [cell, state] = ["", "start"];
    } else if (ends) {
      if (character === "\r" && text.charAt(at + 1) === "\n") at += 1;
      endRecord();
    } else if (state === "start" && character === '"') state = "quoted";
    else {
      if (state === "closed") broken = true;
      cell += character;
      state = "plain";
    }
  }
  if (state === "quoted") return null;
  if (cell !== "" || record.length > 0 || state !== "start") endRecord();
  return records;
}

function folded(name: string): string {
  return name.normalize("NFKC").trim().replaceAll(/\s+/gu, " ").toLowerCase();
}

export interface NaiveLine {
  readonly cells: readonly string[];
  readonly row: NaiveRow;
}

function meaningOf(feed: NaiveFeed, { cells, broken }: NaiveRecord, places: ReadonlyMap<string, number>, width: number): NaiveRow {
  if (broken || cells.length < width || cells.slice(width).some((cell) => cell.trim() !== "")) return null;
  try {
    return feed.read((column) => (cells[places.get(column) ?? -1] ?? "").trim());
  } catch (error) {
    if (error instanceof Meaningless) return null;
    throw error;
  }
}

/** Every row of a file that is not blank, with its meaning; `null` where the file as a whole has none. */
export function readNaively(feed: NaiveFeed, bytes: Uint8Array): NaiveLine[] | null {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  const records = recordsOf(text, feed.delimiter);
  if (records === null || text.includes("\0")) return null;
  const [header, ...rows] = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (header === undefined) return null;
  const names = header.cells.map(folded);
  const places = new Map(feed.columns.map((column) => [column, names.indexOf(folded(column))]));
  if ([...places.values()].some((at) => at < 0)) return null;
  return rows.map((record) => ({ cells: record.cells, row: meaningOf(feed, record, places, names.length) }));
}

const starts = new Map<string, number | null>();

/** The instant of a wall clock, as Temporal knows the zone; nothing where there is none or two. */
function localInstant(zone: string, dateTime: string): number {
  const key = `${zone} ${dateTime}`;
  const known = starts.get(key);
  if (known !== undefined) return meant(known);
  let ms: number | null = null;
  try {
    ms = Temporal.PlainDateTime.from(dateTime, { overflow: "reject" }).toZonedDateTime(zone, {
      disambiguation: "reject",
    }).epochMilliseconds;
  } catch {
    // No such day, or no such instant.
  }
  starts.set(key, ms);
  return meant(ms);
}

/** Whole digits, behind which programs may print one or two zeros. */
export function count(text: string): number {
  if (!/^[0-9]+(?:\.0|\.00)?$/u.test(text)) throw new Meaningless();
  return Number(text.split(".")[0]);
}

/** Seconds with decimals, in milliseconds. */
export function seconds(text: string): number {
  if (!/^[0-9]+(?:\.[0-9]+)?$/u.test(text)) throw new Meaningless();
  const [whole = "", fraction = ""] = text.split(".");
  if (/[1-9]/u.test(fraction.slice(3))) throw new Meaningless();
  return Number(whole) * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
}

/** `h:mm:ss` in milliseconds. */
export function clock(text: string): number {
  if (!/^[0-9]+:[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,3})?$/u.test(text)) throw new Meaningless();
  const [h = "", m = "", s = ""] = text.split(":");
  return (Number(h) * 60 + Number(m)) * 60_000 + seconds(s);
}

/** Absent where the cell is blank. */
export function orNull<Value>(text: string, read: (text: string) => Value): Value | null {
  return text === "" ? null : read(text);
}

/** A figure as it was printed, as a number of units of its last digit. */
export function printed(text: string, places = 0): { mantissa: number; dp: number } {
  if (!/^[0-9]+(?:\.[0-9]+)?$/u.test(text)) throw new Meaningless();
  const [whole = "", fraction = ""] = text.split(".");
  return { mantissa: Number(whole + fraction), dp: fraction.length + places };
}

/** A share as a percentage with or without its sign. */
export function percent(text: string): { mantissa: number; dp: number } {
  const share = printed(text.replace(/\s?%$/u, ""), 2);
  if (share.mantissa > 10 ** share.dp) throw new Meaningless();
  return share;
}

/** A share as a fraction of one. */
export function fraction(text: string): { mantissa: number; dp: number } {
  const share = printed(text);
  if (share.mantissa > 10 ** share.dp) throw new Meaningless();
  return share;
}

/** Seconds that were printed as a clock. */
export function printedClock(text: string): { mantissa: number; dp: number } {
  const ms = clock(text);
  const dp = [0, 1, 2, 3].find((places) => (ms * 10 ** places) % 1000 === 0) ?? 3;
  return { mantissa: (ms * 10 ** dp) / 1000, dp };
}

/** A wall clock of a zone. */
export function start(zone: string, date: string, time: string): number {
  if (!/^[0-9]{1,2}:[0-5][0-9]:[0-5][0-9]$/u.test(time)) throw new Meaningless();
  return localInstant(zone, `${date}T${time.padStart(8, "0")}`);
}

/** The parts of a text that a pattern names. */
export function parts(text: string, pattern: RegExp): string[] {
  return [...meant(pattern.exec(text))].slice(1);
}

/** Texts that name something: seen, and not longer than allowed. */
export function named(text: string): string {
  return text === "" ? meant<string>(null) : text;
}

/** One of the meanings of a text. */
export function oneOf<Value>(text: string, meanings: Readonly<Record<string, Value>>): Value {
  return meant(Object.hasOwn(meanings, text) ? meanings[text] : null);
}

/** A whole number within limits. */
export function within(text: string, least: number, most: number): number {
  const value = count(text);
  return value >= least && value <= most ? value : meant<number>(null);
}
