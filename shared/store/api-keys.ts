import type { Redis } from "ioredis";
import { z } from "zod";
import { peopleKeys } from "./people-keys.ts";
import { runScript } from "./script.ts";

/** A machine's right to hand in files for some feeds of one agreement. Of the secret only its SHA-256 is kept. */
export const ApiKey = z.strictObject({
  id: z.string(),
  name: z.string(),
  agreementId: z.string(),
  /** Feed ids with their agreement, such as `harbour.calls`. */
  feeds: z.array(z.string()),
  secretSha256: z.string(),
  createdAtMs: z.int(),
});
export type ApiKey = z.infer<typeof ApiKey>;

const USED_EVERY_MS = 60_000;

const ADD = `
redis.call('SET', KEYS[1], ARGV[1])
redis.call('SADD', KEYS[2], ARGV[2])
return 1`;

const REVOKE = `
if redis.call('SREM', KEYS[2], ARGV[1]) == 0 then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('INCR', KEYS[4])
return 1`;

export async function addApiKey(redis: Redis, key: ApiKey): Promise<void> {
  const keys = [peopleKeys.apiKey(key.id), peopleKeys.apiKeysOf(key.agreementId)];
  await runScript(redis, ADD, keys, [JSON.stringify(key), key.id]);
}

/** The key, or `null` when it never was or has been revoked. */
export async function readApiKey(redis: Redis, id: string): Promise<ApiKey | null> {
  const text = await redis.get(peopleKeys.apiKey(id));
  return text === null ? null : ApiKey.parse(JSON.parse(text));
}

/** Keys of an agreement, oldest first, each with the time it was last used (to the minute) or `null`. */
export async function listApiKeys(redis: Redis, agreementId: string): Promise<{ key: ApiKey; lastUsedAtMs: number | null }[]> {
  const ids = await redis.smembers(peopleKeys.apiKeysOf(agreementId));
  if (ids.length === 0) return [];
  const [texts, used] = await Promise.all([
    redis.mget(ids.map((id) => peopleKeys.apiKey(id))),
    redis.hmget(peopleKeys.apiKeysUsed, ...ids),
  ]);
  const keys = texts.flatMap((text, i) => {
    if (text === null) return [];
    const at = used[i];
    return [{ key: ApiKey.parse(JSON.parse(text)), lastUsedAtMs: typeof at === "string" ? Number(at) : null }];
  });
  return keys.toSorted((a, b) => a.key.createdAtMs - b.key.createdAtMs);
}

/** Notes the use of a key, at most once a minute. */
export async function noteApiKeyUse(redis: Redis, id: string, nowMs: number): Promise<void> {
  const last = await redis.hget(peopleKeys.apiKeysUsed, id);
  if (last !== null && nowMs - Number(last) < USED_EVERY_MS) return;
  await redis.hset(peopleKeys.apiKeysUsed, id, String(nowMs));
}

/** Takes the key away for good. @returns false when the agreement has no such key. */
export async function revokeApiKey(redis: Redis, agreementId: string, id: string): Promise<boolean> {
  const keys = [peopleKeys.apiKey(id), peopleKeys.apiKeysOf(agreementId), peopleKeys.apiKeysUsed, peopleKeys.revision];
  return (await runScript(redis, REVOKE, keys, [id])) === 1;
}
