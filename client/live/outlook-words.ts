import type { Outlook } from "../../shared/outlook/outlook.ts";
import type { TargetView } from "../../shared/protocol/live.ts";
import { formatCount, formatDuration } from "../../shared/metrics/format.ts";

const NBSP = "\u00a0";

/** A computed figure in the unit of its target, to one decimal; an estimate is never more exact than that. */
export function rateWords(value: number, unit: TargetView["unit"]): string {
  if (unit === "duration") return formatDuration(Math.max(0, Math.round(value)));
  if (unit === "ratio") return `${(value * 100).toFixed(1)}${NBSP}%`;
  return unit === "count" ? formatCount(Math.round(value)) : value.toFixed(2);
}

/**
 * A rate of an outlook as a figure of its target. Where contacts are counted as good or not, an outlook speaks of the good ones,
 * and "at most 5 % abandoned" of the abandoned ones.
 */
export function asFigure(rate: number, { budget }: Outlook, { direction }: TargetView): number {
  return budget !== null && direction === "at-most" ? 1 - rate : rate;
}

/** What the rest must reach, "83.1 %", or must not exceed, "≤ 25.3 %"; `null` where nothing is needed or known. */
export function neededWords(outlook: Outlook, target: TargetView): string | null {
  const { neededRate, reach } = outlook;
  if (neededRate === null || reach === "lost" || reach === "safe") return null;
  const words = rateWords(asFigure(neededRate, outlook, target), target.unit);
  return target.direction === "at-most" ? `≤${NBSP}${words}` : words;
}

/** "83 in 100", never 0 or 100: an estimate is not certain. */
export function chanceWords(p: number): string {
  if (p < 0.01) return "under 1 in 100";
  return p > 0.99 ? "over 99 in 100" : `${Math.round(p * 100)} in 100`;
}

/** The same for a narrow column: "83 %". */
export function chanceShort(p: number): string {
  if (p < 0.01) return `<1${NBSP}%`;
  return p > 0.99 ? `>99${NBSP}%` : `${Math.round(p * 100)}${NBSP}%`;
}

/** How the window will probably end, continuing "Service level ...". */
export function fateWords(outlook: Outlook): string | null {
  if (outlook.reach === "lost") return "can no longer be met";
  if (outlook.reach === "safe") return "can no longer be missed";
  const { pMiss } = outlook;
  if (pMiss === null) return null;
  const chance = chanceWords(pMiss);
  if (pMiss >= 0.95) return `will almost surely be missed: ${chance}`;
  if (pMiss >= 0.6) return `will probably be missed: ${chance}`;
  if (pMiss >= 0.4) return `may end either way: missed in ${chance}`;
  return pMiss >= 0.05 ? `will probably be met: missed in ${chance}` : `will almost surely be met: missed in ${chance}`;
}

/** What goes wrong when a contact is on the wrong side, by metric: "late answers". */
const EVENTS: Readonly<Record<string, string>> = {
  "service-level": "late answers",
  abandonment: "abandoned contacts",
  "answer-rate": "unanswered contacts",
  csat: "low scores",
  qa: "failed evaluations",
  transfer: "transfers",
  fcr: "repeat contacts",
  "repeat-contact": "repeat contacts",
  "blocked-calls": "blocked calls",
  "response-rate": "late responses",
};

export function eventWords(target: TargetView): string {
  return EVENTS[target.variant.split("/")[0] ?? ""] ?? "misses";
}
