import type { Redis } from "ioredis";
import { intervalItems, intervalPlace, utcDayStart } from "../facts/interval.ts";
import { type Packed, Packer, packFact } from "../facts/msgpack.ts";
import { replaces } from "../facts/revision.ts";
import type { IntervalRow } from "../feeds/canonical.ts";
import { type AppliedCounts, type ChunkIdentity, type ChunkReading, chunkResult, readingText } from "./chunk.ts";
import type { ColdGuard } from "./cold-guard.ts";
import { agreementKeys } from "./keys.ts";
import { runScript } from "./script.ts";

export interface IntervalChunk extends ChunkIdentity {
  readonly feed: string;
  readonly rows: readonly IntervalRow[];
  readonly reading: Omit<ChunkReading, "repeated">;
  /** Length of the feed's intervals, in milliseconds. */
  readonly intervalMs: number;
  /** What must be judged again because of the rows, as `marksOf` says it. */
  readonly marks: ReadonlySet<string>;
  readonly guard: ColdGuard;
  /** Rows of days that a newer file has replaced: they count as older, and are not among `rows`. */
  readonly outdated: number;
}

const REVISIONS_KEPT = 1_000_000;
const BYTES_PER_FACT = 64;

/**
 * A value that replaces one which came while its interval still ran is no restatement: a running interval grows.
 * Whether it ran is told by the old receipt's time, so only where receipts are the revisions.
 *
 * One step per chunk: facts that are newer than what is known replace it, equal ones only take the newer revision,
 * older ones change nothing. What another row of the same file said takes its place without being a restatement: nobody
 * has seen it. The chunk's record makes a second run of the same chunk answer without an effect.
 * An earlier release stored whole thousands as they are; such a value equals what would be stored now (`packCounter`).
 * Ties under the source's own versions are decided as in `replaces`; Lua's `<` would follow the locale.
 */
const SCRIPT = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
local at = 11
local function take() local value = ARGV[at]; at = at + 1; return value end
for _ = 1, tonumber(take()) do redis.call('HSET', KEYS[7], take(), take()) end
local done = redis.call('HGET', KEYS[2], ARGV[2])
if done then return done end
local versioned, lengthMs = ARGV[4] == '1', tonumber(ARGV[5])
local acceptedAt = {}
local function wasRunning(rev, endMs)
  if versioned then return false end
  if acceptedAt[rev] == nil then
    local receipt = redis.call('HGET', KEYS[6], rev)
    acceptedAt[rev] = receipt and cjson.decode(receipt).acceptedAtMs or false
  end
  return acceptedAt[rev] and acceptedAt[rev] < endMs
