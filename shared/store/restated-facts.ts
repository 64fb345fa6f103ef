import type { Redis } from "ioredis";
import { intervalStartOf, unpackInterval } from "../facts/interval.ts";
import { addRecord, Restated, withdrawRecord } from "../facts/restated.ts";
import { compileStoredShares } from "../facts/stored-shares.ts";
import type { StoredAgreement } from "./agreements.ts";
import { inPieces } from "./in-pieces.ts";
import { agreementKeys } from "./keys.ts";
import { readFactsOf, readShelf } from "./record-shelf.ts";

/** Above this many rows a correction is told in part, because all of them would not fit into memory with the rest. */
const MOST_ROWS = 100_000;
/** The receipt's own entries are the last; of a small one a few, so that what others replaced before is not read with them. */
const FIRST_ENTRIES = 4;
const ENTRIES_AT_ONCE = 1000;

/** Values that a receipt replaced, by their hash and field, as they were before it. */
interface Replaced {
  readonly byKey: ReadonlyMap<string, ReadonlyMap<string, { readonly field: Buffer; readonly old: Buffer }>>;
  readonly whole: boolean;
}

interface Entry {
  readonly id: string;
  readonly fields: Buffer[];
}

async function entriesBefore(redis: Redis, key: string, end: string, count: number): Promise<Entry[]> {
  const reply: unknown = await redis.callBuffer("xrevrange", key, end, "-", "COUNT", count);
  if (!Array.isArray(reply)) throw new Error("a range of a stream is a list");
  return reply.flatMap((entry: unknown) => {
    const [id, fields]: unknown[] = Array.isArray(entry) ? entry : [];
    return id instanceof Buffer && Array.isArray(fields)
      ? [{ id: id.toString(), fields: fields.filter((field): field is Buffer => field instanceof Buffer) }]
      : [];
  });
}

/**
 * Goes back through the replaced values until as many were found as the receipt has restated. The oldest of each field
 * counts: a file may replace a value twice.
 */
async function readReplaced(redis: Redis, agreementId: string, receipt: number, rows: number): Promise<Replaced> {
  const { revisions } = agreementKeys(agreementId);
  const byKey = new Map<string, Map<string, { field: Buffer; old: Buffer }>>();
  let found = 0;
  let count = FIRST_ENTRIES;
  for (let end = "+"; found < Math.min(rows, MOST_ROWS); count = Math.min(count * 8, ENTRIES_AT_ONCE)) {
    const entries = await entriesBefore(redis, revisions, end, count);
    for (const { fields } of entries) {
      const [, key, mark, by, ...pairs] = fields;
      if (mark?.toString() !== "r" || Number(by?.toString()) !== receipt || key === undefined) continue;
      const own = byKey.get(key.toString()) ?? new Map<string, { field: Buffer; old: Buffer }>();
      byKey.set(key.toString(), own);
      for (let i = 0; i < pairs.length; i += 2) {
        const [field, old] = [pairs[i], pairs[i + 1]];
        if (field === undefined || old === undefined) continue;
        own.set(field.toString("hex"), { field, old });
        found++;
      }
    }
    const last = entries.at(-1);
    if (last === undefined || entries.length < count) break;
    end = `(${last.id}`;
  }
  return { byKey, whole: found >= rows };
}

export interface RestatedFacts {
  readonly restated: Restated;
  /** `false` where more was restated than is told here. */
  readonly whole: boolean;
}

export interface RestatedQuery {
  /** The feed's id inside its agreement. */
  readonly feed: string;
  readonly receipt: number;
  /** How many rows the receipt restated or took away. */
  readonly rows: number;
}

/**
 * What a receipt that has been applied changed of what was known before. Ask before another one is applied: the values as
 * they are now are those that it left.
 */
export async function readRestated(redis: Redis, stored: StoredAgreement, { feed, receipt, rows }: RestatedQuery): Promise<RestatedFacts> {
  const layout = stored.layout(feed);
  const restated = new Restated(layout);
  const { byKey, whole } = await readReplaced(redis, stored.agreement.id, receipt, rows);
  const prefix = agreementKeys(stored.agreement.id).interval(feed, "", "").slice(0, -1);
  const kind = stored.feed(feed)?.kind ?? "interval";
  const sharesOf = compileStoredShares(kind, { counters: layout.counters, intervalMs: stored.intervalMs(feed) });
  const of = { agreementId: stored.agreement.id, feed };
  const shelf = sharesOf === null ? null : await readShelf(redis, of);
  for (const [key, fields] of byKey) {
    for (const hex of inPieces([...fields.keys()])) {
      const some = hex.flatMap((name) => fields.get(name) ?? []);
      const names = some.map(({ field }) => field);
      const present = shelf === null ? await redis.hmgetBuffer(key, ...names) : await readFactsOf(redis, of, shelf, names);
      some.forEach(({ field, old }, i) => {
        // Nothing stands where the file took it away.
        const now = present[i] ?? null;
        if (sharesOf !== null)
          return now === null ? withdrawRecord(restated, sharesOf(old)) : addRecord(restated, sharesOf(old), sharesOf(now));
        const [queue = "", day = ""] = key.slice(prefix.length).split(":");
        const startMs = intervalStartOf({ day, field: field.toString() });
        const place = { queue: decodeURIComponent(queue) };
        const before = { ...place, ...unpackInterval(old, startMs, layout) };
        if (now === null) restated.withdraw(before);
        else restated.add(before, { ...place, ...unpackInterval(now, startMs, layout) });
      });
    }
  }
  return { restated, whole };
}
