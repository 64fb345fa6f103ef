import type { PeriodSettlement } from "../../../shared/settlement/settlement.ts";
import { dayIn, dayWords, monthWords } from "../../ui/zone-time.ts";

/** Day 0 of the next month is the last of this one. */
function lastOfMonth(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The name of a settlement period: "August 2026", "quarter 3 of 2026", "15 Jun to 30 Jun 2026" for a week or a part. */
export function periodName({ start, toMs }: Pick<PeriodSettlement, "start" | "toMs">, zone: string): string {
  const last = dayIn(zone, toMs - 1);
  const [year = 0, month = 1] = start.split("-").map(Number);
  const isFirst = start.endsWith("-01");
  if (isFirst && last === lastOfMonth(year, month)) return `${monthWords(start)} ${year}`;
  if (isFirst && month % 3 === 1 && last === lastOfMonth(year, month + 2)) return `quarter ${(month + 2) / 3} of ${year}`;
  return `${dayWords(start)} to ${dayWords(last)} ${last.slice(0, 4)}`;
}
