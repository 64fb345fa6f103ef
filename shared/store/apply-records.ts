import type { Redis } from "ioredis";
import type { FactCodec, KeyedFact, SharesOf } from "../facts/fact-codec.ts";
import { intervalPlace, intervalStart } from "../facts/interval.ts";
import type { PeriodCover } from "../facts/period-cover.ts";
import { replaces } from "../facts/revision.ts";
import { openShelf } from "./adopt-records.ts";
import { type AppliedCounts, type ChunkIdentity, type ChunkReading, chunkResult, readingText } from "./chunk.ts";
import type { ColdGuard, TouchedPlace } from "./cold-guard.ts";
import { agreementKeys } from "./keys.ts";
import { recordPlace } from "./record-place.ts";
import { numbered, readFactsOf, type Shelf, shelfKey } from "./record-shelf.ts";
import { runScript } from "./script.ts";
import { SHELVE, shelvedFacts } from "./shelve-facts.ts";
import { readWithdrawn, withdrawnValue } from "./withdrawn-records.ts";

interface Row {
  readonly startMs: number;
  readonly version: number | null;
}

export interface RecordChunk<Record extends Row, Fact extends KeyedFact> extends ChunkIdentity {
  readonly feed: string;
  readonly intervalMs: number;
  readonly rows: readonly Record[];
  readonly reading: Omit<ChunkReading, "repeated">;
  readonly codec: FactCodec<Record, Fact>;
  readonly sharesOf: SharesOf<Fact>;
  /** Local day to be judged again because an interval of it was spoken of; `null` for one that is still to come. */
  readonly localDay: (ms: number) => string | null;
  readonly guard: ColdGuard;
  /** Only where files replace their whole period. */
  readonly cover: PeriodCover | null;
}

/** Facts replace facts and counters move by the difference, in one step that a second run does not repeat. */
const SCRIPT = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
local done = redis.call('HGET', KEYS[2], ARGV[2])
if done then return done end
local at = 5
local function take() local value = ARGV[at]; at = at + 1; return value end
${SHELVE}for _ = 1, tonumber(take()) do redis.call('SADD', KEYS[4], take()) end
for _ = 1, tonumber(take()) do redis.call('SADD', KEYS[5], take()) end
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

interface Incoming<Fact> {
  /** Where it is remembered if a file took it away. */
  readonly goneKey: string;
  readonly field: Buffer;
  readonly fact: Fact;
  readonly versioned: boolean;
}

/** What one step writes: facts, and how far the counters of their intervals move. */
export interface RecordPlan {
  /** Without a value the field goes. Without a key it is one of the feed's facts, which are placed when they are written. */
  readonly facts: { key: string | null; field: Buffer; value: Uint8Array | null; old: Buffer | null }[];
  readonly deltas: Map<string, Map<string, number[]>>;
  readonly days: Set<string>;
  readonly queues: Set<string>;
  /** By stored hash: where the counters move. */
  readonly places: Map<string, TouchedPlace>;
  fresh: number;
  restated: number;
  same: number;
  older: number;
  conflicting: number;
}

/** Equal facts differ at most in their revision, which is left out. */
function compileBytes<Fact extends KeyedFact>({ pack }: FactCodec<never, Fact>): (fact: Fact) => Uint8Array {
  return (fact) => pack({ ...fact, revision: 0 });
}

interface Latest<Fact> {
  readonly incoming: Incoming<Fact>[];
  /** Rows of the chunk that say something else than an earlier one of the same name, and have no version to tell them apart. */
  readonly conflicting: number;
}

/** Later rows of a chunk replace earlier ones unless the source's own version says otherwise. */
function latest<Record extends Row, Fact extends KeyedFact>(chunk: RecordChunk<Record, Fact>): Latest<Fact> {
  const keys = agreementKeys(chunk.agreementId);
  const { codec } = chunk;
  const bytesOf = compileBytes(codec);
  const byId = new Map<string, Incoming<Fact>>();
  let conflicting = 0;
  for (const row of chunk.rows) {
    const id = codec.keyOf(row);
    const { bucket, field } = recordPlace(id);
    const fact = codec.factOf(row, chunk.receipt);
    const versioned = row.version !== null;
    const known = byId.get(id);
    if (known !== undefined && !versioned && Buffer.compare(bytesOf(known.fact), bytesOf(fact)) !== 0) conflicting++;
    if (known !== undefined && !replaces(fact, known.fact, { versioned, bytesOf })) continue;
    const places = { goneKey: keys.withdrawn(chunk.feed, bucket), field };
    byId.set(id, { ...places, fact, versioned });
  }
  return { incoming: [...byId.values()], conflicting };
}

export function emptyPlan(): RecordPlan {
  return {
    facts: [],
    deltas: new Map(),
    days: new Set(),
    queues: new Set(),
    places: new Map(),
    fresh: 0,
    restated: 0,
    same: 0,
    older: 0,
    conflicting: 0,
  };
}

function touch(plan: RecordPlan, { localDay }: { readonly localDay: (ms: number) => string | null }, startMs: number): void {
  const day = localDay(startMs);
  if (day !== null) plan.days.add(day);
}

/** Where a fact counts, by what, and which days are to be judged again for it. */
export type Counting<Fact> = Pick<RecordChunk<never, never>, "agreementId" | "feed" | "localDay"> & { readonly sharesOf: SharesOf<Fact> };

