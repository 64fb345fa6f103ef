import type { Redis } from "ioredis";
import { agreementKeys } from "./keys.ts";
import type { RecordFeed } from "./record-shelf.ts";

/** A former release kept a record in one of 4,096 hashes by the first 12 bits of its id's SHA-256, as packed. */
const BUCKETS = 4096;
const AT_ONCE = 64;
/** Some thousand facts a reply; a whole hash of a feed of millions of records would keep Redis too long. */
const SCANNED = 500;

/** A fact as its codec packs it, under the name of its record: the first 12 bytes of the id's SHA-256. */
export interface FormerFact {
  readonly name: Uint8Array;
  readonly bytes: Uint8Array;
}

/** The keys in which former releases kept records, by name. */
export function formerKeyOf({ agreementId, feed }: RecordFeed): (name: Uint8Array) => string {
  const prefix = agreementKeys(agreementId).records(feed, "");
  return (name) => `${prefix}${name.toHex().slice(0, 3)}`;
}

function formerKeys({ agreementId, feed }: RecordFeed): string[] {
  const prefix = agreementKeys(agreementId).records(feed, "");
  return Array.from({ length: BUCKETS }, (_, i) => `${prefix}${i.toString(16).padStart(3, "0")}`);
}

async function readBucket(redis: Redis, key: string): Promise<FormerFact[]> {
  const facts = new Map<string, FormerFact>();
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

/** How many facts a feed has in the former layout. */
export async function countFormerFacts(redis: Redis, of: RecordFeed): Promise<number> {
  const keys = formerKeys(of);
  if ((await redis.exists(...keys)) === 0) return 0;
  const lengths = await Promise.all(keys.map(async (key) => await redis.hlen(key)));
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** The facts that a feed has in the former layout, some hashes at a time. */
export async function* readFormerFacts(redis: Redis, of: RecordFeed): AsyncGenerator<FormerFact[]> {
  const keys = formerKeys(of);
  if ((await redis.exists(...keys)) === 0) return;
  for (let from = 0; from < BUCKETS; from += AT_ONCE)
    yield (await Promise.all(keys.slice(from, from + AT_ONCE).map(async (key) => await readBucket(redis, key)))).flat();
}
