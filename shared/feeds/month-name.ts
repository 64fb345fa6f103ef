const NAMES = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/** The number, 1 to 12, of an English month by its name or its first three letters (`Sept` too), in any case; NaN for anything else. */
export function monthOf(text: string): number {
  const name = text.toLowerCase();
  const at = NAMES.findIndex((full) => name === full || name === full.slice(0, 3) || (name === "sept" && full === "september"));
  return at < 0 ? NaN : at + 1;
}
