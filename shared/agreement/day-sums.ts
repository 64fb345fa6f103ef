import type { Claim } from "../feeds/canonical.ts";
import { type CounterId, mergeOf } from "../metrics/counter.ts";

/** What one target needs of one local day. Windows fold these; a changed interval touches one of them. */
export interface DaySums {
  /** Intervals that were summed. */
  readonly intervals: number;
  /** Intervals inside the measured hours that lack a count the formula needs; they are in no sum. */
  readonly incomplete: number;
  /** Intervals outside the measured hours, not counted. */
  readonly outside: number;
  /** Intervals inside the measured hours that a claim leaves out. */
  readonly excluded: number;
  /** For shares of intervals: those with contacts, queues added together first, and how many of them reach the level. */
  readonly judged: number;
  readonly passed: number;
  /** One total per counter of the target's formula. */
  readonly totals: readonly number[];
  /** Start of the latest summed interval. */
  readonly lastStartMs: number | null;
  /** What the file itself printed for this day, if the day is a single row. */
  readonly claim: Claim | null;
}

/** The sums of a day in up to three counts: with all intervals, without what was accepted to leave out, and without what is still claimed too. */
export interface DayCounts {
  readonly recomputed: DaySums;
  /** `null`: the same as recomputed, because no accepted exclusion touches the day. */
  readonly adjusted: DaySums | null;
  /** `null`: the same as adjusted, because no open claim touches the day. */
  readonly ifAllAccepted: DaySums | null;
}

/** Whether nothing is known of a day: no interval of the target's queues, inside its hours or outside. */
export function isBlank({ recomputed: { intervals, incomplete, outside, excluded } }: DayCounts): boolean {
  return intervals + incomplete + outside + excluded === 0;
}

export const EMPTY_DAY: DaySums = {
  intervals: 0,
  incomplete: 0,
  outside: 0,
  excluded: 0,
  judged: 0,
  passed: 0,
  totals: [],
  lastStartMs: null,
  claim: null,
};

const known = new WeakMap<readonly CounterId[], readonly ("sum" | "max" | "last")[]>();

/** How each counter is merged, looked up once per target. */
function mergesOf(counters: readonly CounterId[]): readonly ("sum" | "max" | "last")[] {
  const found = known.get(counters) ?? counters.map(mergeOf);
  known.set(counters, found);
  return found;
}

/** Adds days up, counter by counter as each is merged. The claim survives only where a single day has data: printed averages are never averaged. */
export function foldDays(days: Iterable<DaySums>, counters: readonly CounterId[]): DaySums {
  const totals = counters.map(() => 0);
  const merges = mergesOf(counters);
  let [intervals, incomplete, outside, excluded, judged, passed, withData] = [0, 0, 0, 0, 0, 0, 0];
  let lastStartMs: number | null = null;
  let claim: Claim | null = null;
  for (const day of days) {
    intervals += day.intervals;
    incomplete += day.incomplete;
    outside += day.outside;
    excluded += day.excluded;
    judged += day.judged;
    passed += day.passed;
    const isLatest = day.lastStartMs !== null && (lastStartMs === null || day.lastStartMs > lastStartMs);
    for (let i = 0; i < totals.length; i++) {
      const [before, value] = [totals[i] ?? 0, day.totals[i] ?? 0];
      const merge = merges[i];
      totals[i] = merge === "sum" ? before + value : merge === "max" ? Math.max(before, value) : isLatest ? value : before;
    }
    if (isLatest) lastStartMs = day.lastStartMs;
    if (day.intervals + day.incomplete > 0) {
      claim = withData === 0 ? day.claim : null;
      withData++;
    }
  }
  return { ...EMPTY_DAY, intervals, incomplete, outside, excluded, judged, passed, totals, lastStartMs, claim };
}
