import type { Range } from "../calendar/range.ts";
import type { Interval } from "../facts/interval.ts";
import type { Claim, ClaimId, Layout } from "../feeds/canonical.ts";
import { type CounterId, mergeOf } from "../metrics/counter.ts";
import type { DaySums } from "./day-sums.ts";

/** Intervals of one queue with the hours in which they are counted. */
export interface CountedQueue {
  /** Measured ranges inside the day, in order. */
  readonly open: readonly Range[];
  /** Intervals outside the day are ignored. */
  readonly intervals: Iterable<Interval>;
}

/** How intervals are judged one by one, where the agreement counts those that reach a level. */
export interface PieceRule {
  /** Length of what is judged; counted from the start of the local day. */
  readonly lengthMs: number;
  /** `null` where there is nothing to divide by. */
  readonly passes: (totals: readonly number[]) => boolean | null;
}

export interface DayInput {
  readonly counters: readonly CounterId[];
  readonly layout: Layout;
  readonly claim: ClaimId | null;
  readonly day: Range;
  readonly queues: readonly CountedQueue[];
  readonly piece: PieceRule | null;
  /** Whether a claim leaves the interval out. */
  readonly isExcluded: ((interval: Interval) => boolean) | null;
}

function isOpen(open: readonly Range[], startMs: number): boolean {
  for (const range of open) if (startMs >= range.fromMs && startMs < range.toMs) return true;
  return false;
}

/** What is added up while a day is walked through. */
interface Walk {
  readonly input: DayInput;
  readonly positions: readonly number[];
  readonly merges: readonly ("sum" | "max" | "last")[];
  readonly claimAt: number;
  readonly totals: number[];
  readonly values: number[];
  readonly pieces: Map<number, number[]>;
  intervals: number;
  incomplete: number;
  outside: number;
  excluded: number;
  lastStartMs: number | null;
  claim: Claim | null;
}

/** Reads the counts of an interval that the formula needs into `values`, which is used again for the next one; false when one is missing. */
function readValues({ positions, values }: Walk, interval: Interval): boolean {
  for (let i = 0; i < positions.length; i++) {
    const value = interval.counters[positions[i] ?? -1];
    if (value === undefined || value === null) return false;
    values[i] = value;
  }
  return true;
}

function addPiece(walk: Walk, rule: PieceRule, startMs: number, values: readonly number[]): void {
  const key = Math.floor((startMs - walk.input.day.fromMs) / rule.lengthMs);
  const sums = walk.pieces.get(key) ?? values.map(() => 0);
  values.forEach((value, i) => (sums[i] = walk.merges[i] === "max" ? Math.max(sums[i] ?? 0, value) : (sums[i] ?? 0) + value));
  walk.pieces.set(key, sums);
}

/** Whether an interval is counted; tells the reason in the walk if not. Claims of the file are kept for whatever is inside the hours. */
function isCounted(walk: Walk, open: readonly Range[], interval: Interval): boolean {
  if (!isOpen(open, interval.startMs)) {
    walk.outside++;
    return false;
  }
  if (walk.input.isExcluded?.(interval) === true) {
    walk.excluded++;
    return false;
  }
  walk.claim = walk.intervals + walk.incomplete === 0 && walk.claimAt >= 0 ? (interval.claims[walk.claimAt] ?? null) : null;
  const isComplete = readValues(walk, interval);
  if (isComplete) walk.intervals++;
  else walk.incomplete++;
  return isComplete;
}

/** Of a snapshot the latest of each queue counts, and queues are added together. */
function addQueue(walk: Walk, { open, intervals }: CountedQueue): void {
  const { day, piece } = walk.input;
  const { values } = walk;
  const latest = walk.merges.map(() => 0);
  let latestMs = -Infinity;
  for (const interval of intervals) {
    const { startMs } = interval;
    if (startMs < day.fromMs || startMs >= day.toMs) continue;
    if (!isCounted(walk, open, interval)) continue;
    for (let i = 0; i < values.length; i++) {
      const [before, value] = [walk.totals[i] ?? 0, values[i] ?? 0];
      if (walk.merges[i] === "sum") walk.totals[i] = before + value;
      else if (walk.merges[i] === "max") walk.totals[i] = Math.max(before, value);
      else if (startMs > latestMs) latest[i] = value;
    }
    latestMs = Math.max(latestMs, startMs);
    walk.lastStartMs = Math.max(walk.lastStartMs ?? startMs, startMs);
    if (piece !== null) addPiece(walk, piece, startMs, values);
  }
  latest.forEach((value, i) => (walk.totals[i] = (walk.totals[i] ?? 0) + value));
}

/**
 * Sums one local day for one target: integers only, so the order of intervals cannot matter.
 * An interval that lacks any needed count is left out of every sum, numerator and denominator alike.
 */
export function sumDay(input: DayInput): DaySums {
  const walk: Walk = {
    input,
    positions: input.counters.map((counter) => input.layout.counters.indexOf(counter)),
    merges: input.counters.map(mergeOf),
    claimAt: input.claim === null ? -1 : input.layout.claims.indexOf(input.claim),
    totals: input.counters.map(() => 0),
    values: input.counters.map(() => 0),
    pieces: new Map(),
    intervals: 0,
    incomplete: 0,
    outside: 0,
    excluded: 0,
    lastStartMs: null,
    claim: null,
  };
  for (const queue of input.queues) addQueue(walk, queue);
  const passes = [...walk.pieces.values()].flatMap((totals) => input.piece?.passes(totals) ?? []);
  const { intervals, incomplete, outside, excluded, totals, lastStartMs, claim } = walk;
  const judged = passes.length;
  return { intervals, incomplete, outside, excluded, judged, passed: passes.filter(Boolean).length, totals, lastStartMs, claim };
}
