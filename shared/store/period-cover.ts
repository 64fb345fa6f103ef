import type { Redis } from "ioredis";
import { createZone } from "../calendar/zone.ts";
import { type CoveringFile, outdoneBy, type Period, PeriodCover } from "../facts/period-cover.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { type ChunkIdentity, FencedError } from "./chunk.ts";
import { agreementKeys } from "./keys.ts";
import { runScript } from "./script.ts";

const SCRIPT = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
for i = 4, #ARGV do redis.call('HDEL', KEYS[2], ARGV[i]) end
return 'done'
`;

const BETWEEN = "/";

async function readFiles(redis: Redis, agreementId: string, feed: string): Promise<CoveringFile[]> {
  const stored = await redis.hgetall(agreementKeys(agreementId).cover(feed));
  return Object.entries(stored).map(([receipt, days]) => {
    const [from = "", to = ""] = days.split(BETWEEN);
    return { receipt: Number(receipt), from, to };
  });
}

/** Which files have replaced which days of a feed; `null` for a feed whose files replace rows only. */
export async function readPeriodCover(redis: Redis, agreementId: string, feed: FeedDefinition): Promise<PeriodCover | null> {
  if (feed.replaces !== "period") return null;
  const zone = createZone(feed.timeZone);
  return new PeriodCover((ms) => zone.localDay(ms), await readFiles(redis, agreementId, feed.id));
}

/** The period that a receipt's file has been noted to replace; `null` where none was. */
export async function readCovered(redis: Redis, { agreementId, feed, receipt }: Omit<Covered, "fence">): Promise<Period | null> {
  const files = await readFiles(redis, agreementId, feed);
  const own = files.find((file) => file.receipt === receipt);
  return own === undefined ? null : { from: own.from, to: own.to };
}

type Covered = Pick<ChunkIdentity, "agreementId" | "fence" | "receipt"> & { readonly feed: string };

/**
 * Notes that a file says everything of a period, before what it does not say is taken away: rows of older files that come
 * later find it. Files that it covers whole are forgotten.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function keepPeriod(redis: Redis, { agreementId, fence, receipt, feed }: Covered, period: Period): Promise<void> {
  const keys = agreementKeys(agreementId);
  const outdone = outdoneBy(await readFiles(redis, agreementId, feed), { ...period, receipt });
  const args = [fence, receipt, `${period.from}${BETWEEN}${period.to}`, ...outdone.map((file) => file.receipt)];
  if ((await runScript(redis, SCRIPT, [keys.lease, keys.cover(feed)], args)) === "fenced") throw new FencedError();
}
