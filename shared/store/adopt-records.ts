import type { Redis } from "ioredis";
import { hashesFor, hashOf } from "../facts/record-hash.ts";
import { Shortener } from "../facts/short-fact.ts";
import { FencedError } from "./chunk.ts";
import { countFormerFacts, formerKeyOf, type FormerFact, readFormerFacts } from "./former-records.ts";
import { agreementKeys } from "./keys.ts";
import { hashKeys, numbered, readShelf, type RecordFeed, type Shelf, shelfKey } from "./record-shelf.ts";
import { runScript } from "./script.ts";

const FACTS_PER_STEP = 500;

const BEGIN = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
if redis.call('EXISTS', KEYS[2]) == 0 then redis.call('HSET', KEYS[2], 'hashes', ARGV[2], 'facts', 0) end
if ARGV[3] ~= '0' then redis.call('HSETNX', KEYS[2], 'adopted', 0) end
return 'done'
`;

/** Some facts go from the former layout to this one; a step that was done is not done again. */
const STEP = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
if redis.call('HGET', KEYS[2], 'adopted') ~= ARGV[2] then return 'done' end
if #ARGV[3] > 0 then redis.call('HSET', KEYS[2], 'words', (redis.call('HGET', KEYS[2], 'words') or '') .. ARGV[3]) end
for i = 4, #ARGV, 4 do
  redis.call('HDEL', KEYS[tonumber(ARGV[i])], ARGV[i + 2])
  redis.call('HSET', KEYS[tonumber(ARGV[i + 1])], ARGV[i + 2], ARGV[i + 3])
end
redis.call('HINCRBY', KEYS[2], 'facts', (#ARGV - 3) / 4)
redis.call('HINCRBY', KEYS[2], 'adopted', 1)
return 'done'
`;

const END = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
redis.call('HDEL', KEYS[2], 'adopted')
return 'done'
`;

export type Writer = RecordFeed & {
  /** The worker's lease token. */
  readonly fence: string;
};

async function step(redis: Redis, of: Writer, script: string, args: readonly (string | number | Buffer)[], keys: readonly string[] = []) {
  const reply = await runScript(redis, script, [agreementKeys(of.agreementId).lease, shelfKey(of), ...keys], [of.fence, ...args]);
  if (reply === "fenced") throw new FencedError();
}

async function known(redis: Redis, of: Writer): Promise<Shelf> {
  const shelf = await readShelf(redis, of);
  if (shelf === null) throw new Error(`the facts of ${of.feed} have lost their layout`);
  return shelf;
}

async function move(redis: Redis, of: Writer, facts: readonly FormerFact[]): Promise<void> {
  const { hashes, words, adopted } = await known(redis, of);
  const shortener = new Shortener(words);
  const keys: string[] = [];
  const numberOf = numbered(keys);
  const [formerOf, keyOf] = [formerKeyOf(of), hashKeys(of)];
  const placed = facts.flatMap(({ name, bytes }) => [
    numberOf(formerOf(name)) + 2,
    numberOf(keyOf(hashOf(name, hashes))) + 2,
    Buffer.from(name),
    Buffer.from(shortener.shorten(bytes)),
  ]);
  await step(redis, of, STEP, [adopted ?? 0, Buffer.from(shortener.added), ...placed], keys);
}

/**
 * The layout of a feed's facts, for whoever holds the lease. Facts that a former release has stored are taken over first, some
 * hundreds a step; after a crash the next call goes on.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function openShelf(redis: Redis, of: Writer): Promise<Shelf> {
  const found = await readShelf(redis, of);
  if (found !== null && found.adopted === null) return found;
  const former = await countFormerFacts(redis, of);
  await step(redis, of, BEGIN, [hashesFor(former, 1), former]);
  for await (const facts of readFormerFacts(redis, of))
    for (let from = 0; from < facts.length; from += FACTS_PER_STEP) await move(redis, of, facts.slice(from, from + FACTS_PER_STEP));
  await step(redis, of, END, []);
  return await known(redis, of);
}
