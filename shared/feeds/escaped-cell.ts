// Spreadsheets run what begins like this as a formula, some of them with full-width signs, too, and some drop blanks, quotes
// and marks in front first. Quotes in front count as well, so that escaping can be undone exactly.
const RISKY = /^['"\s\ufeff\0]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0]/u;
const NUMBER = /^[+-]?\d+(?:[.,:]\d+)*\s?%?$/u;

/** A cell that no spreadsheet will run: text that begins like a formula gets a quote in front, numbers stay as they are. */
export function escapeCell(text: string): string {
  return RISKY.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** The text that `escapeCell` was given. */
export function unescapeCell(text: string): string {
  const rest = text.slice(1);
  return text.startsWith("'") && RISKY.test(rest) ? rest : text;
}
