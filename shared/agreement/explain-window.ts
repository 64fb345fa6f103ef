import type { Day } from "../calendar/day.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import { formatCount } from "../metrics/format.ts";
import { evaluateWindow } from "./evaluate-window.ts";
import type { WindowEvaluation } from "./window-evaluation.ts";
import type { Exclusion } from "./exclusion.ts";
import { type LeftOut, leftOutOf } from "./left-out.ts";
import { JOINED } from "./trace.ts";
import type { VerdictWindow } from "./verdict.ts";
import { bandOf } from "./volume-effects.ts";
import { daysNeeded, daysOf } from "./windows.ts";

/** A window's evaluation with what the day sums have forgotten: the intervals, and the claims by name. */
export interface ExplanationInput extends WindowEvaluation {
  readonly intervalsOf: (day: Day) => readonly QueueIntervals[];
  readonly exclusions: readonly Exclusion[];
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const MINUTE_MS = 60_000;

function clock(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** E.g. `23 Nov 14:00-14:15 (Sales) not counted: outside service hours, 3 contacts`. */
function lineOf({ context }: ExplanationInput, { day, fromMs, toMs, queues, why, contacts }: LeftOut): string {
  const { zone } = context;
  const range = zone.dayRange(day);
  const name = `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
  const from = clock(zone.clockAt(fromMs));
  const to = toMs === range.toMs ? "24:00" : clock(zone.clockAt(toMs));
  const when = fromMs === range.fromMs && toMs === range.toMs ? name : `${name} ${from}-${to}`;
  const where = queues.length === 0 ? "" : ` (${queues.join(", ")})`;
  return `${when}${where} ${why}, ${formatCount(contacts)} ${contacts === 1 ? "contact" : "contacts"}`;
}

function volumeReason(input: ExplanationInput, days: readonly Day[]): (day: Day) => string | null {
  const band = bandOf(input, days);
  return (day) => (band?.isLeftOut(day) === true ? "volume outside the agreed band around the forecast" : null);
}

/**
 * Every step of a verdict as lines that a person can read: its trace, with the ranges of intervals that were not counted,
 * or are claimed not to count, before the line that decides.
 */
export function explainWindow(input: ExplanationInput, window: VerdictWindow): string[] {
  const { context, compiled, exclusions } = input;
  const { trace } = evaluateWindow(input, window);
  if (compiled.lacks !== null) return trace;
  const days = trace.includes(JOINED) ? daysNeeded(context, compiled, window).counts : daysOf(context, window);
  const volumeOf = volumeReason(input, days);
  const ranges = days.flatMap((day) => leftOutOf({ context, compiled, exclusions, day, volume: volumeOf(day) }, input.intervalsOf(day)));
  return [...trace.slice(0, -1), ...ranges.map((range) => lineOf(input, range)), ...trace.slice(-1)];
}
