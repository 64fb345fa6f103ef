const LF = 10;
const CR = 13;
const QUOTE = 34;

/** A record with at least one quote in it, and where in the text it ended. */
export interface QuotedRecord {
  readonly cells: string[];
  /** Position of the line end, or the length of the text. */
  readonly end: number;
  /** Text stands behind a closing quote. */
  readonly broken: boolean;
  /** The text ended inside a quote. */
  readonly open: boolean;
}

function cellEnd(text: string, from: number, delimiterCode: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === delimiterCode || code === LF || code === CR) break;
    at += 1;
  }
  return at;
}

/** The text between quotes, doubled quotes made single; `end` is behind the closing quote, or -1 where there is none. */
function quotedText(text: string, from: number): { readonly value: string; readonly end: number } {
  let value = "";
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), end: -1 };
    if (text.charCodeAt(quote + 1) !== QUOTE) return { value: value + text.slice(at, quote), end: quote + 1 };
    value += text.slice(at, quote + 1);
    at = quote + 2;
  }
}

export interface QuotedDialect {
  readonly delimiterCode: number;
  /** Whether the text is the end of the file; before that a record at its end may go on. */
  readonly final: boolean;
}

/** Reads one record cell by cell; `null` when it may go on in text that is not there yet. */
export function readQuotedRecord(text: string, from: number, { delimiterCode, final }: QuotedDialect): QuotedRecord | null {
  const cells: string[] = [];
  let at = from;
  let broken = false;
  for (;;) {
    let end: number;
    if (text.charCodeAt(at) === QUOTE) {
      const quoted = quotedText(text, at + 1);
      // A quote that is the last character so far may be the first of a doubled one.
      if (!final && (quoted.end < 0 || quoted.end === text.length)) return null;
      if (quoted.end < 0) return { cells, end: text.length, broken, open: true };
      end = cellEnd(text, quoted.end, delimiterCode);
      if (end > quoted.end) broken = true;
      cells.push(end > quoted.end ? quoted.value + text.slice(quoted.end, end) : quoted.value);
    } else {
      end = cellEnd(text, at, delimiterCode);
      cells.push(text.slice(at, end));
    }
    if (end === text.length) return final ? { cells, end, broken, open: false } : null;
    if (text.charCodeAt(end) !== delimiterCode) return { cells, end, broken, open: false };
    at = end + 1;
  }
}
