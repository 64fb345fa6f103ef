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
  /** Of each counter whether it sums time. */
  readonly isTime: readonly boolean[];
}

/** Fewer contacts than this in an interval are equal too often by chance. */
const ENOUGH = 10;
/**
 * Two honest counts with a mean of at least 10 are equal with probability 1 / (2 sqrt(pi 10)) = 0.09 at most. Six equal in a
 * row: 0.09^5 = 6e-6 for one counter; the share of them that was answered is equal with 0.3 at most, so with further counters
 * 6e-6 x 0.3^5 = 1.4e-8, and far less where one of them sums time. With one counter alone ten are asked for: 0.09^9 = 4e-10.
 * At 700,000 starts of intervals a year (20 queues around the clock) that is one false question in a hundred years.
 */
const CONSTANT_RUN = 6;
const CONSTANT_RUN_OF_ONE = 10;
const COUNTERS_ENOUGH = 3;
/** Eight intervals equal to those of another day: 0.09^8 = 4e-9 for a pair of days; of 28 days and 20 queues 3e-5 a month. */
const REPEATED_LEAST = 8;
/** Of 60 honest counts one in ten is a multiple of ten; half of them are with probability 1e-14. */
const ROUND_LEAST = 60;
const ROUND_SHARE = 0.5;

/** The largest count of contacts: times are no counts, and whole seconds in milliseconds are round by nature. */
function countOf({ isTime }: SuspicionInput, { counters }: Interval): number {
  return Math.max(0, ...counters.map((count, i) => (isTime[i] === true ? 0 : (count ?? 0))));
}

function textOf({ counters }: Interval): string {
  return counters.join(",");
}

function nonZero({ counters }: Interval): number {
  return counters.filter((count) => count !== null && count !== 0).length;
}

/** The longest run of neighbours with the same counts. */
function constantIn(input: SuspicionInput, { queue, intervals }: QueueIntervals): Suspicion[] {
  let longest: readonly Interval[] = [];
  let run: Interval[] = [];
  for (const interval of intervals) {
    const last = run.at(-1);
    const goesOn = last !== undefined && interval.startMs - last.startMs === input.intervalMs && textOf(last) === textOf(interval);
    run = goesOn ? [...run, interval] : [interval];
    if (run.length > longest.length && countOf(input, interval) >= ENOUGH) longest = run;
  }
  const [first, last] = [longest[0], longest.at(-1)];
  if (first === undefined || last === undefined) return [];
  const least = nonZero(first) >= COUNTERS_ENOUGH ? CONSTANT_RUN : CONSTANT_RUN_OF_ONE;
  if (longest.length < least) return [];
  return [
    {
      kind: "constant",
      queue,
      fromMs: first.startMs,
      toMs: last.startMs + input.intervalMs,
      intervals: longest.length,
      like: null,
      tens: null,
    },
  ];
}

/** The latest day whose counts are those of an earlier one, clock time by clock time. */
function repeatedIn(input: SuspicionInput, { queue, intervals }: QueueIntervals): Suspicion[] {
  const { zone, intervalMs } = input;
  const days = Map.groupBy(intervals, ({ startMs }) => zone.localDay(startMs));
  const seen = new Map<string, Day>();
  let found: Suspicion | null = null;
  for (const [day, own] of days) {
    const telling = own.filter((interval) => countOf(input, interval) >= ENOUGH);
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

function roundIn(input: SuspicionInput, { queue, intervals }: QueueIntervals): Suspicion[] {
  const big = intervals.filter((interval) => countOf(input, interval) >= 2 * ENOUGH);
  const tens = big.filter((interval) => countOf(input, interval) % 10 === 0).length;
  const [first, last] = [big[0], big.at(-1)];
  if (first === undefined || last === undefined || big.length < ROUND_LEAST || tens < big.length * ROUND_SHARE) return [];
  return [{ kind: "round", queue, fromMs: first.startMs, toMs: last.startMs + input.intervalMs, intervals: big.length, like: null, tens }];
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
