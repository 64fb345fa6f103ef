import type { Redis } from "ioredis";
import { type Interval, type QueueIntervals, intervalStartOf, unpackInterval, utcDaysOf } from "../facts/interval.ts";
import type { Layout } from "../feeds/canonical.ts";
import { agreementKeys } from "./keys.ts";

export interface IntervalQuery {
  readonly agreementId: string;
  readonly feed: string;
  readonly layout: Layout;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Every queue that a feed has ever named. */
export async function readQueues(redis: Redis, agreementId: string, feed: string): Promise<string[]> {
  return (await redis.smembers(agreementKeys(agreementId).queues(feed))).toSorted();
}

async function readDay(redis: Redis, query: IntervalQuery, queue: string, day: string): Promise<Interval[]> {
  const stored = await redis.hgetallBuffer(agreementKeys(query.agreementId).interval(query.feed, queue, day));
  return Object.entries(stored)
    .map(([field, bytes]) => unpackInterval(bytes, intervalStartOf({ day, field }), query.layout))
    .filter((interval) => interval.startMs >= query.fromMs && interval.startMs < query.toMs);
}

/** All stored intervals of a feed that start inside the range, by queue. */
export async function readIntervals(redis: Redis, query: IntervalQuery): Promise<QueueIntervals[]> {
  return await readIntervalsOf(redis, query, await readQueues(redis, query.agreementId, query.feed));
}

/** The same for queues that are known already. */
export async function readIntervalsOf(redis: Redis, query: IntervalQuery, queues: readonly string[]): Promise<QueueIntervals[]> {
  const days = utcDaysOf(query.fromMs, query.toMs);
  return await Promise.all(
    queues.map(async (queue) => ({
      queue,
      intervals: (await Promise.all(days.map(async (day) => await readDay(redis, query, queue, day)))).flat(),
    })),
  );
}
