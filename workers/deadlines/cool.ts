import { utcDayStart } from "../../shared/facts/interval.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { FencedError } from "../../shared/store/chunk.ts";
import { coldField, coldMonthOf, coolMonth, daysOfMonth } from "../../shared/store/cold-months.ts";
import { readQueues } from "../../shared/store/intervals.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Lease } from "../../shared/store/lease.ts";
import { drive } from "../ingest/drive.ts";
import type { WorkerParts } from "../parts.ts";

const DAY_MS = 86_400_000;
/** A month is packed when it has been over, and nobody has handed in rows of it, for so many days. */
export const COOL_AFTER_DAYS = 45;
/** Months of queues packed under one lease: about a tenth of a second, for which a file may have to wait. */
const AT_ONCE = 4;

interface WarmMonth {
  /** As noted: `<yyyymm>:<feed>`. */
  readonly name: string;
  readonly month: string;
  readonly feed: string;
}

/** Months that an earlier release stored without a note are noted now, so that their time runs from here. */
async function noteFormer({ redis, clock }: WorkerParts, agreementId: string): Promise<void> {
  const keys = agreementKeys(agreementId);
  const stored = await readAgreement(redis, agreementId, clock());
  const [from = null, to = null] = await redis.hmget(keys.clock, "from", "to");
  if (stored === null || from === null || to === null) return;
  const nowMs = clock();
  const months = new Set<string>();
  for (let at = Date.parse(from) - DAY_MS; at <= Math.min(Date.parse(to) + DAY_MS, nowMs); at += DAY_MS) months.add(coldMonthOf(at));
  const notes = stored.feeds.flatMap(({ id }) => [...months].map((month): [string, number] => [`${month}:${id}`, nowMs]));
  if (notes.length > 0) await redis.hset(keys.warm, Object.fromEntries(notes));
}

async function monthsToCool({ redis, clock }: WorkerParts, agreementId: string): Promise<WarmMonth[]> {
  const before = clock() - COOL_AFTER_DAYS * DAY_MS;
  const notes = Object.entries(await redis.hgetall(agreementKeys(agreementId).warm));
  return notes.flatMap(([name, touchedMs]) => {
    const [month, feed] = [name.slice(0, name.indexOf(":")), name.slice(name.indexOf(":") + 1)];
    const endMs = utcDayStart(daysOfMonth(month).at(-1) ?? "") + DAY_MS;
    return Math.max(Number(touchedMs), endMs) <= before ? [{ name, month, feed }] : [];
  });
}

/** Packs some queues of a month. @returns whether the month is done with, or null where another worker is at the agreement. */
async function coolSome(parts: WorkerParts, agreementId: string, { name, month, feed }: WarmMonth): Promise<"done" | "more" | "busy"> {
  const { redis } = parts;
  const keys = agreementKeys(agreementId);
  const lease = await Lease.acquire(redis, agreementId, parts.owner);
  if (lease === null) return "busy";
  try {
    if (lease.waiting.length > 0) return "busy";
    const cold = new Set(await redis.hkeys(keys.cold(feed)));
    const left = (await readQueues(redis, agreementId, feed)).filter((queue) => !cold.has(coldField(queue, month)));
    let packed = 0;
    for (const queue of left) {
      if (packed === AT_ONCE) return "more";
      if (await coolMonth(redis, { agreementId, feed, queue, month, fence: lease.token })) packed++;
    }
    await redis.hdel(keys.warm, name);
    return "done";
  } finally {
    await lease.release();
  }
}

/**
 * Packs the months of an agreement that nobody has touched for a while: the same figures in less than half the memory. Where
 * files wait or another worker is at it, it is left for the next time.
 *
 * @returns how many months of feeds were packed to their end.
 */
export async function coolAgreement(parts: WorkerParts, agreementId: string): Promise<number> {
  const keys = agreementKeys(agreementId);
  if ((await parts.redis.exists(keys.warm)) === 0) await noteFormer(parts, agreementId);
  let done = 0;
  for (const month of await monthsToCool(parts, agreementId)) {
    let state: "done" | "more" | "busy" = "more";
    try {
      while (state === "more") {
        state = await coolSome(parts, agreementId, month);
        // Who came while the lease was held has gone again, expecting its holder to look once more.
        await drive(parts, agreementId);
      }
    } catch (error) {
      if (!(error instanceof FencedError)) throw error;
      return done;
    }
    if (state === "busy") return done;
    done++;
  }
  return done;
}
