import type { Day } from "../calendar/day.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import { evaluateWindow, type WindowEvaluation } from "./evaluate-window.ts";
import type { Exclusion } from "./exclusion.ts";
import type { VerdictWindow } from "./verdict.ts";

/** A window's evaluation with what the day sums have forgotten: the intervals, and the claims by name. */
export interface ExplanationInput extends WindowEvaluation {
  readonly intervalsOf: (day: Day) => readonly QueueIntervals[];
  readonly exclusions: readonly Exclusion[];
}

/** Every step of a verdict as lines that a person can read, down to the ranges of intervals that were not counted. */
export function explainWindow(input: ExplanationInput, window: VerdictWindow): string[] {
  return evaluateWindow(input, window).trace;
}
