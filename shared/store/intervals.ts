import type { Redis } from "ioredis";
import type { ColdMonth } from "../facts/cold-month.ts";
import { type Interval, type QueueIntervals, unpackInterval, utcDaysOf, utcDayStart } from "../facts/interval.ts";
import { unpackHash } from "../facts/packed-hash.ts";
import type { Layout } from "../feeds/canonical.ts";
import { coldField, coldMonthOf, unpackMonth } from "./cold-months.ts";
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

/**
 * Hashes packed whole, then the packed months of the same days, if the feed has any: one step, because a day may move from
 * one to the other. Some dozen a call, so that Redis is never kept for long.
 */
const READ = `
local read = {}
for i = 2, #KEYS do read[i - 1] = cmsgpack.pack(redis.call('HGETALL', KEYS[i])) end
if redis.call('EXISTS', KEYS[1]) == 1 then
  for i, month in ipairs(redis.call('HMGET', KEYS[1], unpack(ARGV))) do read[#KEYS - 1 + i] = month or '' end
end
return read
`;
const HASHES_PER_CALL = 31;

interface StoredDay {
  readonly queue: string;
  readonly key: string;
  readonly day: string;
  readonly startMs: number;
  /** Name of the packed month in which the day lies, if it is packed. */
  readonly month: string;
}

function bytesAt(reply: readonly unknown[], i: number): Uint8Array {
  const bytes = reply[i];
  if (!(bytes instanceof Uint8Array)) throw new Error("the read script answers with bytes");
  return bytes;
}

async function readDays(
  redis: Redis,
  { cold, layout }: { readonly cold: string; readonly layout: Layout },
  days: readonly StoredDay[],
): Promise<Interval[][]> {
  const names = [...new Set(days.map(({ month }) => month))];
  const reply: unknown = await runScriptBuffer(redis, READ, [cold, ...days.map(({ key }) => key)], names);
  if (!Array.isArray(reply)) throw new Error("the read script answers with a list");
  const months = new Map<string, ColdMonth>();
  for (const [i, name] of reply.length > days.length ? names.entries() : []) {
    const bytes = bytesAt(reply, days.length + i);
    if (bytes.length > 0) months.set(name, unpackMonth(bytes));
  }
  return days.map(({ day, startMs, month }, i) => {
    const stored = unpackHash(bytesAt(reply, i));
    const fields = stored.length > 0 ? stored : (months.get(month)?.fieldsOf(day) ?? []);
    return fields.map(({ field, value }) => unpackInterval(value, startMs + Number(field) * MINUTE_MS, layout));
  });
}

/** Calls of some dozen days each; the days of a queue's month stay together, so that a packed one is read once. */
function callsOf(wanted: readonly StoredDay[]): StoredDay[][] {
  const calls: StoredDay[][] = [];
  let call: StoredDay[] = [];
  for (let from = 0, to = 0; from < wanted.length; from = to) {
    while (to < wanted.length && wanted[to]?.month === wanted[from]?.month) to++;
    if (call.length > 0 && call.length + to - from > HASHES_PER_CALL) call = [];
    if (call.length === 0) calls.push(call);
    call.push(...wanted.slice(from, to));
  }
  return calls;
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
    utcDays.map(({ day, startMs }) => ({
      queue,
      key: keys.interval(query.feed, queue, day),
      day,
      startMs,
      month: coldField(queue, coldMonthOf(day)),
    })),
  );
  const place = { cold: keys.cold(query.feed), layout: query.layout };
  const read = (await Promise.all(callsOf(wanted).map(async (days) => await readDays(redis, place, days)))).flat();
  const inRange = ({ startMs }: Interval): boolean => startMs >= query.fromMs && startMs < query.toMs;
  return queues.map((queue, i) => ({
    queue,
    intervals: read
      .slice(i * utcDays.length, (i + 1) * utcDays.length)
      .flat()
      .filter(inRange),
  }));
}
