import type { Redis } from "ioredis";
import type { KeyRing } from "./key-ring.ts";
import { peopleKeys } from "./people-keys.ts";

/** What to do when the keys are not those that this Redis was sealed with. */
export const FOREIGN_KEYS =
  `The folder keys/ does not hold the keys that the data in this Redis was sealed with. Put it back from the backup and start again. ` +
  `If it is lost for good, delete ${peopleKeys.keyRing} in Redis: names, raw files and pull secrets sealed before stay closed for ever.`;

/**
 * Whether these are the keys that the data was sealed with; the first ones are noted. Starting with others would make new
 * pseudonyms for the same people and leave every sealed file closed, and nobody would know why.
 */
export async function areKnownKeys(redis: Redis, keyRing: KeyRing): Promise<boolean> {
  await redis.setnx(peopleKeys.keyRing, keyRing.fingerprint);
  return (await redis.get(peopleKeys.keyRing)) === keyRing.fingerprint;
}
