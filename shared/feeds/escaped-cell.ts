// Spreadsheets run what begins like this as a formula. Quotes in front count too, so that escaping can be undone exactly.
const RISKY = /^'*[=+\-@\t\r]/u;
const ESCAPED = /^''*[=+\-@\t\r]/u;
const NUMBER = /^[+-]?\d+(?:[.,:]\d+)*\s?%?$/u;

/** A cell that no spreadsheet will run: text that begins like a formula gets a quote in front, numbers stay as they are. */
export function escapeCell(text: string): string {
  return RISKY.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** The text that `escapeCell` was given. */
export function unescapeCell(text: string): string {
  return ESCAPED.test(text) ? text.slice(1) : text;
}