end
local width, length = tonumber(ARGV[8]), tonumber(ARGV[9])
local function less(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x < y end
  end
  return #a < #b
end
local function equal(old, new)
  if old == new then return true end
  local x, y = cmsgpack.unpack(old), cmsgpack.unpack(new)
  for i = 1, length do
    if x[i] ~= y[i] and not (i <= width and x[i] and y[i] and y[i] < 0 and x[i] == -1000 * y[i]) then return false end
  end
  return true
end
for _ = 1, tonumber(take()) do redis.call('SADD', KEYS[4], take()) end
for _ = 1, tonumber(take()) do redis.call('SADD', KEYS[5], take()) end
local fresh, restated, same, older, conflicting = 0, 0, 0, tonumber(ARGV[10]), tonumber(ARGV[7])
for k = 8, #KEYS do
  local dayStartMs = tonumber(take())
  local pairs = cmsgpack.unpack(take())
  local n = #pairs / 2
  local fields, values, sets, replaced = {}, {}, {}, {}
  for i = 1, n do fields[i] = pairs[2 * i - 1]; values[i] = pairs[2 * i] end
  local olds = redis.call('HMGET', KEYS[k], unpack(fields))
  for i = 1, n do
    local old, value = olds[i], values[i]
    if not old then
      fresh = fresh + 1
      sets[#sets + 1] = fields[i]; sets[#sets + 1] = value
    else
      local oldAt, oldRev = cmsgpack.unpack_one(old, 0)
      local newAt, newRev = cmsgpack.unpack_one(value, 0)
      local oldItems, newItems = string.sub(old, oldAt + 1), string.sub(value, newAt + 1)
      if oldRev > newRev then
        older = older + 1
      elseif equal(oldItems, newItems) then
        same = same + 1
        if oldRev < newRev then sets[#sets + 1] = fields[i]; sets[#sets + 1] = value end
      elseif versioned and oldRev == newRev and less(newItems, oldItems) then
        older = older + 1
      elseif not versioned and oldRev == newRev then
        same, conflicting = same + 1, conflicting + 1
        sets[#sets + 1] = fields[i]; sets[#sets + 1] = value
      elseif wasRunning(oldRev, dayStartMs + fields[i] * 60000 + lengthMs) then
        fresh = fresh + 1
        sets[#sets + 1] = fields[i]; sets[#sets + 1] = value
      else
        restated = restated + 1
        replaced[#replaced + 1] = fields[i]; replaced[#replaced + 1] = old
        sets[#sets + 1] = fields[i]; sets[#sets + 1] = value
      end
    end
  end
  if #replaced > 0 then redis.call('XADD', KEYS[3], 'MAXLEN', '~', ${REVISIONS_KEPT}, '*', 'k', KEYS[k], 'r', ARGV[6], unpack(replaced)) end
  if #sets > 0 then redis.call('HSET', KEYS[k], unpack(sets)) end
end
local record = fresh .. ',' .. restated .. ',' .. same .. ',' .. older .. ',' .. ARGV[3] .. ',' .. conflicting
redis.call('HSET', KEYS[2], ARGV[2], record)
return record
`;

interface Fact {
  readonly revision: number;
  readonly items: Packed[];
}

interface Grouped {
  /** By stored hash: its facts by field; a later row of the chunk replaces an earlier one, unless the source's own version says otherwise. */
  readonly byKey: Map<string, { readonly queue: string; readonly startMs: number; readonly fields: Map<string, Fact> }>;
  readonly queues: Set<string>;
  readonly repeated: number;
  readonly conflicting: number;
}

function bytesOf({ items }: Fact): Uint8Array {
  return packFact(0, items);
}

function group(chunk: IntervalChunk): Grouped {
  const keys = agreementKeys(chunk.agreementId);
  const byKey: Grouped["byKey"] = new Map();
  const queues = new Set<string>();
  let [repeated, conflicting] = [0, 0];
  for (const row of chunk.rows) {
    const place = intervalPlace(row.startMs);
    const key = keys.interval(chunk.feed, row.queue, place.day);
    const hash = byKey.get(key) ?? { queue: row.queue, startMs: utcDayStart(place.day), fields: new Map<string, Fact>() };
    byKey.set(key, hash);
    const { fields } = hash;
    queues.add(row.queue);
    const fact = { revision: row.version ?? chunk.receipt, items: intervalItems(row.counters, row.claims) };
    const known = fields.get(place.field);
    if (known !== undefined) repeated++;
    if (known !== undefined && row.version === null && Buffer.compare(bytesOf(known), bytesOf(fact)) !== 0) conflicting++;
    if (known === undefined || replaces(fact, known, { versioned: row.version !== null, bytesOf })) fields.set(place.field, fact);
  }
  return { byKey, queues, repeated, conflicting };
}

/** Counters of a fact, and all that stands in it; a feed's rows are all of one layout. */
function widths([row]: readonly IntervalRow[]): [number, number] {
  const width = row?.counters.length ?? 0;
  return [width, width + 2 * (row?.claims.length ?? 0)];
}

/**
 * Applies a chunk of interval or daily rows.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function applyIntervals(redis: Redis, chunk: IntervalChunk): Promise<AppliedCounts> {
  const keys = agreementKeys(chunk.agreementId);
  const { byKey, queues, repeated, conflicting } = group(chunk);
  // A feed maps a version for every row or for none; a row without its version was refused.
  const versioned = chunk.rows.some((row) => row.version !== null) ? "1" : "0";
  const head = [
    chunk.fence,
    chunk.chunk,
    readingText({ ...chunk.reading, repeated }),
    versioned,
    chunk.intervalMs,
    chunk.receipt,
    conflicting,
    ...widths(chunk.rows),
    chunk.outdated,
  ];
  const args: (string | number | Buffer)[] = [chunk.marks.size, ...chunk.marks, queues.size, ...queues];
  for (const { startMs, fields } of byKey.values()) {
    const packer = new Packer(BYTES_PER_FACT * fields.size);
    packer.pairs(fields);
    args.push(startMs, Buffer.from(packer.take().buffer));
  }
  const scriptKeys = [
    keys.lease,
    keys.chunks(chunk.receipt),
    keys.revisions,
    keys.dirty,
    keys.queues(chunk.feed),
    keys.receipts,
    keys.warm,
    ...byKey.keys(),
  ];
  const write = async (notes: readonly (string | number)[]): Promise<unknown> =>
    await runScript(redis, SCRIPT, scriptKeys, [...head, notes.length / 2, ...notes, ...args]);
  return chunkResult(await chunk.guard.touchFor(byKey.values(), write));
}
