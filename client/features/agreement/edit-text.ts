import type { LineRange } from "./read-document.ts";

/** Puts a line at the top level of a YAML text: in place of the lines it stands on, else behind `after`. */
export function withTopLevel(
  text: string,
  line: string,
  place: { readonly at: LineRange | null; readonly after: LineRange | null },
): string {
  const lines = text.split("\n");
  if (place.at !== null) lines.splice(place.at.from - 1, place.at.to - place.at.from + 1, line);
  else lines.splice(place.after?.to ?? 0, 0, line);
  return lines.join("\n");
}

/** A text as a YAML scalar that nothing can be mistaken for. JSON strings are YAML. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The first day of the month after the given local day. */
export function nextMonth(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
}
