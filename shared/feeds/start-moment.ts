import type { DateFormat } from "./cell-date.ts";

/** The two halves of a cell that holds a day and a time of day. */
export interface MomentTexts {
  readonly date: string;
  readonly time: string;
}

/** How many words a date of this format has. */
function wordsOf(format: DateFormat): number {
  return format.split(" ").length;
}

/**
 * Parts a cell into its day and its time of day: `10/29/2020 2:05 PM`, `2026-03-01T09:00:00`, `1 Mar 2026, 9:00`, and the serial
 * numbers of spreadsheets at their point. What cannot be parted leaves a time of "", which no format reads.
 */
export function momentTexts(text: string, format: DateFormat): MomentTexts {
  if (format === "excel-serial" || format === "excel-serial-1904") {
    const at = text.indexOf(".");
    return at < 0 ? { date: text, time: "0" } : { date: text.slice(0, at), time: `0${text.slice(at)}` };
  }
  let at = -1;
  for (let words = wordsOf(format); words > 0; words -= 1) {
    at = text.indexOf(" ", at + 1);
    if (at < 0) break;
  }
  if (at < 0) at = text.indexOf("T");
  if (at < 0) return { date: text, time: "" };
  const date = text.slice(0, at);
  return { date: date.endsWith(",") ? date.slice(0, -1) : date, time: text.slice(at + 1).trim() };
}
