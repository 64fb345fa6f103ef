import type { Redis } from "ioredis";
import type { AgreementContext } from "../agreement/context.ts";
import { ShareCount } from "../facts/fact-table.ts";
import type { Interval, QueueIntervals } from "../facts/interval.ts";
import { compileStoredShares, type StoredShares } from "../facts/stored-shares.ts";
import type { Layout } from "../feeds/canonical.ts";
import { readAgreement } from "./agreements.ts";
import { readIntervals } from "./intervals.ts";
import { readRecordFacts } from "./record-facts.ts";

export interface FeedIntervalQuery {
  /** A version of the agreement, in force or a draft. */
  readonly context: AgreementContext;
  readonly feed: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The same counts in the places of another layout. */
function rearranged(intervals: readonly QueueIntervals[], from: Layout, to: Layout): QueueIntervals[] {
  const places = to.counters.map((counter) => from.counters.indexOf(counter));
  const claims = to.claims.map((claim) => from.claims.indexOf(claim));
  const move = (interval: Interval): Interval => ({
    ...interval,
    counters: places.map((place) => interval.counters[place] ?? null),
    claims: claims.map((place) => interval.claims[place] ?? null),
  });
  return intervals.map(({ queue, intervals: own }) => ({ queue, intervals: own.map(move) }));
}

async function counted(
  redis: Redis,
  { context, feed, fromMs, toMs }: FeedIntervalQuery,
  sharesOf: (bytes: Uint8Array) => StoredShares,
): Promise<QueueIntervals[]> {
  const count = new ShareCount();
  for await (const some of readRecordFacts(redis, context.agreement.id, feed)) {
    for (const { queue, shares } of some.map(sharesOf)) {
      const inRange = shares.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
      if (inRange.length > 0) count.add(queue, inRange);
    }
  }
  return count.queues();
}

/**
 * The intervals of a feed that start in a range, laid out as a version or a draft of it needs them: as stored where the
 * stored counters suffice, else counted from the contacts or other records.
 */
export async function readFeedIntervals(redis: Redis, query: FeedIntervalQuery): Promise<QueueIntervals[]> {
  const { context, feed, fromMs, toMs } = query;
  const agreementId = context.agreement.id;
  const stored = await readAgreement(redis, agreementId);
  const wanted = context.layout(feed);
  const layout = stored?.layout(feed) ?? { counters: [], claims: [] };
  const suffices =
    stored !== null &&
    stored.intervalMs(feed) === context.intervalMs(feed) &&
    wanted.counters.every((counter) => layout.counters.includes(counter));
  const kind = context.feed(feed)?.kind;
  const sharesOf =
    kind === undefined ? null : compileStoredShares(kind, { counters: wanted.counters, intervalMs: context.intervalMs(feed) });
  if (sharesOf !== null && !suffices) return await counted(redis, query, sharesOf);
  return rearranged(await readIntervals(redis, { agreementId, feed, layout, fromMs, toMs }), layout, wanted);
}
