import type { Redis } from "ioredis";
import { ShareCount } from "../facts/fact-table.ts";
import { intervalPlace, intervalStartOf, unpackInterval } from "../facts/interval.ts";
import { compileStoredShares } from "../facts/stored-shares.ts";
import type { Layout } from "../feeds/canonical.ts";
import type { StoredAgreement } from "./agreements.ts";
import { coldPlace, unpackMonth } from "./cold-months.ts";
import { agreementKeys } from "./keys.ts";
import { readRecordFacts } from "./record-facts.ts";

export interface Recount {
  readonly feed: string;
  readonly facts: number;
  readonly intervals: number;
  /** Intervals whose stored counters differ from the facts, named by queue, day and minute. */
  readonly differences: readonly string[];
}

interface StoredDay {
  readonly queue: string;
  readonly day: string;
  readonly fields: readonly (readonly [string, Uint8Array])[];
}

async function keysLike(redis: Redis, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  let cursor = "0";
  do {
    const [next, keys] = await redis.scan(cursor, "MATCH", pattern, "COUNT", 1000);
    keys.forEach((key) => found.add(key));
    cursor = next;
  } while (cursor !== "0");
  return [...found];
}

/** Stored hashes of a feed, those of packed months included. The packed ones come last: a month may be packed meanwhile. */
async function* storedDays(redis: Redis, agreementId: string, feed: string): AsyncGenerator<StoredDay> {
  const keys = agreementKeys(agreementId);
  const prefix = keys.interval(feed, "", "").slice(0, -1);
  for (const key of await keysLike(redis, `${prefix}*`)) {
    const [queue = "", day = ""] = key.slice(prefix.length).split(":");
    yield { queue: decodeURIComponent(queue), day, fields: Object.entries(await redis.hgetallBuffer(key)) };
  }
  for (const name of await redis.hkeys(keys.cold(feed))) {
    const bytes = await redis.hgetBuffer(keys.cold(feed), name);
    const month = bytes === null ? null : unpackMonth(bytes);
    for (const day of month?.days ?? []) {
      const fields = (month?.fieldsOf(day) ?? []).map(({ field, value }): [string, Uint8Array] => [field, value]);
      yield { queue: coldPlace(name).queue, day, fields };
    }
  }
}

/** Stored counters by "queue|day|minute" as text, so that equality is equality of every number. */
async function storedCounters(redis: Redis, agreementId: string, feed: string, layout: Layout): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { queue, day, fields } of storedDays(redis, agreementId, feed)) {
    for (const [field, bytes] of fields) {
      const { counters } = unpackInterval(bytes, intervalStartOf({ day, field }), layout);
      found.set(`${queue}|${day}|${field}`, counters.join(","));
    }
  }
  return found;
}

/**
 * Recomputes the counters of every keyed feed of an agreement from its facts and compares them with what is stored.
 * Feeds of intervals, days, months and forecasts store the fact itself, so there is nothing that could differ; their intervals are counted.
 */
export async function recountAgreement(redis: Redis, stored: StoredAgreement): Promise<Recount[]> {
  const { id } = stored.agreement;
  const results: Recount[] = [];
  for (const feed of stored.feeds) {
    const layout = stored.layout(feed.id);
    const counters = await storedCounters(redis, id, feed.id, layout);
    const sharesOf = compileStoredShares(feed.kind, { counters: layout.counters, intervalMs: stored.intervalMs(feed.id) });
    if (sharesOf === null) {
      results.push({ feed: feed.id, facts: counters.size, intervals: counters.size, differences: [] });
      continue;
    }
    const facts = (await Array.fromAsync(readRecordFacts(redis, id, feed.id))).flat();
    const recomputed = new Map<string, string>();
    const counted = new ShareCount();
    for (const { queue, shares } of facts.map(sharesOf)) counted.add(queue, shares);
    for (const { queue, intervals } of counted.queues()) {
      for (const { startMs, counters: sums } of intervals) {
        const place = intervalPlace(startMs);
        recomputed.set(`${queue}|${place.day}|${place.field}`, sums.join(","));
      }
    }
    const places = new Set([...counters.keys(), ...recomputed.keys()]);
    const differences = [...places].filter((place) => counters.get(place) !== recomputed.get(place)).toSorted();
    results.push({ feed: feed.id, facts: facts.length, intervals: counters.size, differences });
  }
  return results;
}
