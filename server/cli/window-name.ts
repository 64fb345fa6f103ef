import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { Zone } from "../../shared/calendar/zone.ts";

const ROLLING = /^rolling-(\d+)([dm])$/u;

function calendarName({ kind, start }: Verdict["window"]): string {
  switch (kind) {
    case "month":
      return start.slice(0, 7);
    case "quarter":
      return `${start.slice(0, 4)} quarter ${Math.ceil(Number(start.slice(5, 7)) / 3)}`;
    case "week":
      return `week ${start}`;
    default:
      return start;
  }
}

/** A window in a few letters: `1999-01-03`, `week 1999-01-03`, `1999-01`, `28 days to 1999-01-28`; a part has its days. */
export function windowName({ window }: Pick<Verdict, "window">, zone: Zone): string {
  const last = zone.localDay(window.toMs - 1);
  if (window.part) return window.start === last ? last : `${window.start} to ${last.slice(5)}`;
  const [, length, unit] = ROLLING.exec(window.kind) ?? [];
  return length === undefined ? calendarName(window) : `${length} ${unit === "d" ? "days" : "months"} to ${last}`;
}
