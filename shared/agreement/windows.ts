import { addDays } from "../calendar/day.ts";
import type { Zone } from "../calendar/zone.ts";
import type { Agreement, WindowKind } from "./agreement.ts";
import type { CompiledTarget } from "./compiled.ts";
import { type DaySums, EMPTY_DAY, foldDays, type Range } from "./day-sums.ts";
import { evaluate } from "./evaluate.ts";
import type { Verdict, VerdictWindow } from "./verdict.ts";

/** The day or month that contains a local day, as a verdict names it. */
export function windowAt(zone: Zone, kind: WindowKind, day: string, nowMs: number): VerdictWindow {
  const { start, fromMs, toMs } = zone.windowOf(kind, day);
  return { kind, start, fromMs, toMs, open: nowMs < toMs };
}

/** Every local day of a window, first to last. */
export function daysOf(window: Pick<VerdictWindow, "kind" | "start">): string[] {
  if (window.kind === "day") return [window.start];
  const { daysInMonth } = Temporal.PlainDate.from(window.start);
  return Array.from({ length: daysInMonth }, (_, i) => `${window.start.slice(0, 8)}${String(i + 1).padStart(2, "0")}`);
}

/** All local days from one to another, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The measured ranges of a local day: inside service hours, not on a holiday. */
export function measuredRanges(agreement: Agreement, zone: Zone, day: string): Range[] {
  return zone.openRanges(agreement.serviceHours, agreement.holidays, day);
}

/** Whether an agreement version is in force on a local day. */
export function isInForce(agreement: Pick<Agreement, "effectiveFrom" | "effectiveTo">, day: string): boolean {
  return day >= agreement.effectiveFrom && (agreement.effectiveTo === undefined || day <= agreement.effectiveTo);
}

export interface WindowEvaluation {
  readonly agreement: Agreement;
  readonly zone: Zone;
  readonly compiled: CompiledTarget;
  readonly intervalMs: number;
  readonly nowMs: number;
  readonly receivedMs: number;
  readonly silentSinceMs: number | null;
  /** Sums of a local day of this target; `undefined` where nothing was ever counted. */
  readonly sumsOf: (day: string) => DaySums | undefined;
}

/** Evaluates one window of one target from the sums of its days. Days before or after the version's term are in no sum. */
export function evaluateWindow(input: WindowEvaluation, window: VerdictWindow): Verdict {
  const { agreement, zone, compiled } = input;
  const days = daysOf(window).filter((day) => isInForce(agreement, day));
  const width = compiled.counters.length;
  const sums = foldDays(
    days.map((day) => input.sumsOf(day) ?? { ...EMPTY_DAY, totals: [] }),
    width,
  );
  const measured = days.some((day) => measuredRanges(agreement, zone, day).length > 0);
  const { intervalMs, receivedMs, silentSinceMs } = input;
  return evaluate({ agreement, compiled, window, sums, measured, intervalMs, receivedMs, silentSinceMs });
}

/** The windows of a target that a set of local days lies in, oldest first, each once. */
export function windowsTouched(compiled: CompiledTarget, zone: Zone, days: Iterable<string>, nowMs: number): VerdictWindow[] {
  const windows = new Map<string, VerdictWindow>();
  for (const day of days) {
    for (const kind of compiled.target.windows) {
      const window = windowAt(zone, kind, day, nowMs);
      windows.set(`${kind}.${window.start}`, window);
    }
  }
  return [...windows.values()].toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}
