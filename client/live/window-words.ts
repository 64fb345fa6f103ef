import type { WindowKind } from "../../shared/calendar/window-kind.ts";
import type { Verdict, VerdictWindow } from "../../shared/agreement/verdict.ts";
import { dayIn, dayWords, monthWords } from "../ui/zone-time.ts";

const DAY_MS = 86_400_000;
const ROLLING = /^rolling-(\d+)([dm])$/u;

/** "day", "month", "28 days", for "settled by the ..." and headings. */
export function kindWords(kind: WindowKind): string {
  const [, length, unit] = ROLLING.exec(kind) ?? [];
  return length === undefined ? kind : `${length} ${unit === "d" ? "days" : "months"}`;
}

function lastDay(window: VerdictWindow, zone: string): string {
  return dayIn(zone, window.toMs - 1);
}

function quarterWords(start: string): string {
  return `quarter ${Math.ceil(Number(start.slice(5, 7)) / 3)} of ${start.slice(0, 4)}`;
}

/** The name of a window: "September 2026", "20 Sep", "week of 14 Sep", "quarter 3 of 2026", "28 days to 20 Sep". */
export function windowName(window: VerdictWindow, zone: string): string {
  if (window.part) return `${dayWords(window.start)} to ${dayWords(lastDay(window, zone))} ${window.start.slice(0, 4)}`;
  return ROLLING.test(window.kind) ? `${kindWords(window.kind)} to ${dayWords(lastDay(window, zone))}` : startedName(window);
}

/** The same of a window of which only the start is known: a rolling one is "28 days from 20 Sep". */
export function startedName({ kind, start }: Pick<VerdictWindow, "kind" | "start">): string {
  switch (kind) {
    case "day":
      return dayWords(start);
    case "week":
      return `week of ${dayWords(start)}`;
    case "month":
      return `${monthWords(start)} ${start.slice(0, 4)}`;
    case "quarter":
      return quarterWords(start);
    default:
      return `${kindWords(kind)} from ${dayWords(start)}`;
  }
}

/** The window of a verdict, with the version where it is only the part of a period that this version governs. */
export function verdictWindowName({ window, version }: Pick<Verdict, "window" | "version">, zone: string): string {
  return window.part ? `${windowName(window, zone)}, version ${version}` : windowName(window, zone);
}

/** "September, day 21 of 30" of an open window, "January 1999, closed" of one that is over. */
export function progressWords(verdict: Pick<Verdict, "window" | "version">, zone: string, nowMs: number): string {
  const { window } = verdict;
  const name = verdictWindowName(verdict, zone);
  const title = name.slice(0, 1).toUpperCase() + name.slice(1);
  if (!window.open) return `${title}, closed`;
  if (window.kind === "day") return "Today, still open";
  const first = Date.parse(dayIn(zone, window.fromMs));
  const days = Math.round((Date.parse(lastDay(window, zone)) - first) / DAY_MS) + 1;
  const day = Math.round((Date.parse(dayIn(zone, nowMs)) - first) / DAY_MS) + 1;
  const short = window.kind === "month" && !window.part ? monthWords(window.start) : title;
  return `${short}, day ${Math.min(day, days)} of ${days}`;
}

/** "this month", "in January 1999", "this quarter", for sentences. */
export function periodWords({ window, version }: Pick<Verdict, "window" | "version">, zone: string): string {
  if (window.part) return window.open ? `since ${dayWords(window.start)}` : `from ${verdictWindowName({ window, version }, zone)}`;
  if (window.kind === "day") return window.open ? "today" : `on ${window.start}`;
  if (window.kind === "month" || window.kind === "quarter" || window.kind === "week")
    return window.open ? `this ${window.kind}` : `in ${window.kind === "week" ? "the " : ""}${windowName(window, zone)}`;
  return window.open ? `over ${kindWords(window.kind)}` : `in the ${windowName(window, zone)}`;
}
