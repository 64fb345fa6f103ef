import type { AlertSeverity } from "../../agreement/alert-clauses.ts";
import type { CompiledTarget } from "../../agreement/compiled.ts";
import { headlineOf, whenOf } from "../../agreement/headline.ts";
import type { Verdict, VerdictWindow } from "../../agreement/verdict.ts";
import { rollingOf } from "../../calendar/window-days.ts";
import { formatCount, formatExpected, formatFigure } from "../../metrics/format.ts";
import type { Outlook } from "../../outlook/outlook.ts";
import type { SignalEvent } from "../signal-event.ts";

/** One window of one target as the rules that look ahead see it. */
export interface WatchedWindow {
  readonly agreementId: string;
  readonly compiled: CompiledTarget;
  readonly verdict: Verdict;
  /** Judged from the same counts as the verdict; `null` where there is nothing to look ahead to. */
  readonly outlook: Outlook | null;
  readonly nowMs: number;
}

/**
 * Whether one looks ahead in windows of this kind. A rolling window of days ends with every day and the next one shares all but
 * a day with it: its verdict says as much, and an alert for each would say the same every morning.
 */
export function looksAhead(kind: VerdictWindow["kind"]): boolean {
  return kind !== "day" && rollingOf(kind)?.unit !== "d";
}

/** What every finding about a window has in common. */
export function aboutWindow({ agreementId, verdict, nowMs }: WatchedWindow) {
  const { targetId, version, window } = verdict;
  return { said: { agreementId, nowMs, version }, at: { targetId, window: window.kind, start: window.start } };
}

type Answer = Pick<SignalEvent, "signal" | "headline">;

/**
 * What there is to say without looking ahead: a window that is over is its verdict's matter; without data, or without a figure
 * to go on, what stands goes on standing.
 */
export function withoutOutlook({ compiled, verdict, outlook }: WatchedWindow): Answer | null {
  const { name } = compiled.target;
  if (!verdict.window.open) return { signal: "clear", headline: `The window is over. ${headlineOf(compiled, verdict)}` };
  if (verdict.status === "no-data" || verdict.status === "not-derivable")
    return { signal: "frozen", headline: `${name}: no data, ${whenOf(verdict.window)}` };
  if (outlook === null) return { signal: "clear", headline: `${name} is not counted, ${whenOf(verdict.window)}` };
  return null;
}

/** A number in the unit of the figure, as people read it; shares in percent. */
export function figureText(value: number, { verdict, compiled }: Pick<WatchedWindow, "verdict" | "compiled">): string {
  const dp = 1_000_000;
  const { unit } = compiled;
  const { direction, expected, notBelow } = verdict;
  return formatFigure({ value: { num: Math.round(value * dp), den: dp }, unit, direction, expected, notBelow });
}

/** Where the figure stands: "so far 78.9 % of 43,180, agreed ≥ 80 %, month 2026-09". */
export function standText({ verdict, compiled }: Pick<WatchedWindow, "verdict" | "compiled">): string {
  const soFar = verdict.value === null ? "nothing counted so far" : `so far ${formatFigure(verdict)} of ${formatCount(verdict.n)}`;
  return `${soFar}, agreed ${formatExpected({ ...verdict, unit: compiled.unit })}, ${whenOf(verdict.window)}`;
}

/** A probability without false exactness: "46 %", "over 99 %", "under 1 %". */
export function chanceText(p: number): string {
  if (p > 0.99) return p === 1 ? "100 %" : "over 99 %";
  return p < 0.01 && p > 0 ? "under 1 %" : `${Math.round(p * 100)} %`;
}

const WORST_FIRST: readonly AlertSeverity[] = ["critical", "high", "warning"];

/** The worst severity of which something is so. */
export function worstOf(is: (severity: AlertSeverity) => boolean): AlertSeverity | null {
  return WORST_FIRST.find(is) ?? null;
}
