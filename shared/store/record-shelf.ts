import type { Redis } from "ioredis";
import { hashOf, NAME_BYTES } from "../facts/record-hash.ts";
import { lengthen, Words } from "../facts/short-fact.ts";
import { agreementKeys } from "./keys.ts";
import { runScriptBuffer } from "./script.ts";

export interface RecordFeed {
  readonly agreementId: string;
  readonly feed: string;
}

/** How the facts of a feed are laid out. Whoever holds the lease may count on it; for others it is how it was a moment ago. */
export interface Shelf {
  readonly hashes: number;
  readonly facts: number;
  readonly words: Words;
  /** Pieces that were taken over from the layout of former releases, while that is going on; else `null`. */
  readonly adopted: number | null;
}

/** Hash: `hashes`, `facts`, `words` and, while facts of the former layout are taken over, `adopted`. */
export function shelfKey({ agreementId, feed }: RecordFeed): string {
  return agreementKeys(agreementId).records(feed, "shelf");
}

/** The keys of a feed's hashes by their number, from 0. */
export function hashKeys({ agreementId, feed }: RecordFeed): (hash: number) => string {
  const prefix = agreementKeys(agreementId).records(feed, "n");
  return (hash) => `${prefix}${hash}`;
}

/** The words read last: those of the next step are the same, or begin the same. */
const lastWords = new WeakMap<Redis, Words>();

function wordsOf(redis: Redis, stored: Buffer | null): Words {
  const bytes = stored ?? Buffer.alloc(0);
  const last = lastWords.get(redis);
  if (last !== undefined && bytes.equals(last.stored)) return last;
  const words = new Words(bytes);
  lastWords.set(redis, words);
  return words;
}

/** `null` where nothing was stored yet, or by a former release only. */
export async function readShelf(redis: Redis, of: RecordFeed): Promise<Shelf | null> {
  const [hashes = null, facts = null, words = null, adopted = null] = await redis.hmgetBuffer(
    shelfKey(of),
    "hashes",
    "facts",
    "words",
    "adopted",
  );
  if (hashes === null) return null;
  return {
    hashes: Number(hashes.toString()),
    facts: Number(facts?.toString() ?? "0"),
    words: wordsOf(redis, words),
    adopted: adopted === null ? null : Number(adopted.toString()),
  };
}

/**
 * One call instead of one for each fact, and two arguments instead of two for each: sending them would cost more than the
 * reading. ARGV: the names, the numbers of their keys in two bytes each.
 */
const READ = `
local read = {}
for i = 1, #ARGV[2] / 2 do
  local high, low = string.byte(ARGV[2], 2 * i - 1, 2 * i)
  read[i] = redis.call('HGET', KEYS[high * 256 + low], string.sub(ARGV[1], ${NAME_BYTES} * (i - 1) + 1, ${NAME_BYTES} * i))
end
return read
`;

/** Numbers keys for a script in the order in which they are first asked for. */
export function numbered(keys: string[]): (key: string) => number {
  const numbers = new Map(keys.map((key, i) => [key, i + 1]));
  return (key) => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = keys.push(key);
    numbers.set(key, number);
    return number;
  };
}

/**
 * The facts of some names as their codec packs them; `null` for those that are not known.
 *
 * @param names some hundreds at a time.
 */
export async function readFactsOf(
  redis: Redis,
  of: RecordFeed,
  { hashes, words }: Pick<Shelf, "hashes" | "words">,
  names: readonly Buffer[],
): Promise<(Buffer | null)[]> {
  if (names.length === 0) return [];
  const keys: string[] = [];
  const numberOf = numbered(keys);
  const keyOf = hashKeys(of);
  const numbers = Buffer.alloc(2 * names.length);
  names.forEach((name, i) => numbers.writeUInt16BE(numberOf(keyOf(hashOf(name, hashes))), 2 * i));
  const reply = await runScriptBuffer(redis, READ, keys, [Buffer.concat(names), numbers]);
  if (!Array.isArray(reply)) throw new Error("the read script answers with a list");
  return reply.map((stored: unknown) => (stored instanceof Buffer ? Buffer.from(lengthen(stored, words)) : null));
}
