import { addDays, type Day, daysBetween, type Weekday } from "../calendar/day.ts";
import { remember } from "../calendar/remember.ts";
import type { WindowKind } from "../calendar/window-kind.ts";
import { lastDayFrom, rollingOf, windowDaysOf, windowsCovering } from "../calendar/window-days.ts";
import type { Zone } from "../calendar/zone.ts";
import type { VerdictWindow } from "./verdict.ts";

/** The days on which a version is in force, both included; without `to` it has no end. */
export interface Term {
  readonly from: Day;
  readonly to: Day | null;
}

/** A window as a version's term clips it. */
export type TermWindow = Omit<VerdictWindow, "open"> & {
  /** A rolling window is judged from the start of its last day or month on: before, it is a window of the future. */
  readonly judgedFromMs: number;
};

/** What a window consists of, worked out once. */
interface WindowPlan {
  /** Its days in the term, in order. */
  readonly days: readonly Day[];
  /** The days in the term of the window right before it; none at the beginning of the term. */
  readonly before: readonly Day[];
  /** E.g. `2026-03-02T00:00:00Z to 2026-03-03T00:00:00Z`, for the trace. */
  readonly says: string;
}

/** The windows of one version. A window of the calendar is clipped to the term; a rolling one exists only whole. */
export interface WindowCalendar {
  /** Windows of a kind that contain a local day of the term, oldest first. */
  covering(kind: WindowKind, day: Day): readonly TermWindow[];
  /** The window right after one, if the term reaches that far. */
  after(window: Pick<VerdictWindow, "kind" | "start">): readonly TermWindow[];
  planOf(window: Pick<VerdictWindow, "kind" | "start" | "fromMs" | "toMs">): WindowPlan;
}

interface Frame {
  readonly zone: Zone;
  readonly term: Term;
  readonly weekStart: Weekday;
}

function isWithin({ from, to }: Term, first: Day, last: Day): boolean {
  return first >= from && (to === null || last <= to);
}

function clipped({ zone, term, weekStart }: Frame, kind: WindowKind, day: Day): TermWindow[] {
  const rolling = rollingOf(kind);
  return windowsCovering(kind, day, weekStart).flatMap(({ first, last }): TermWindow[] => {
    const whole = isWithin(term, first, last);
    if (rolling !== null && !whole) return [];
    const start = first < term.from ? term.from : first;
    const end = term.to !== null && term.to < last ? term.to : last;
    if (start > end) return [];
    const judgedFrom = rolling === null ? null : rolling.unit === "d" ? last : `${last.slice(0, 8)}01`;
    return [
      {
        kind,
        start,
        fromMs: zone.dayRange(start).fromMs,
        toMs: zone.dayRange(end).toMs,
        part: !whole,
        judgedFromMs: judgedFrom === null ? -Infinity : zone.dayRange(judgedFrom).fromMs,
      },
    ];
  });
}

function daysInTerm({ term }: Frame, first: Day, last: Day): Day[] {
  return daysBetween(first < term.from ? term.from : first, term.to !== null && term.to < last ? term.to : last);
}

function plan(frame: Frame, { kind, start, fromMs, toMs }: Pick<VerdictWindow, "kind" | "start" | "fromMs" | "toMs">): WindowPlan {
  const { weekStart } = frame;
  const rolling = rollingOf(kind);
  const first = rolling === null ? windowDaysOf(kind, start, weekStart).first : start;
  const { first: from, last: to } = windowDaysOf(kind, addDays(first, -1), weekStart);
  const hasBefore = rolling === null || isWithin(frame.term, from, to);
  const iso = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
  return {
    days: daysInTerm(frame, start, lastDayFrom(kind, start, weekStart)),
    before: hasBefore ? daysInTerm(frame, from, to) : [],
    says: `${iso(fromMs)} to ${iso(toMs)}`,
  };
}

const REMEMBERED_WINDOWS = 8000;

export function createWindowCalendar(frame: Frame): WindowCalendar {
  const known = new Map<string, (day: Day) => readonly TermWindow[]>();
  const coverOf = (kind: WindowKind): ((day: Day) => readonly TermWindow[]) => {
    const found = known.get(kind) ?? remember(REMEMBERED_WINDOWS, (day: Day) => clipped(frame, kind, day));
    known.set(kind, found);
    return found;
  };
  const covering = (kind: WindowKind, day: Day): readonly TermWindow[] => (isWithin(frame.term, day, day) ? coverOf(kind)(day) : []);
  const plans = new Map<string, WindowPlan>();
  return {
    covering,
    after: ({ kind, start }) => {
      const next = addDays(lastDayFrom(kind, start, frame.weekStart), 1);
      return covering(kind, next).filter((window) => window.start === next);
    },
    planOf: (window) => {
      const key = `${window.kind}.${window.start}`;
      const found = plans.get(key);
      if (found !== undefined) return found;
      const made = plan(frame, window);
      if (plans.size >= REMEMBERED_WINDOWS) plans.clear();
      plans.set(key, made);
      return made;
    },
  };
}
