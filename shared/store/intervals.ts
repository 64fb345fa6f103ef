import type { Redis } from "ioredis";
import { type Interval, type QueueIntervals, unpackInterval, utcDaysOf, utcDayStart } from "../facts/interval.ts";
import { unpackHash } from "../facts/packed-hash.ts";
import type { Layout } from "../feeds/canonical.ts";
import { agreementKeys } from "./keys.ts";
import { runScriptBuffer } from "./script.ts";

const MINUTE_MS = 60_000;

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

/** Hashes packed whole. Some dozen a call, so that Redis is never kept for long. */
const READ = `
local packed = {}
for i = 1, #KEYS do packed[i] = cmsgpack.pack(redis.call('HGETALL', KEYS[i])) end
return packed
`;
const HASHES_PER_CALL = 24;

interface StoredDay {
  readonly queue: string;
  readonly key: string;
  readonly startMs: number;
}

async function readDays(redis: Redis, days: readonly StoredDay[], layout: Layout): Promise<Interval[][]> {
  const reply: unknown = await runScriptBuffer(
    redis,
    READ,
    days.map(({ key }) => key),
  );
  if (!Array.isArray(reply)) throw new Error("the read script answers with a list");
  return days.map(({ startMs }, i) => {
    const packed: unknown = reply[i];
    if (!(packed instanceof Uint8Array)) throw new Error("the read script answers with packed hashes");
    return unpackHash(packed).map(({ field, value }) => unpackInterval(value, startMs + Number(field) * MINUTE_MS, layout));
  });
}

/** All stored intervals of a feed that start inside the range, by queue. */
export async function readIntervals(redis: Redis, query: IntervalQuery): Promise<QueueIntervals[]> {
  return await readIntervalsOf(redis, query, await readQueues(redis, query.agreementId, query.feed));
}

/** The same for queues that are known already. */
export async function readIntervalsOf(redis: Redis, query: IntervalQuery, queues: readonly string[]): Promise<QueueIntervals[]> {
  const keys = agreementKeys(query.agreementId);
  const utcDays = utcDaysOf(query.fromMs, query.toMs).map((day) => ({ day, startMs: utcDayStart(day) }));
  const wanted = queues.flatMap((queue) =>
    utcDays.map(({ day, startMs }) => ({ queue, key: keys.interval(query.feed, queue, day), startMs })),
  );
  const calls = Array.from({ length: Math.ceil(wanted.length / HASHES_PER_CALL) }, (_, i) =>
    wanted.slice(i * HASHES_PER_CALL, (i + 1) * HASHES_PER_CALL),
  );
  const read = (await Promise.all(calls.map(async (days) => await readDays(redis, days, query.layout)))).flat();
  const inRange = ({ startMs }: Interval): boolean => startMs >= query.fromMs && startMs < query.toMs;
  return queues.map((queue, i) => ({
    queue,
    intervals: read
      .slice(i * utcDays.length, (i + 1) * utcDays.length)
      .flat()
      .filter(inRange),
  }));
}
