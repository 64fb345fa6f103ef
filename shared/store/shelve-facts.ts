import { hashesFor, hashOf, splitsBetween } from "../facts/record-hash.ts";
import { Shortener } from "../facts/short-fact.ts";
import { hashKeys, type RecordFeed, type Shelf } from "./record-shelf.ts";

const REVISIONS_KEPT = 1_000_000;
/** Fields and values that Lua can hand over in one call. */
const AT_ONCE = 1000;

/**
 * Part of a script that has `take()`: grows the layout, then puts facts in their places. What a fact replaces is kept as its
 * codec packs it, under the key of the layout, because facts move.
 *
 * KEYS: 3 the replaced values, 6 the layout. ARGV: 4 the receipt.
 */
export const SHELVE = `
local shelf = KEYS[6]
if redis.call('HGET', shelf, 'hashes') ~= take() or redis.call('HSTRLEN', shelf, 'words') ~= tonumber(take()) then
  return redis.error_reply('ERR the layout of ' .. shelf .. ' was changed by somebody without the lease')
end
local hashes, words, facts = take(), take(), 0
if #words > 0 then redis.call('HSET', shelf, 'words', (redis.call('HGET', shelf, 'words') or '') .. words) end
local function put(key, list)
  for i = 1, #list, ${AT_ONCE} do redis.call('HSET', key, unpack(list, i, math.min(i + ${AT_ONCE - 1}, #list))) end
end
for _ = 1, tonumber(take()) do
  local from, to, byte, worth = KEYS[tonumber(take())], KEYS[tonumber(take())], tonumber(take()), tonumber(take())
  local all, stay, go = redis.call('HGETALL', from), {}, {}
  for i = 1, #all, 2 do
    local list = math.floor(string.byte(all[i], byte) / worth) % 2 == 1 and go or stay
    list[#list + 1] = all[i]
    list[#list + 1] = all[i + 1]
  end
  if #go > 0 then
    redis.call('DEL', from)
    put(from, stay)
    put(to, go)
  end
end
redis.call('HSET', shelf, 'hashes', hashes)
for _ = 1, tonumber(take()) do
  local key, field, value, old = KEYS[tonumber(take())], take(), take(), take()
  if old ~= '' then redis.call('XADD', KEYS[3], 'MAXLEN', '~', ${REVISIONS_KEPT}, '*', 'k', shelf, 'r', ARGV[4], field, old) end
  if value == '' then facts = facts - redis.call('HDEL', key, field) else facts = facts + redis.call('HSET', key, field, value) end
end
if facts ~= 0 then redis.call('HINCRBY', shelf, 'facts', facts) end
for _ = 1, tonumber(take()) do
  local key, field, value = KEYS[tonumber(take())], take(), take()
  if value == '' then redis.call('HDEL', key, field) else redis.call('HSET', key, field, value) end
end
`;

interface Placed {
  /** `null`: a fact, whose place the layout says. */
  readonly key: string | null;
  readonly field: Buffer;
  readonly value: Uint8Array | null;
  readonly old: Buffer | null;
}

interface Shelving {
  readonly of: RecordFeed;
  readonly shelf: Shelf;
  /** Number of a key among those of the script. */
  readonly indexOf: (key: string) => number;
}

/**
 * What {@link SHELVE} takes: how the layout grows, the facts of the feed, and what is noted beside them under keys of its own.
 *
 * @param plan `fresh`: how many names are new.
 */
export function shelvedFacts(
  { facts, fresh }: { readonly facts: readonly Placed[]; readonly fresh: number },
  { of, shelf, indexOf }: Shelving,
): (string | number | Buffer)[] {
  const shortener = new Shortener(shelf.words);
  const keyOf = hashKeys(of);
  const hashes = hashesFor(shelf.facts + fresh, shelf.hashes);
  const splits = splitsBetween(shelf.hashes, hashes).flatMap(({ from, to, byte, worth }) => [
    indexOf(keyOf(from)),
    indexOf(keyOf(to)),
    byte,
    worth,
  ]);
  const own = facts.filter(({ key }) => key === null);
  const placed = own.flatMap(({ field, value, old }) => [
    indexOf(keyOf(hashOf(field, hashes))),
    field,
    value === null ? "" : Buffer.from(shortener.shorten(value)),
    old ?? "",
  ]);
  const noted = facts.flatMap(({ key, field, value }) =>
    key === null ? [] : [indexOf(key), field, value === null ? "" : Buffer.from(value)],
  );
  const layout = [shelf.hashes, shelf.words.stored.length, hashes, Buffer.from(shortener.added)];
  return [...layout, splits.length / 4, ...splits, own.length, ...placed, noted.length / 3, ...noted];
}
