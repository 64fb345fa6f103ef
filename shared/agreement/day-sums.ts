import type { Interval } from "../facts/interval.ts";
import type { Claim, ClaimId, Layout } from "../feeds/canonical.ts";
import type { CounterId } from "../metrics/counter.ts";
import type { Measure } from "../metrics/measure.ts";

/** What one target needs of one local day. Windows fold these; a changed interval touches one of them. */
export interface DaySums {
  /** Intervals that were summed. */
  readonly intervals: number;
  /** Intervals inside the measured hours that lack a count the formula needs; they are in no sum. */
  readonly incomplete: number;
  /** Intervals outside the measured hours, not counted. */
  readonly outside: number;
  /** One total per counter of the target's formula. */
  readonly totals: readonly number[];
  /** Start of the latest summed interval. */
  readonly lastStartMs: number | null;
  /** What the file itself printed for this day, if the day is a single row. */
  readonly claim: Claim | null;
}

export const EMPTY_DAY: Omit<DaySums, "totals"> = { intervals: 0, incomplete: 0, outside: 0, lastStartMs: null, claim: null };

export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface DayInput {
  readonly counters: readonly CounterId[];
  readonly layout: Layout;
  readonly claim: ClaimId | null;
  readonly day: Range;
  /** Measured ranges inside the day, in order. */
  readonly open: readonly Range[];
  /** Intervals of the queues in scope; those outside the day are ignored. */
  readonly intervals: Iterable<Interval>;
}

const CLAIM_OF: Record<Measure["metric"], ClaimId> = {
  "service-level": "service-level",
  abandonment: "abandonment",
  "answer-rate": "answer-rate",
  aht: "aht",
  asa: "asa",
  csat: "csat",
};

/** Which printed figure of a feed speaks about the same thing as a measure. */
export function claimOf(measure: Measure): ClaimId {
  return CLAIM_OF[measure.metric];
}

function isOpen(open: readonly Range[], startMs: number): boolean {
  return open.some((range) => startMs >= range.fromMs && startMs < range.toMs);
}

/**
 * Sums one local day for one target: integers only, so the order of intervals cannot matter.
 * An interval that lacks any needed count is left out of every sum, numerator and denominator alike.
 */
export function sumDay(input: DayInput): DaySums {
  const positions = input.counters.map((counter) => input.layout.counters.indexOf(counter));
  const claimAt = input.claim === null ? -1 : input.layout.claims.indexOf(input.claim);
  const totals = input.counters.map(() => 0);
  let [intervals, incomplete, outside] = [0, 0, 0];
  let lastStartMs: number | null = null;
  let claim: Claim | null = null;
  for (const interval of input.intervals) {
    if (interval.startMs < input.day.fromMs || interval.startMs >= input.day.toMs) continue;
    if (!isOpen(input.open, interval.startMs)) {
      outside++;
      continue;
    }
    const printed = claimAt < 0 ? null : (interval.claims[claimAt] ?? null);
    claim = intervals + incomplete === 0 ? printed : null;
    const values = positions.map((position) => (position < 0 ? null : (interval.counters[position] ?? null)));
    if (values.includes(null)) {
      incomplete++;
      continue;
    }
    values.forEach((value, i) => (totals[i] = (totals[i] ?? 0) + (value ?? 0)));
    intervals++;
    lastStartMs = Math.max(lastStartMs ?? interval.startMs, interval.startMs);
  }
  return { intervals, incomplete, outside, totals, lastStartMs, claim };
}

/** Adds days up. The claim survives only where a single day has data: printed averages are never averaged. */
export function foldDays(days: Iterable<DaySums>, width: number): DaySums {
  const totals = Array.from({ length: width }, () => 0);
  let [intervals, incomplete, outside, withData] = [0, 0, 0, 0];
  let lastStartMs: number | null = null;
  let claim: Claim | null = null;
  for (const day of days) {
    intervals += day.intervals;
    incomplete += day.incomplete;
    outside += day.outside;
    day.totals.forEach((total, i) => (totals[i] = (totals[i] ?? 0) + total));
    if (day.lastStartMs !== null) lastStartMs = Math.max(lastStartMs ?? day.lastStartMs, day.lastStartMs);
    if (day.intervals + day.incomplete > 0) {
      claim = withData === 0 ? day.claim : null;
      withData++;
    }
  }
  return { intervals, incomplete, outside, totals, lastStartMs, claim };
}
