import type { Day } from "../calendar/day.ts";
import type { WindowKind } from "../calendar/window-kind.ts";
import { windowDaysOf } from "../calendar/window-days.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { AgreementContext } from "./context.ts";
import { type VerdictWindow, verdictKey } from "./verdict.ts";
import type { Term, TermWindow } from "./window-calendar.ts";

/** Whether a version governs a local day. */
export function isInTerm({ from, to }: Term, day: Day): boolean {
  return day >= from && (to === null || day <= to);
}

function asOf({ kind, start, fromMs, toMs, part }: TermWindow, nowMs: number): VerdictWindow {
  return { kind, start, fromMs, toMs, open: nowMs < toMs, part };
}

/**
 * The window of a kind that a local day belongs to, as the version's term clips it; of rolling windows the one that ends
 * with the day or with its month. `null` outside the term and where a rolling window would not lie in it whole.
 */
export function windowAt(context: AgreementContext, kind: WindowKind, day: Day, nowMs: number): VerdictWindow | null {
  const { first, last } = windowDaysOf(kind, day, context.agreement.weekStart);
  const { toMs } = context.zone.dayRange(context.term.to !== null && context.term.to < last ? context.term.to : last);
  const start = first < context.term.from ? context.term.from : first;
  const found = context.calendar.covering(kind, day).find((window) => window.start === start && window.toMs === toMs);
  return found === undefined ? null : asOf(found, nowMs);
}

/** Every local day of a window in the version's term, first to last. */
export function daysOf(context: AgreementContext, window: VerdictWindow): readonly Day[] {
  return context.calendar.planOf(window).days;
}

/** The local days that the verdict of a window depends on: of the target's own sums, and of the volume and its forecast. */
export function daysNeeded(
  context: AgreementContext,
  compiled: CompiledTarget,
  window: VerdictWindow,
): { counts: readonly Day[]; volume: readonly Day[] } {
  const plan = context.calendar.planOf(window);
  const counts = compiled.target.onLowSample === "join-previous" ? [...plan.before, ...plan.days] : plan.days;
  const band = context.agreement.volume;
  if (band === undefined) return { counts, volume: [] };
  return { counts, volume: band.unit === "day" ? counts : monthsAround(context, counts) };
}

/** All days in the term of the calendar month of a day. */
export function monthInTerm({ calendar }: AgreementContext, day: Day): readonly Day[] {
  const [month] = calendar.covering("month", day);
  return month === undefined ? [] : calendar.planOf(month).days;
}

/** All days in the term of the calendar months that some days lie in. */
function monthsAround(context: AgreementContext, days: readonly Day[]): Day[] {
  const months = new Map(days.map((day) => [day.slice(0, 7), day]));
  return [...months.values()].flatMap((day) => monthInTerm(context, day));
}

/**
 * The windows of a target whose verdicts a change of some local days can touch, oldest first, each once: those that
 * contain a day; where a volume band is judged by the month, those that contain a day of its month; and where a small
 * sample is joined to the window before it, the windows after these.
 *
 * @param nowMs rolling windows that end in the future are left out.
 */
export function windowsTouched(context: AgreementContext, compiled: CompiledTarget, days: Iterable<Day>, nowMs: number): VerdictWindow[] {
  const inTerm = [...days].filter((day) => isInTerm(context.term, day));
  const reach = context.agreement.volume?.unit === "month" ? monthsAround(context, inTerm) : inTerm;
  const touched = new Map<string, VerdictWindow>();
  const keep = (window: TermWindow): void => {
    if (window.judgedFromMs <= nowMs) touched.set(verdictKey(compiled.target.id, window), asOf(window, nowMs));
  };
  for (const kind of compiled.target.windows) {
    for (const day of reach) {
      for (const window of context.calendar.covering(kind, day)) {
        keep(window);
        if (compiled.target.onLowSample !== "join-previous") continue;
        // A window that has not begun has nothing to be joined with yet.
        for (const after of context.calendar.after(window)) if (after.fromMs <= nowMs) keep(after);
      }
    }
  }
  return [...touched.values()].toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}
