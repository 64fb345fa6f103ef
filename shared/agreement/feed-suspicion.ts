import type { Day } from "../calendar/day.ts";
import type { Zone } from "../calendar/zone.ts";
import type { Interval, QueueIntervals } from "../facts/interval.ts";

/**
 * Counts that look made rather than measured. `constant`: the same in interval after interval; `repeated`: a day equal to
 * another one; `round`: far too many tens.
 */
export interface Suspicion {
  readonly kind: "constant" | "repeated" | "round";
  readonly queue: string;
  /** Where it shows. */
  readonly fromMs: number;
  readonly toMs: number;
  /** How many intervals bear it out. */
  readonly intervals: number;
  /** For `repeated`: the day that it equals. For `round`: how many of how many counts are tens. */
  readonly like: Day | null;
  readonly tens: number | null;
}

export interface SuspicionInput {
  readonly zone: Zone;
  readonly intervalMs: number;
  readonly queues: readonly QueueIntervals[];
}

/** Fewer contacts than this in an interval are equal too often by chance. */
const ENOUGH = 10;
/**
 * Two honest counts with a mean of at least 10 are equal with probability 1 / (2 sqrt(pi 10)) = 0.09 at most. Six equal in a
 * row of one counter: 0.09^5 = 6e-6; with a second and third counter equal, too, far below 1e-9 a start. With one counter
 * alone ten are asked for: 0.09^9 = 4e-10. At 700,000 interval starts a year (20 queues) that is one false question in 3,000 years.
 */
const CONSTANT_RUN = 6;
const CONSTANT_RUN_OF_ONE = 10;
const COUNTERS_ENOUGH = 3;
/** Eight intervals equal to those of another day: 0.09^8 = 4e-9 for a pair of days; of 28 days and 20 queues 3e-5 a month. */
const REPEATED_LEAST = 8;
/** Of 60 honest counts one in ten is a multiple of ten; half of them are with probability 1e-14. */
const ROUND_LEAST = 60;
const ROUND_SHARE = 0.5;

function firstCount({ counters }: Interval): number {
  return counters.find((count) => count !== null) ?? 0;
}

function isEnough(interval: Interval): boolean {
  return Math.max(0, ...interval.counters.map((count) => count ?? 0)) >= ENOUGH && firstCount(interval) > 0;
}

function textOf({ counters }: Interval): string {
  return counters.join(",");
}

function nonZero({ counters }: Interval): number {
  return counters.filter((count) => count !== null && count !== 0).length;
}

/** The longest run of neighbours with the same counts. */
function constantIn({ intervalMs }: SuspicionInput, { queue, intervals }: QueueIntervals): Suspicion[] {
  let longest: readonly Interval[] = [];
  let run: Interval[] = [];
  for (const interval of intervals) {
    const last = run.at(-1);
    const goesOn = last !== undefined && interval.startMs - last.startMs === intervalMs && textOf(last) === textOf(interval);
    run = goesOn ? [...run, interval] : [interval];
    if (run.length > longest.length && isEnough(interval)) longest = run;
  }
  const [first, last] = [longest[0], longest.at(-1)];
  if (first === undefined || last === undefined) return [];
  const least = nonZero(first) >= COUNTERS_ENOUGH ? CONSTANT_RUN : CONSTANT_RUN_OF_ONE;
  if (longest.length < least) return [];
  return [
    { kind: "constant", queue, fromMs: first.startMs, toMs: last.startMs + intervalMs, intervals: longest.length, like: null, tens: null },
  ];
}

/** The latest day whose counts are those of an earlier one, clock time by clock time. */
function repeatedIn({ zone, intervalMs }: SuspicionInput, { queue, intervals }: QueueIntervals): Suspicion[] {
  const days = Map.groupBy(intervals, ({ startMs }) => zone.localDay(startMs));
  const seen = new Map<string, Day>();
  let found: Suspicion | null = null;
  for (const [day, own] of days) {
    const telling = own.filter(isEnough);
    if (telling.length < REPEATED_LEAST) continue;
    const text = own.map((interval) => `${zone.clockAt(interval.startMs)}=${textOf(interval)}`).join(";");
    const like = seen.get(text);
    seen.set(text, like ?? day);
    const [first, last] = [own[0], own.at(-1)];
    if (like === undefined || first === undefined || last === undefined) continue;
    found = { kind: "repeated", queue, fromMs: first.startMs, toMs: last.startMs + intervalMs, intervals: own.length, like, tens: null };
  }
  return found === null ? [] : [found];
}

function roundIn({ intervalMs }: SuspicionInput, { queue, intervals }: QueueIntervals): Suspicion[] {
  const big = intervals.filter((interval) => firstCount(interval) >= 2 * ENOUGH);
  const tens = big.filter((interval) => firstCount(interval) % 10 === 0).length;
  const [first, last] = [big[0], big.at(-1)];
  if (first === undefined || last === undefined || big.length < ROUND_LEAST || tens < big.length * ROUND_SHARE) return [];
  return [{ kind: "round", queue, fromMs: first.startMs, toMs: last.startMs + intervalMs, intervals: big.length, like: null, tens }];
}

/** What in the counts of some weeks asks for an explanation. A finding is a question, not a verdict: see its false-alarm rate above. */
export function suspicionsOf(input: SuspicionInput): Suspicion[] {
  return input.queues.flatMap((own) => {
    const sorted = { queue: own.queue, intervals: own.intervals.toSorted((a, b) => a.startMs - b.startMs) };
    const constant = constantIn(input, sorted);
    // A queue that never changes is equal every day; it is asked about once.
    return [...constant, ...(constant.length > 0 ? [] : repeatedIn(input, sorted)), ...roundIn(input, sorted)];
  });
}
