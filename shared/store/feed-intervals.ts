import type { Redis } from "ioredis";
import type { AgreementContext } from "../agreement/context.ts";
import type { ContactFact } from "../facts/contact-fact.ts";
import { countContacts } from "../facts/fact-table.ts";
import { type Interval, intervalStart, type QueueIntervals } from "../facts/interval.ts";
import type { Layout } from "../feeds/canonical.ts";
import { readAgreement } from "./agreements.ts";
import { readContactFacts } from "./contact-facts.ts";
import { readIntervals } from "./intervals.ts";

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

async function counted(redis: Redis, { context, feed, fromMs, toMs }: FeedIntervalQuery): Promise<QueueIntervals[]> {
  const intervalMs = context.intervalMs(feed);
  const facts: ContactFact[] = [];
  for await (const some of readContactFacts(redis, context.agreement.id, feed)) {
    for (const fact of some) {
      const startMs = intervalStart(fact.startMs, intervalMs);
      if (startMs >= fromMs && startMs < toMs) facts.push(fact);
    }
  }
  return countContacts(facts, context.layout(feed).counters, intervalMs);
}

/**
 * The intervals of a feed that start in a range, laid out as a version or a draft of it needs them: as stored where the
 * stored counters suffice, else counted from the contacts.
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
  if (context.feed(feed)?.kind === "contact" && !suffices) return await counted(redis, query);
  return rearranged(await readIntervals(redis, { agreementId, feed, layout, fromMs, toMs }), layout, wanted);
}
