import type { FeedFacts } from "../facts/fact-table.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import type { AgreementContext } from "./context.ts";
import type { DaySums } from "./day-sums.ts";
import { sumTargetDay } from "./target-day.ts";
import type { Verdict } from "./verdict.ts";
import { daysBetween, evaluateWindow, isInForce, windowsTouched } from "./windows.ts";

/** First and last local day of which any feed spoke; `null` when none did. */
function dataRange({ zone }: AgreementContext, feeds: ReadonlyMap<string, FeedFacts>): { from: string; to: string } | null {
  const spans = [...feeds.values()].flatMap(({ span }) => span ?? []);
  if (spans.length === 0) return null;
  const [firstMs, lastMs] = [Math.min(...spans.map((span) => span.firstMs)), Math.max(...spans.map((span) => span.lastMs))];
  return { from: zone.localDay(firstMs), to: zone.localDay(lastMs) };
}

/** Splits a feed's intervals by local day once, so that a day's sums look at that day only. */
function byDay(context: AgreementContext, queues: readonly QueueIntervals[]): Map<string, QueueIntervals[]> {
  const days = new Map<string, QueueIntervals[]>();
  for (const { queue, intervals } of queues) {
    const own = Map.groupBy(intervals, ({ startMs }) => context.zone.localDay(startMs));
    for (const [day, some] of own) days.set(day, [...(days.get(day) ?? []), { queue, intervals: some }]);
  }
  return days;
}

/**
 * Every window of every target from the first to the last day of which a row spoke, oldest first per target: the whole history
 * in one go. The live system evaluates the same windows one by one and must come to the same verdicts, bit for bit.
 */
export function evaluateAll(context: AgreementContext, feeds: ReadonlyMap<string, FeedFacts>, nowMs: number): Verdict[] {
  const range = dataRange(context, feeds);
  if (range === null) return [];
  const { agreement, zone } = context;
  const days = daysBetween(range.from, range.to).filter((day) => isInForce(agreement, day));
  const split = new Map([...feeds].map(([feed, { queues }]) => [feed, byDay(context, queues)]));
  return context.targets.flatMap((compiled) => {
    const feed = compiled.target.feed;
    const sums = new Map<string, DaySums>();
    for (const [day, queues] of split.get(feed) ?? []) sums.set(day, sumTargetDay(context, compiled, day, queues));
    const input = {
      agreement,
      zone,
      compiled,
      intervalMs: context.intervalMs(feed),
      nowMs,
      receivedMs: nowMs,
      silentSinceMs: null,
      sumsOf: (day: string) => sums.get(day),
    };
    return windowsTouched(compiled, zone, days, nowMs).map((window) => evaluateWindow(input, window));
  });
}
