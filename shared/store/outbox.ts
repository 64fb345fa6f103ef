import type { Redis } from "ioredis";
import { z } from "zod";
import { DutyRole } from "../agreement/alert-clauses.ts";
import type { AlertDelivery } from "../alerts/delivery.ts";
import type { Notice } from "../alerts/notice.ts";
import { agreementKeys } from "./keys.ts";
import { runScript } from "./script.ts";

const StoredNotice = z.strictObject({
  alertId: z.string(),
  seq: z.int().min(1),
  roles: z.array(DutyRole),
  people: z.array(z.string()),
});

const AT_ONCE = 100;
/** How many deliveries an agreement's log keeps. */
const KEPT = 5000;

/** What stands at the head of an outbox, oldest first. */
export interface OutboxHead {
  readonly texts: readonly string[];
  readonly notices: readonly Notice[];
}

export async function readOutbox(redis: Redis, agreementId: string): Promise<OutboxHead> {
  const texts = await redis.lrange(agreementKeys(agreementId).outbox, 0, AT_ONCE - 1);
  // One that nobody can read must not keep all others waiting.
  const read = texts.map((text) => StoredNotice.safeParse(JSON.parse(text)));
  return { texts, notices: read.flatMap(({ data }) => (data === undefined ? [] : [data])) };
}

export async function hasNotices(redis: Redis, agreementId: string): Promise<boolean> {
  return (await redis.exists(agreementKeys(agreementId).outbox)) === 1;
}

/**
 * Takes notices off only if they are the head still, and plans a delivery only if its key is new: a reply that was lost, or
 * two workers at once, plan nothing twice.
 */
const TAKE = `
local texts = cjson.decode(ARGV[1])
local head = redis.call('LRANGE', KEYS[1], 0, #texts - 1)
if #head ~= #texts then return 0 end
for i = 1, #texts do if head[i] ~= texts[i] then return 0 end end
redis.call('LTRIM', KEYS[1], #texts, -1)
local atMs, keep = ARGV[2], tonumber(ARGV[3])
for i = 4, #ARGV, 3 do
  local key, due = ARGV[i], ARGV[i + 1]
  if redis.call('HSETNX', KEYS[2], key, ARGV[i + 2]) == 1 then
    if due ~= '' then redis.call('ZADD', KEYS[3], due, key) end
    redis.call('ZADD', KEYS[4], atMs, key)
  end
end
local beyond = redis.call('ZCARD', KEYS[4]) - keep
if beyond > 0 then
  for _, key in ipairs(redis.call('ZRANGE', KEYS[4], 0, beyond - 1)) do
    if not redis.call('ZSCORE', KEYS[3], key) then
      redis.call('HDEL', KEYS[2], key)
      redis.call('ZREM', KEYS[4], key)
    end
  end
end
return 1`;

/** Puts deliveries in the place of the notices at the head of the outbox, in one step. @returns whether they were the head still. */
export async function takeFromOutbox(
  redis: Redis,
  agreementId: string,
  {
    texts,
    deliveries,
    nowMs,
  }: { readonly texts: readonly string[]; readonly deliveries: readonly AlertDelivery[]; readonly nowMs: number },
): Promise<boolean> {
  const keys = agreementKeys(agreementId);
  const planned = deliveries.flatMap((one) => [one.key, one.dueMs ?? "", JSON.stringify(one)]);
  const taken = await runScript(
    redis,
    TAKE,
    [keys.outbox, keys.alertDeliveries, keys.alertDeliveriesDue, keys.alertDeliveryLog],
    [JSON.stringify(texts), nowMs, KEPT, ...planned],
  );
  return taken === 1;
}
