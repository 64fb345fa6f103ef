import type { Redis } from "ioredis";
import { unpackHash } from "../facts/packed-hash.ts";
import { descendants } from "../facts/record-hash.ts";
import { lengthen } from "../facts/short-fact.ts";
import { readFormerFacts } from "./former-records.ts";
import { hashKeys, readShelf, type RecordFeed, type Shelf, shelfKey } from "./record-shelf.ts";
import { runScriptBuffer } from "./script.ts";

/** A fact as its codec packs it, under the name of its record: the first 12 bytes of the id's SHA-256. */
export interface NamedFact {
  readonly name: Uint8Array;
  readonly bytes: Uint8Array;
}

/** Some thousand facts a reply; more at a time would keep Redis too long. */
const HASHES_AT_ONCE = 32;

/** Hashes whole, or nothing where facts have moved since the number of hashes was read. */
const READ = `
if redis.call('HGET', KEYS[1], 'hashes') ~= ARGV[1] then return false end
local read = {}
for i = 2, #KEYS do read[i - 1] = cmsgpack.pack(redis.call('HGETALL', KEYS[i])) end
return read
`;

/** Bytes as names are made of them: one character each. */
function nameOf(field: string): Uint8Array {
  return Buffer.from(field, "latin1");
}

/**
 * Every fact of hashes of the given layout, wherever they lie by now: a hash that was divided is read with those that came
 * from it, in one step.
 */
async function readHashes(redis: Redis, of: RecordFeed, shelf: Shelf, some: readonly number[]): Promise<NamedFact[]> {
  for (;;) {
    const now = await readShelf(redis, of);
    // The store was emptied meanwhile, as before a restore.
    if (now === null) return [];
    const all = some.flatMap((hash) => descendants(hash, shelf.hashes, now.hashes));
    const reply = await runScriptBuffer(redis, READ, [shelfKey(of), ...all.map(hashKeys(of))], [now.hashes]);
    if (!Array.isArray(reply)) continue;
    // Read after the facts: words only grow.
    const { words } = (await readShelf(redis, of)) ?? now;
    return reply.flatMap((bytes: unknown) => {
      if (!(bytes instanceof Uint8Array)) throw new Error("the read script answers with bytes");
      return unpackHash(bytes).map(({ field, value }) => ({ name: nameOf(field), bytes: lengthen(value, words) }));
    });
  }
}

async function* readShelved(redis: Redis, of: RecordFeed, shelf: Shelf): AsyncGenerator<NamedFact[]> {
  for (let from = 0; from < shelf.hashes; from += HASHES_AT_ONCE) {
    const some = Array.from({ length: Math.min(HASHES_AT_ONCE, shelf.hashes - from) }, (_, i) => from + i);
    yield await readHashes(redis, of, shelf, some);
  }
}

/** While facts are taken over one may be met in both layouts. */
async function* readBoth(redis: Redis, of: RecordFeed): AsyncGenerator<NamedFact[]> {
  const met = new Set<string>();
  for await (const some of readFormerFacts(redis, of)) {
    for (const { name } of some) met.add(name.toHex());
    yield some;
  }
  const shelf = await readShelf(redis, of);
  if (shelf === null) return;
  for await (const some of readShelved(redis, of, shelf)) yield some.filter(({ name }) => !met.has(name.toHex()));
}

/**
 * Every record that a feed knows, as packed and with its name, some hashes at a time. Nobody may write meanwhile: hold the lease,
 * or be content with a picture that is not of one instant; no record is met twice or left out for having moved.
 */
export async function* readNamedFacts(redis: Redis, agreementId: string, feed: string): AsyncGenerator<NamedFact[]> {
  const of = { agreementId, feed };
  const shelf = await readShelf(redis, of);
  yield* shelf === null || shelf.adopted !== null ? readBoth(redis, of) : readShelved(redis, of, shelf);
}

/** The same without their names. */
export async function* readRecordFacts(redis: Redis, agreementId: string, feed: string): AsyncGenerator<Uint8Array[]> {
  for await (const some of readNamedFacts(redis, agreementId, feed)) yield some.map(({ bytes }) => bytes);
}
