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
  readonly merges: readonly Merge[];
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

type Merge = ReturnType<typeof mergeOf>;

/** What one queue counted, in a whole day or in one of the intervals that are judged. */
interface QueueTotals {
  readonly totals: number[];
  lastStartMs: number;
}

function nothingOf(merges: readonly Merge[]): QueueTotals {
  return { totals: merges.map(() => 0), lastStartMs: -Infinity };
}

/** Adds an interval of a queue; of a snapshot the latest counts. */
function take(into: QueueTotals, { merges, values }: Walk, startMs: number): void {
  const { totals } = into;
  for (let i = 0; i < totals.length; i++) {
    const [before, value] = [totals[i] ?? 0, values[i] ?? 0];
    if (merges[i] === "sum") totals[i] = before + value;
    else if (merges[i] === "max") totals[i] = Math.max(before, value);
    else if (startMs > into.lastStartMs) totals[i] = value;
  }
  into.lastStartMs = Math.max(into.lastStartMs, startMs);
}

/** Adds what another queue counted at the same time: snapshots are added too, the longest of waits is the longest. */
export function addAcrossQueues(totals: number[], merges: readonly Merge[], values: readonly number[]): void {
  for (let i = 0; i < totals.length; i++) {
    const [before, value] = [totals[i] ?? 0, values[i] ?? 0];
    totals[i] = merges[i] === "max" ? Math.max(before, value) : before + value;
  }
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

function addQueue(walk: Walk, { open, intervals }: CountedQueue): void {
  const { day, piece } = walk.input;
  const { merges } = walk;
  const own = nothingOf(merges);
  const pieces = new Map<number, QueueTotals>();
  for (const interval of intervals) {
    const { startMs } = interval;
    if (startMs < day.fromMs || startMs >= day.toMs) continue;
    if (!isCounted(walk, open, interval)) continue;
    take(own, walk, startMs);
    walk.lastStartMs = Math.max(walk.lastStartMs ?? startMs, startMs);
    if (piece === null) continue;
    const key = Math.floor((startMs - day.fromMs) / piece.lengthMs);
    const known = pieces.get(key) ?? nothingOf(merges);
    take(known, walk, startMs);
    pieces.set(key, known);
  }
  addAcrossQueues(walk.totals, merges, own.totals);
  for (const [key, { totals }] of pieces) {
    const sums = walk.pieces.get(key) ?? merges.map(() => 0);
    addAcrossQueues(sums, merges, totals);
    walk.pieces.set(key, sums);
  }
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
