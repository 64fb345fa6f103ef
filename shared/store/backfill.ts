import type { Redis } from "ioredis";
import { intervalPlace } from "../facts/interval.ts";
import { packFact } from "../facts/msgpack.ts";
import { compileStoredShares, type StoredShares } from "../facts/stored-shares.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { CounterId } from "../metrics/counter.ts";
import { FencedError } from "./chunk.ts";
import { ColdGuard } from "./cold-guard.ts";
import { agreementKeys } from "./keys.ts";
import { readRecordFacts } from "./record-facts.ts";
import { runScript } from "./script.ts";

/** Intervals a call: some tenths of a millisecond of Redis time. */
const INTERVALS_PER_CALL = 500;

const SCRIPT = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
local at = 2
for _ = 1, tonumber(ARGV[2]) do
  redis.call('HSET', KEYS[tonumber(ARGV[at + 1])], ARGV[at + 2], ARGV[at + 3])
  at = at + 3
end
return 'done'
`;

export interface Backfill {
  readonly agreementId: string;
  readonly feed: string;
  readonly kind: FeedDefinition["kind"];
  readonly counters: readonly CounterId[];
  readonly intervalMs: number;
  /** The worker's lease token: nobody hands in meanwhile. */
  readonly fence: string;
  readonly nowMs: number;
}

interface Counted {
  readonly key: string;
  readonly field: string;
  readonly sums: number[];
}

async function countAll(redis: Redis, { agreementId, feed }: Backfill, sharesOf: (bytes: Uint8Array) => StoredShares): Promise<Counted[]> {
  const keys = agreementKeys(agreementId);
  const intervals = new Map<string, Counted>();
  const add = (queue: string, { startMs, added }: StoredShares["shares"][number]): void => {
    const { day, field } = intervalPlace(startMs);
    const key = keys.interval(feed, queue, day);
    const known = intervals.get(`${key} ${field}`);
    if (known === undefined) intervals.set(`${key} ${field}`, { key, field, sums: [...added] });
    else added.forEach((value, i) => (known.sums[i] = (known.sums[i] ?? 0) + value));
  };
  for await (const facts of readRecordFacts(redis, agreementId, feed))
    for (const { queue, shares } of facts.map(sharesOf)) for (const share of shares) add(queue, share);
  return [...intervals.values()].filter(({ sums }) => sums.some((sum) => sum !== 0));
}

/** Sums are written as they are, because the step that moves them adds to what stands there. */
async function write(redis: Redis, { agreementId, fence }: Backfill, some: readonly Counted[]): Promise<void> {
  const hashes = [...new Set(some.map(({ key }) => key))];
  const places = new Map(hashes.map((key, i) => [key, i + 2]));
  const args: (string | number | Buffer)[] = [fence, some.length];
  for (const { key, field, sums } of some) args.push(places.get(key) ?? 0, field, Buffer.from(packFact(0, sums)));
  const reply = await runScript(redis, SCRIPT, [agreementKeys(agreementId).lease, ...hashes], args);
  if (reply === "fenced") throw new FencedError();
}

/**
 * Counts every interval of a keyed feed anew from its contacts or other records, for a layout that has more counters than the stored one.
 * Whole intervals are written as they are, not changed, so that a second run after a crash comes to the same. Readers of
 * the earlier layout find its counters where they were.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function backfillRecords(redis: Redis, backfill: Backfill): Promise<void> {
  const sharesOf = compileStoredShares(backfill.kind, backfill);
  // Other kinds store the intervals themselves.
  if (sharesOf === null) return;
  await new ColdGuard(redis, backfill).touchAll();
  const intervals = await countAll(redis, backfill, sharesOf);
  for (let from = 0; from < intervals.length; from += INTERVALS_PER_CALL)
    await write(redis, backfill, intervals.slice(from, from + INTERVALS_PER_CALL));
}