/** Adds what a fact adds to its intervals, or takes it from them. */
export function move<Fact extends KeyedFact>(plan: RecordPlan, chunk: Counting<Fact>, fact: Fact, sign: 1 | -1): void {
  for (const { startMs, added } of chunk.sharesOf(fact)) {
    const place = intervalPlace(startMs);
    const key = agreementKeys(chunk.agreementId).interval(chunk.feed, fact.queue, place.day);
    let fields = plan.deltas.get(key);
    if (fields === undefined) plan.deltas.set(key, (fields = new Map()));
    plan.places.set(key, { queue: fact.queue, startMs });
    const sum = fields.get(place.field) ?? added.map(() => 0);
    fields.set(
      place.field,
      sum.map((value, i) => value + sign * (added[i] ?? 0)),
    );
    touch(plan, chunk, startMs);
  }
  plan.queues.add(fact.queue);
}

/** What is stored under the names of a chunk's rows. */
interface Stored {
  readonly olds: readonly (Buffer | null)[];
  /** By which revision a row said last what a newer file has taken away. */
  readonly gone: readonly (number | null)[];
}

function plan<Record extends Row, Fact extends KeyedFact>(
  chunk: RecordChunk<Record, Fact>,
  { incoming, conflicting }: Latest<Fact>,
  { olds, gone }: Stored,
): RecordPlan {
  const { codec } = chunk;
  const bytesOf = compileBytes(codec);
  const sameFact = (a: Fact, b: Fact): boolean => Buffer.compare(bytesOf(a), bytesOf(b)) === 0;
  const made = { ...emptyPlan(), conflicting };
  // Every row's day was spoken of, whether or not the row counts: which days get a verdict must not hang on the order of receipts.
  for (const { startMs } of chunk.rows) touch(made, chunk, intervalStart(startMs, chunk.intervalMs));
  incoming.forEach(({ goneKey, field, fact, versioned }, i) => {
    const oldBytes = olds[i] ?? null;
    const old = oldBytes === null ? null : codec.unpack(oldBytes);
    const goneAt = gone[i] ?? null;
    if ((old !== null && !replaces(fact, old, { versioned, bytesOf })) || (goneAt !== null && goneAt > fact.revision)) {
      made.older++;
      return;
    }
    const isGone = chunk.cover?.counts(fact) === false;
    if (isGone) made.facts.push({ key: goneKey, field, value: withdrawnValue(fact.revision), old: null });
    else if (goneAt !== null) made.facts.push({ key: goneKey, field, value: null, old: null });
    if (isGone && old === null) {
      made.older++;
      return;
    }
    const same = !isGone && old !== null && sameFact(old, fact);
    if (same && old.revision === fact.revision) {
      made.same++;
      return;
    }
    // What another row of the same file said was seen by nobody: it is replaced, and that is no restatement.
    const conflicts = !same && !versioned && old?.revision === fact.revision;
    made.facts.push({ key: null, field, value: isGone ? null : codec.pack(fact), old: same || conflicts ? null : oldBytes });
    if (same) {
      made.same++;
      return;
    }
    if (old === null) made.fresh++;
    else if (conflicts) {
      made.same++;
      made.conflicting++;
    } else made.restated++;
    if (old !== null) move(made, chunk, old, -1);
    if (!isGone) move(made, chunk, fact, 1);
  });
  return made;
}

/** One step that writes a plan, under a name by which it is not done twice. */
export interface RecordStep {
  readonly chunk: Pick<ChunkIdentity, "agreementId" | "fence" | "receipt"> & { readonly feed: string; readonly guard: ColdGuard };
  readonly name: string;
  /** What the step tells of its rows. */
  readonly record: string;
  /** Read for this step, if it was. */
  readonly shelf?: Shelf;
}

/** @throws FencedError when another worker has taken the agreement over. */
export async function writePlan(redis: Redis, made: RecordPlan, { chunk, name, record, shelf }: RecordStep): Promise<AppliedCounts> {
  const keys = agreementKeys(chunk.agreementId);
  await chunk.guard.touch(made.places.values());
  const scriptKeys = [keys.lease, keys.chunks(chunk.receipt), keys.revisions, keys.dirty, keys.queues(chunk.feed), shelfKey(chunk)];
  const indexOf = numbered(scriptKeys);
  const args: (string | number | Buffer)[] = [chunk.fence, name, record, chunk.receipt];
  args.push(...shelvedFacts(made, { of: chunk, indexOf, shelf: shelf ?? (await openShelf(redis, chunk)) }));
  args.push(made.days.size, ...[...made.days].map((day) => `${chunk.feed}|${day}`), made.queues.size, ...made.queues);
  args.push([...made.deltas.values()].reduce((sum, fields) => sum + fields.size, 0));
  for (const [key, fields] of made.deltas) {
    for (const [field, sums] of fields) args.push(indexOf(key), field, sums.length, ...sums);
  }
  return chunkResult(await runScript(redis, SCRIPT, scriptKeys, args));
}

/**
 * Applies a chunk of records such as contacts: reads what is known, computes the differences, writes both in one step.
 * The fence makes the read safe: whoever else could have written meanwhile would have taken the lease.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function applyRecords<Record extends Row, Fact extends KeyedFact>(
  redis: Redis,
  chunk: RecordChunk<Record, Fact>,
): Promise<AppliedCounts> {
  const last = latest(chunk);
  const { incoming } = last;
  const shelf = await openShelf(redis, chunk);
  const names = incoming.map(({ field }) => field);
  const [olds, gone] = await Promise.all([
    readFactsOf(redis, chunk, shelf, names),
    chunk.cover === null ? [] : readWithdrawn(redis, incoming),
  ]);
  const made = plan(chunk, last, { olds, gone });
  const reading = readingText({ ...chunk.reading, repeated: chunk.rows.length - incoming.length });
  const record = `${made.fresh},${made.restated},${made.same},${made.older},${reading},${made.conflicting}`;
  return await writePlan(redis, made, { chunk, name: String(chunk.chunk), record, shelf });
}
