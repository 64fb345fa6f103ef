import { addDays, type Day } from "../../shared/calendar/day.ts";
import type { Zone } from "../../shared/calendar/zone.ts";

/** The last complete month, which questions are about, and the two before it, which say what is usual. */
export interface QuestionSpan {
  /** `yyyy-mm`. */
  readonly month: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly usualFromMs: number;
  readonly isCurrent: (day: Day) => boolean;
  readonly isUsual: (day: Day) => boolean;
}

function monthBefore(first: Day): Day {
  return `${addDays(first, -1).slice(0, 7)}-01`;
}

/** The span at an instant: on 3 December it is November, with September and October. */
export function questionSpan(zone: Zone, nowMs: number): QuestionSpan {
  const end = `${zone.localDay(nowMs).slice(0, 7)}-01`;
  const first = monthBefore(end);
  const usual = monthBefore(monthBefore(first));
  return {
    month: first.slice(0, 7),
    fromMs: zone.dayRange(first).fromMs,
    toMs: zone.dayRange(end).fromMs,
    usualFromMs: zone.dayRange(usual).fromMs,
    isCurrent: (day) => day >= first && day < end,
    isUsual: (day) => day >= usual && day < first,
  };
}
