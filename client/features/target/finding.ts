import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatFigure, formatLevel } from "../../../shared/metrics/format.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { dayIn, dayWords, monthWords } from "../../ui/zone-time.ts";

/** The heading of a target: what was found, e.g. "Service level is at risk: 78.9 % against 80 %". */
export function targetFinding(name: string, verdict: Verdict | null): string {
  if (verdict === null) return `${name} has no verdict yet`;
  const says = `${name} ${wordsOf(verdict.status).says}`;
  const figure = formatFigure(verdict);
  const level = formatLevel(verdict.expected, verdict.unit);
  switch (verdict.status) {
    case "met":
    case "at-risk":
    case "missed":
      return `${says}: ${figure} against ${level}`;
    case "not-proven":
      return figure === "—" ? says : `${says}: ${figure} against ${level}, from ${verdict.n}`;
    case "no-data":
    case "not-derivable":
    case "not-counted":
      return says;
  }
}

/** The window in words: "September, day 21 of 30", "Mon 21 Sep, still open", "January 1999, closed". */
export function windowWords(verdict: Verdict, zone: string, nowMs: number): string {
  const { window } = verdict;
  if (window.kind === "day") return window.open ? "Today, still open" : `${dayWords(window.start)}, closed`;
  const month = `${monthWords(window.start)} ${window.start.slice(0, 4)}`;
  if (!window.open) return `${month}, closed`;
  const days = Number(dayIn(zone, window.toMs - 1).slice(8));
  return `${month}, day ${Math.min(Number(dayIn(zone, nowMs).slice(8)), days)} of ${days}`;
}
