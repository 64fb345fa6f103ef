import type { Redis } from "ioredis";
import type { CompiledTarget } from "../agreement/compiled.ts";
import type { AgreementContext } from "../agreement/context.ts";
import { figuresOfDay } from "../agreement/target-day.ts";
import { measuredRanges } from "../agreement/scope.ts";
import type { QueueIntervals } from "../facts/interval.ts";
import type { DaySeries } from "../protocol/live.ts";
import { readAgreement } from "./agreements.ts";
import { readIntervals } from "./intervals.ts";

/** Gaps between the measured ranges of a day. */
function closedRanges(
  day: { fromMs: number; toMs: number },
  open: readonly { fromMs: number; toMs: number }[],
): { fromMs: number; toMs: number }[] {
  const edges = [day.fromMs, ...open.flatMap((range) => [range.fromMs, range.toMs]), day.toMs];
  const closed: { fromMs: number; toMs: number }[] = [];
  for (let i = 0; i + 1 < edges.length; i += 2) {
    const [fromMs, toMs] = [edges[i] ?? 0, edges[i + 1] ?? 0];
    if (fromMs < toMs) closed.push({ fromMs, toMs });
  }
  return closed;
}

/** One local day of a target as a chart draws it. */
export function seriesOf(context: AgreementContext, compiled: CompiledTarget, day: string, queues: readonly QueueIntervals[]): DaySeries {
  const range = context.zone.dayRange(day);
  return {
    targetId: compiled.target.id,
    day,
    fromMs: range.fromMs,
    toMs: range.toMs,
    intervalMs: context.intervalMs(compiled.target.feed),
    closed: closedRanges(range, measuredRanges(compiled.scope, day)),
    points: figuresOfDay(context, compiled, day, queues),
  };
}

/** As the version has it that governs the day; `null` when there is no such agreement or target. */
export async function readDaySeries(
  redis: Redis,
  query: { agreementId: string; targetId: string; day: string },
): Promise<DaySeries | null> {
  const stored = await readAgreement(redis, query.agreementId);
  const context = stored?.history.contextOn(query.day) ?? stored;
  const compiled = context?.targets.find(({ target }) => target.id === query.targetId);
  if (context === null || compiled === undefined) return null;
  const feed = compiled.target.feed;
  const queues = await readIntervals(redis, {
    agreementId: query.agreementId,
    feed,
    layout: context.layout(feed),
    ...context.zone.dayRange(query.day),
  });
  return seriesOf(context, compiled, query.day, queues);
}
