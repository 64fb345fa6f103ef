import type { Redis } from "ioredis";
import { type ContactFact, contactFactOf, packContactFact, unpackContactFact } from "../facts/contact-fact.ts";
import { intervalPlace, intervalStart } from "../facts/interval.ts";
import { replaces } from "../facts/revision.ts";
import type { ContactRow } from "../feeds/canonical.ts";
import { type AppliedCounts, type ChunkIdentity, type ChunkReading, chunkResult, readingText } from "./chunk.ts";
import { contactPlace } from "./contact-place.ts";
import { agreementKeys } from "./keys.ts";
import { runScript } from "./script.ts";

export interface ContactChunk extends ChunkIdentity {
  readonly feed: string;
  readonly intervalMs: number;
  readonly rows: readonly ContactRow[];
  readonly reading: Omit<ChunkReading, "repeated">;
  readonly contribution: (fact: ContactFact) => number[];
  readonly localDay: (ms: number) => string;
}

const REVISIONS_KEPT = 1_000_000;

/** Facts replace facts and counters move by the difference, in one step that a second run does not repeat. */
const SCRIPT = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
local done = redis.call('HGET', KEYS[2], ARGV[2])
if done then return done end
local at = 5
local function take() local value = ARGV[at]; at = at + 1; return value end
for _ = 1, tonumber(take()) do redis.call('SADD', KEYS[4], take()) end
for _ = 1, tonumber(take()) do redis.call('SADD', KEYS[5], take()) end
for _ = 1, tonumber(take()) do
  local key, field, value, old = KEYS[tonumber(take())], take(), take(), take()
  if old ~= '' then redis.call('XADD', KEYS[3], 'MAXLEN', '~', ${REVISIONS_KEPT}, '*', 'k', key, 'r', ARGV[4], field, old) end
  redis.call('HSET', key, field, value)
end
for _ = 1, tonumber(take()) do
  local key, field, n = KEYS[tonumber(take())], take(), tonumber(take())
  local old = redis.call('HGET', key, field)
  local values = {}
  if old then
    local offset = cmsgpack.unpack_one(old, 0)
    local _, list = cmsgpack.unpack_one(old, offset)
    values = list
  end
  local any = false
  for i = 1, n do
    values[i] = (values[i] or 0) + tonumber(take())
    if values[i] ~= 0 then any = true end
  end
  if any then redis.call('HSET', key, field, cmsgpack.pack(0) .. cmsgpack.pack(values)) else redis.call('HDEL', key, field) end
