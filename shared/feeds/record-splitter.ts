import { readQuotedRecord } from "./quoted-record.ts";

/** Longest record in characters. A longer one is the rest of a file behind a quote that nobody closed; and a batch of rows must stay small. */
export const MAX_RECORD = 65_536;

/** Cells of one record as text, quotes removed. A blank line is one empty cell. */
export type Cells = readonly string[];

export interface RecordSplitter {
  /** The records that end inside this piece of text. */
  push(text: string): Cells[];
  /** What stands behind the last line end, if anything. */
  end(): Cells[];
  /** Whether a record has text behind a closing quote, so that its cells cannot be told apart. */
  readonly isBroken: (record: Cells) => boolean;
  /** Why nothing can follow: a record too long, or a quote open at the end. The record itself is not handed out. */
  stopped(): "record-too-long" | "unterminated-quote" | null;
}

/** Blank lines are all the same one: a file of nothing else must not cost more than one of rows. */
const BLANK: Cells = [""];
const CR = 13;
const LF = 10;

function indexOrEnd(text: string, part: string, from: number): number {
  const at = text.indexOf(part, from);
  return at < 0 ? text.length : at;
}

/** Where the next record starts behind the line end at `end`; -1 where a CR is the last character so far and LF may follow. */
function afterLine(text: string, end: number, final: boolean): number {
  if (end >= text.length) return text.length;
  if (text.charCodeAt(end) !== CR) return end + 1;
  if (end + 1 === text.length && !final) return -1;
  return text.charCodeAt(end + 1) === LF ? end + 2 : end + 1;
}

/** Finds line ends, quotes and delimiters ahead of a cursor. Keeps each find until passed, so that no text is searched twice. */
function createScanner(
  text: string,
  delimiter: string,
): { lineEnd(at: number): number; quote(at: number): number; plainCells(at: number, end: number): string[] } {
  let lf = -1;
  let cr = -1;
  let quote = -1;
  let mark = -1;
  return {
    lineEnd: (at) => {
      if (lf < at) lf = indexOrEnd(text, "\n", at);
      if (cr < at) cr = indexOrEnd(text, "\r", at);
      return lf < cr ? lf : cr;
    },
    quote: (at) => {
      if (quote < at) quote = indexOrEnd(text, '"', at);
      return quote;
    },
    plainCells: (from, end) => {
      const cells: string[] = [];
      let at = from;
      if (mark < at) mark = indexOrEnd(text, delimiter, at);
      while (mark < end) {
        cells.push(text.slice(at, mark));
        at = mark + 1;
        mark = indexOrEnd(text, delimiter, at);
      }
      cells.push(text.slice(at, end));
      return cells;
    },
  };
}

/**
 * Splits delimited text (RFC 4180) into records, in pieces of any size: where the pieces end never changes the result.
 * Lines end with LF, CR LF or CR, mixed as they come. A quote inside an unquoted cell is a plain character.
 *
 * @param delimiter one character.
 */
export function createRecordSplitter(delimiter: string): RecordSplitter {
  const delimiterCode = delimiter.charCodeAt(0);
  const broken = new WeakSet<Cells>();
  let rest = "";
  let stop: "record-too-long" | "unterminated-quote" | null = null;
  const split = (text: string, final: boolean): Cells[] => {
    const scan = createScanner(text, delimiter);
    const records: Cells[] = [];
    let at = 0;
    while (at < text.length && stop === null) {
      let end = scan.lineEnd(at);
      let cells: Cells;
      if (scan.quote(at) < end) {
        const record = readQuotedRecord(text, at, { delimiterCode, final });
        if (record === null) break;
        ({ cells, end } = record);
        if (record.broken) broken.add(cells);
        if (record.open) stop = "unterminated-quote";
      } else {
        if (end === text.length && !final) break;
        cells = end === at ? BLANK : scan.plainCells(at, end);
      }
      const next = afterLine(text, end, final);
      if (next < 0) break;
      if (end - at > MAX_RECORD) stop = "record-too-long";
      if (stop === null) records.push(cells);
      at = next;
    }
    rest = text.slice(at);
    // One more than the longest record: a CR may be waiting for its LF.
    if (!final && rest.length > MAX_RECORD + 1) stop ??= "record-too-long";
    return records;
  };
  return {
    push: (text) => (stop === null ? split(rest + text, false) : []),
    end: () => (stop === null ? split(rest, true) : []),
    isBroken: (record) => broken.has(record),
    stopped: () => stop,
  };
}
