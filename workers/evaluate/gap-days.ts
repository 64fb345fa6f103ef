import { daysBetween } from "../../shared/calendar/day.ts";

/** New days at the edges of what had data before: days in between without data get their "no data" verdict. */
export function gapDays(
  range: { readonly from: string; readonly to: string } | null,
  dirtyDays: readonly string[],
): { from: string; to: string; gaps: string[] } | null {
  const sorted = [...dirtyDays, ...(range === null ? [] : [range.from, range.to])].toSorted();
  const [from, to] = [sorted[0], sorted.at(-1)];
  if (from === undefined || to === undefined) return null;
  if (range !== null && from === range.from && to === range.to) return { from, to, gaps: [] };
  const gaps = daysBetween(from, to).filter((day) => range === null || day < range.from || day > range.to);
  return { from, to, gaps };
}
