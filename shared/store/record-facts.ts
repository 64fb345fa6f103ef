import type { Redis } from "ioredis";
import { agreementKeys } from "./keys.ts";

/** A record lies in one of 4,096 hashes by the first 12 bits of its id's SHA-256. */
const BUCKETS = 4096;
const AT_ONCE = 64;
/** Some thousand facts a reply; a whole hash of a feed of millions of records would keep Redis too long. */
const SCANNED = 500;

/** A stored fact under the name of its record: the first 12 bytes of the id's SHA-256. */
export interface NamedFact {
  readonly name: Uint8Array;
  readonly bytes: Uint8Array;
}

async function readBucket(redis: Redis, key: string): Promise<NamedFact[]> {
  const facts = new Map<string, NamedFact>();
  let cursor = "0";
  do {
    const [next, items]: [Buffer, Buffer[]] = await redis.hscanBuffer(key, cursor, "COUNT", SCANNED);
    for (let i = 1; i < items.length; i += 2) {
      const [name, bytes] = [items[i - 1], items[i]];
      // A hash that grows meanwhile may show a field twice.
      if (name !== undefined && bytes !== undefined) facts.set(name.toString("latin1"), { name, bytes });
    }
    cursor = String(next);
  } while (cursor !== "0");
  return [...facts.values()];
}

/**
 * Every record that a feed knows, as packed, some hashes at a time. Nobody may write meanwhile: hold the lease, or be content with
 * a picture that is not of one instant.
 */
export async function* readRecordFacts(redis: Redis, agreementId: string, feed: string): AsyncGenerator<Uint8Array[]> {
  for await (const some of readNamedFacts(redis, agreementId, feed)) yield some.map(({ bytes }) => bytes);
}

/** The same with their names. */
export async function* readNamedFacts(redis: Redis, agreementId: string, feed: string): AsyncGenerator<NamedFact[]> {
  const keys = agreementKeys(agreementId);
  for (let from = 0; from < BUCKETS; from += AT_ONCE) {
    const buckets = Array.from({ length: AT_ONCE }, (_, i) => (from + i).toString(16).padStart(3, "0"));
    yield (await Promise.all(buckets.map(async (bucket) => await readBucket(redis, keys.records(feed, bucket))))).flat();
  }
}
