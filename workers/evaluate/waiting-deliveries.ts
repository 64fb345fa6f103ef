import type { Redis } from "ioredis";
import { z } from "zod";
import { agreementKeys } from "../../shared/store/keys.ts";
import { openReceipts } from "../../shared/store/receipts.ts";

const MOST_READ = 500;
const Accepted = z.object({ feedId: z.string(), acceptedAtMs: z.int() });

/** Of each feed when the latest file that nobody has read yet was accepted: a backlog of ours is no silence of theirs. */
export async function waitingDeliveries(redis: Redis, agreementId: string): Promise<Map<string, number>> {
  const numbers = (await openReceipts(redis, agreementId)).slice(-MOST_READ);
  const latest = new Map<string, number>();
  if (numbers.length === 0) return latest;
  for (const text of await redis.hmget(agreementKeys(agreementId).receipts, ...numbers.map(String))) {
    if (text === null) continue;
    const { feedId, acceptedAtMs } = Accepted.parse(JSON.parse(text));
    const feed = feedId.slice(agreementId.length + 1);
    latest.set(feed, Math.max(latest.get(feed) ?? acceptedAtMs, acceptedAtMs));
  }
  return latest;
}