end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return ARGV[3]
`;

interface Incoming {
  readonly key: string;
  readonly field: Buffer;
  readonly fact: ContactFact;
  readonly versioned: boolean;
}

interface Plan {
  readonly facts: { key: string; field: Buffer; value: Uint8Array; old: Buffer | null }[];
  readonly deltas: Map<string, Map<string, number[]>>;
  readonly days: Set<string>;
  readonly queues: Set<string>;
  fresh: number;
  restated: number;
  same: number;
  older: number;
}

function bytesOf(fact: ContactFact): Uint8Array {
  return packContactFact({ ...fact, revision: 0 });
}

/** Later rows of a chunk replace earlier ones unless the source's own version says otherwise. */
function latest(chunk: ContactChunk): Incoming[] {
  const keys = agreementKeys(chunk.agreementId);
  const byContact = new Map<string, Incoming>();
  for (const row of chunk.rows) {
    const { bucket, field } = contactPlace(row.contactId);
    const fact = contactFactOf(row, chunk.receipt);
    const versioned = row.version !== null;
    const known = byContact.get(row.contactId);
    if (known !== undefined && !replaces(fact, known.fact, { versioned, bytesOf })) continue;
    byContact.set(row.contactId, { key: keys.contacts(chunk.feed, bucket), field, fact, versioned });
  }
  return [...byContact.values()];
}

async function readOld(redis: Redis, incoming: readonly Incoming[]): Promise<(Buffer | null)[]> {
  return await Promise.all(incoming.map(async ({ key, field }) => await redis.hgetBuffer(key, field)));
}

function move(plan: Plan, chunk: ContactChunk, fact: ContactFact, sign: 1 | -1): void {
  const startMs = intervalStart(fact.startMs, chunk.intervalMs);
  const place = intervalPlace(startMs);
  const key = agreementKeys(chunk.agreementId).interval(chunk.feed, fact.queue, place.day);
  let fields = plan.deltas.get(key);
  if (fields === undefined) plan.deltas.set(key, (fields = new Map()));
  const added = chunk.contribution(fact);
  const sum = fields.get(place.field) ?? added.map(() => 0);
  fields.set(
    place.field,
    sum.map((value, i) => value + sign * (added[i] ?? 0)),
  );
  plan.days.add(chunk.localDay(startMs));
  plan.queues.add(fact.queue);
}

/** Equal facts differ at most in their revision. */
function sameFact(a: ContactFact, b: ContactFact): boolean {
  return Buffer.compare(bytesOf(a), bytesOf(b)) === 0;
}

function plan(chunk: ContactChunk, incoming: readonly Incoming[], olds: readonly (Buffer | null)[]): Plan {
  const made: Plan = { facts: [], deltas: new Map(), days: new Set(), queues: new Set(), fresh: 0, restated: 0, same: 0, older: 0 };
  // Every row's day was spoken of, whether or not the row counts: which days get a verdict must not hang on the order of receipts.
  for (const { startMs } of chunk.rows) made.days.add(chunk.localDay(intervalStart(startMs, chunk.intervalMs)));
  incoming.forEach(({ key, field, fact, versioned }, i) => {
    const oldBytes = olds[i] ?? null;
    const old = oldBytes === null ? null : unpackContactFact(oldBytes);
    if (old !== null && !replaces(fact, old, { versioned, bytesOf })) {
      made.older++;
      return;
    }
    const same = old !== null && sameFact(old, fact);
    if (same && old.revision === fact.revision) {
      made.same++;
      return;
    }
    made.facts.push({ key, field, value: packContactFact(fact), old: same ? null : oldBytes });
    if (same) {
      made.same++;
      return;
    }
    if (old === null) made.fresh++;
    else {
      made.restated++;
      move(made, chunk, old, -1);
    }
    move(made, chunk, fact, 1);
  });
  return made;
}

/**
 * Applies a chunk of contacts: reads what is known, computes the differences, writes both in one step.
 * The fence makes the read safe: whoever else could have written meanwhile would have taken the lease.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function applyContacts(redis: Redis, chunk: ContactChunk): Promise<AppliedCounts> {
  const keys = agreementKeys(chunk.agreementId);
  const incoming = latest(chunk);
  const made = plan(chunk, incoming, await readOld(redis, incoming));
  const scriptKeys = [keys.lease, keys.chunks(chunk.receipt), keys.revisions, keys.dirty, keys.queues(chunk.feed)];
  const at = new Map<string, number>();
  const indexOf = (key: string): number => {
    const known = at.get(key);
    if (known !== undefined) return known;
    at.set(key, scriptKeys.push(key));
    return scriptKeys.length;
  };
  const reading = readingText({ ...chunk.reading, repeated: chunk.rows.length - incoming.length });
  const args: (string | number | Buffer)[] = [
    chunk.fence,
    chunk.chunk,
    `${made.fresh},${made.restated},${made.same},${made.older},${reading}`,
    chunk.receipt,
  ];
  args.push(made.days.size, ...[...made.days].map((day) => `${chunk.feed}|${day}`), made.queues.size, ...made.queues, made.facts.length);
  for (const { key, field, value, old } of made.facts) args.push(indexOf(key), field, Buffer.from(value), old ?? "");
  args.push([...made.deltas.values()].reduce((sum, fields) => sum + fields.size, 0));
  for (const [key, fields] of made.deltas) {
    for (const [field, sums] of fields) args.push(indexOf(key), field, sums.length, ...sums);
  }
  return chunkResult(await runScript(redis, SCRIPT, scriptKeys, args));
}
