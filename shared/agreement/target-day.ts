import type { Interval, QueueIntervals } from "../facts/interval.ts";
import { weigh } from "../metrics/formula.ts";
import type { CompiledTarget } from "./compiled.ts";
import type { AgreementContext } from "./context.ts";
import { claimOf, type DaySums, type Range, sumDay } from "./day-sums.ts";
import { measuredRanges } from "./windows.ts";

function inScope(compiled: CompiledTarget, queues: readonly QueueIntervals[]): Interval[] {
  const scope = compiled.target.queues;
  return queues.filter(({ queue }) => scope === "all" || scope.includes(queue)).flatMap(({ intervals }) => intervals);
}

/** A daily row stands for its whole day, so it counts on every day on which anything is measured. */
function openRanges(context: AgreementContext, compiled: CompiledTarget, day: string): readonly Range[] {
  const open = measuredRanges(context.agreement, context.zone, day);
  return context.feed(compiled.target.feed)?.kind === "daily" && open.length > 0 ? [context.zone.dayRange(day)] : open;
}

/**
 * Sums of one target on one local day, from the stored intervals of its feed. A target that its feed cannot answer has
 * no sums, but the printed figure remains a claim to be shown.
 */
export function sumTargetDay(context: AgreementContext, compiled: CompiledTarget, day: string, queues: readonly QueueIntervals[]): DaySums {
  const answerable = compiled.lacks === null;
  const sums = sumDay({
    counters: answerable ? compiled.counters : [],
    layout: context.layout(compiled.target.feed),
    claim: claimOf(compiled.target.measure),
    day: context.zone.dayRange(day),
    open: openRanges(context, compiled, day),
    intervals: inScope(compiled, queues),
  });
  return answerable ? sums : { ...sums, totals: compiled.counters.map(() => 0) };
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
  const byStart = new Map<number, number[]>();
  for (const interval of inScope(compiled, queues)) {
    if (interval.startMs < range.fromMs || interval.startMs >= range.toMs) continue;
    const values = positions.map((position) => interval.counters[position] ?? null);
    if (values.includes(null)) continue;
    const sums = byStart.get(interval.startMs) ?? positions.map(() => 0);
    byStart.set(
      interval.startMs,
      sums.map((sum, i) => sum + (values[i] ?? 0)),
    );
  }
  return [...byStart.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([startMs, sums]) => {
      const totals = new Map(compiled.counters.map((counter, i) => [counter, sums[i] ?? 0]));
      return { startMs, num: weigh(compiled.formula.numerator, totals), den: weigh(compiled.formula.denominator, totals) };
    })
    .filter(({ den }) => den > 0);
}
