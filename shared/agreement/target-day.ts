import type { Range } from "../calendar/range.ts";
import { windowDaysOf } from "../calendar/window-days.ts";
import type { Interval, QueueIntervals } from "../facts/interval.ts";
import { claimOf } from "../feeds/claim-of.ts";
import { grainOf } from "../feeds/grain.ts";
import { mergeOf } from "../metrics/counter.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { AgreementContext } from "./context.ts";
import type { DayCounts, DaySums } from "./day-sums.ts";
import type { Exclusion } from "./exclusion.ts";
import { figureOf } from "./figure.ts";
import { pieceRuleOf } from "./piece-rule.ts";
import { hoursOf } from "./scope.ts";
import { addAcrossQueues, type CountedQueue, sumDay } from "./sum-day.ts";
import { VOLUME_TARGET } from "./volume-target.ts";

/** What is known about a day: the intervals of a feed, and the claims that ask to leave time out. */
export interface DayFacts {
  readonly queues: readonly QueueIntervals[];
  readonly exclusions: readonly Exclusion[];
}

/** What a row of the target's feed stands for where that is a whole day or month, told by the day on which it starts; else `null`. */
export function wholeOf(context: AgreementContext, { target }: CompiledTarget, day: string): Range | null {
  const { zone } = context;
  const found = context.feed(target.feed);
  const grain = found === undefined ? "interval" : grainOf(found);
  if (grain === "interval") return null;
  if (grain === "day") return zone.dayRange(day);
  const { first, last } = windowDaysOf("month", day, "mon");
  return { fromMs: zone.dayRange(first).fromMs, toMs: zone.dayRange(last).toMs };
}

/**
 * The queues in scope with their open ranges. A daily row stands for its whole day, so it counts on every day on which
 * anything is measured; the row of a month and people who are employed count whatever the hours of the day are.
 */
export function countedQueues(
  context: AgreementContext,
  compiled: CompiledTarget,
  day: string,
  queues: readonly QueueIntervals[],
): (CountedQueue & QueueIntervals)[] {
  const whole = wholeOf(context, compiled, day) === null ? null : [context.zone.dayRange(day)];
  const kind = context.feed(compiled.target.feed)?.kind;
  const always = kind === "monthly" || kind === "roster";
  return queues.flatMap(({ queue, intervals }) => {
    const open = hoursOf(compiled.scope, queue)?.rangesOf(day);
    if (open === undefined) return [];
    return [{ queue, intervals, open: whole !== null && (always || open.length > 0) ? whole : open }];
  });
}

/** Whether a claim is about a target; a member is covered by its target's id. */
export function isAbout({ targets }: Exclusion, { base, target }: CompiledTarget): boolean {
  return targets === "all" || targets.includes(base) || targets.includes(target.id);
}

/** Whether an interval is left out: its start lies in what is claimed, or the whole day or month of its row does. */
export function isExcluded(exclusion: Range, startMs: number, wholeDay: Range | null): boolean {
  if (wholeDay !== null) return exclusion.fromMs <= wholeDay.fromMs && exclusion.toMs >= wholeDay.toMs;
  return startMs >= exclusion.fromMs && startMs < exclusion.toMs;
}

/**
 * Counts one target on one local day from the stored intervals of its feed: all of them, without what accepted claims
 * leave out, and without what open claims would. A target that its feed cannot answer has no sums, but the printed
 * figure remains a claim to be shown.
 */
export function sumTargetDay(context: AgreementContext, compiled: CompiledTarget, day: string, facts: DayFacts): DayCounts {
  const range = context.zone.dayRange(day);
  const answerable = compiled.lacks === null;
  const wholeDay = wholeOf(context, compiled, day);
  const input = {
    counters: answerable ? compiled.counters : [],
    layout: context.layout(compiled.target.feed),
    claim: claimOf(compiled.target.measure),
    day: range,
    queues: countedQueues(context, compiled, day, facts.queues),
    piece: answerable ? pieceRuleOf(compiled, context.intervalMs(compiled.target.feed)) : null,
  };
  const sums = (exclusions: readonly Exclusion[]): DaySums => {
    const leftOut = ({ startMs }: Interval): boolean => exclusions.some((exclusion) => isExcluded(exclusion, startMs, wholeDay));
    const counts = sumDay({ ...input, isExcluded: exclusions.length === 0 ? null : leftOut });
    return answerable ? counts : { ...counts, totals: compiled.counters.map(() => 0) };
  };
  const about = facts.exclusions.filter(
    (exclusion) => exclusion.fromMs < range.toMs && exclusion.toMs > range.fromMs && isAbout(exclusion, compiled),
  );
  const recomputed = sums([]);
  // A day of which no interval says how many were offered has no volume, not one of 0.
  if (compiled.target.id === VOLUME_TARGET) {
    return { recomputed: recomputed.intervals === 0 ? { ...recomputed, totals: [] } : recomputed, adjusted: null, ifAllAccepted: null };
  }
  const accepted = about.filter(({ state }) => state === "accepted");
  const adjusted = accepted.length === 0 ? recomputed : sums(accepted);
  const all = about.length === accepted.length ? adjusted : sums(about);
  return {
    recomputed,
    adjusted: adjusted.excluded === recomputed.excluded ? null : adjusted,
    ifAllAccepted: all.excluded === adjusted.excluded ? null : all,
  };
}

export interface IntervalFigure {
  readonly startMs: number;
  readonly num: number;
  readonly den: number;
}

/** The figure of every interval of a day, queues added together first; intervals without a denominator are left out. */
export function figuresOfDay(
  context: AgreementContext,
  compiled: CompiledTarget,
  day: string,
  queues: readonly QueueIntervals[],
): IntervalFigure[] {
  if (compiled.lacks !== null) return [];
  const layout = context.layout(compiled.target.feed);
  const range = context.zone.dayRange(day);
  const positions = compiled.counters.map((counter) => layout.counters.indexOf(counter));
  const merges = compiled.counters.map(mergeOf);
  const byStart = new Map<number, number[]>();
  const inScope = queues.filter(({ queue }) => hoursOf(compiled.scope, queue) !== null);
  for (const interval of inScope.flatMap(({ intervals }) => intervals)) {
    if (interval.startMs < range.fromMs || interval.startMs >= range.toMs) continue;
    const values = positions.map((position) => interval.counters[position] ?? null);
    if (values.includes(null)) continue;
    const sums = byStart.get(interval.startMs) ?? positions.map(() => 0);
    addAcrossQueues(
      sums,
      merges,
      values.map((value) => value ?? 0),
    );
    byStart.set(interval.startMs, sums);
  }
  return [...byStart.entries()]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([startMs, totals]) => {
      const figure = figureOf(compiled, totals)?.value;
      return figure === undefined ? [] : [{ startMs, num: figure.num, den: figure.den }];
    });
}
