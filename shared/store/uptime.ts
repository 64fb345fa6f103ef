import type { Redis } from "ioredis";
import { mergeRanges, type Range } from "../calendar/range.ts";
import { AWAY, PULSE } from "./keys.ts";
import { runScript } from "./script.ts";

/** Who must be there for files to be taken in and judged. Of several servers one is enough, and of several workers. */
export type Half = "server" | "workers";

/** Shorter pauses are a restart; providers' own repeats bridge them. */
export const AWAY_AFTER_MS = 60_000;
const KEPT_MS = 400 * 86_400_000;
/** Further back no feed's silence is counted anew. */
const READ_MS = 60 * 86_400_000;

/** A later moment only: a repeated command, and a machine whose clock is behind, change nothing. */
const BEAT = `
local last = redis.call('HGET', KEYS[1], ARGV[1])
local now = tonumber(ARGV[2])
if last and now <= tonumber(last) then return 0 end
if last and now - tonumber(last) > tonumber(ARGV[3]) then
  redis.call('ZADD', KEYS[2], ARGV[2], last .. '-' .. ARGV[2] .. '-' .. ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - tonumber(ARGV[4]))
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`;

/** Says that a half of Accord is at work; a pause of more than a minute before is remembered as a time in which it was not. */
export async function beat(redis: Redis, half: Half, nowMs: number): Promise<void> {
  await runScript(redis, BEAT, [PULSE, AWAY], [half, nowMs, AWAY_AFTER_MS, KEPT_MS]);
}

/** When a worker last said that it is at work, in epoch milliseconds; `null` where none ever has. */
export async function readWorkersSeen(redis: Redis): Promise<number | null> {
  const half: Half = "workers";
  const last = await redis.hget(PULSE, half);
  return last === null ? null : Number(last);
}

/** Since when no worker has been there; `null` while one is. Workers that never said anything are not missed. */
export function unjudgedSince(seenMs: number | null, nowMs: number): number | null {
  return seenMs !== null && nowMs - seenMs > AWAY_AFTER_MS ? seenMs : null;
}

/** `1763800000000-1763800060000-server` as a stretch of time. */
function rangeOf(member: string): Range {
  const [fromMs = 0, toMs = 0] = member.split("-").map(Number);
  return { fromMs, toMs };
}

/**
 * When Accord could not take in or not judge, in order and apart. What lasts until now ends never, because nobody knows
 * when. A half that has never said anything is not missed.
 */
export async function readAway(redis: Redis, nowMs: number): Promise<Range[]> {
  const [pulse, members] = await Promise.all([redis.hgetall(PULSE), redis.zrangebyscore(AWAY, nowMs - READ_MS, "+inf")]);
  const present = Object.values(pulse)
    .map(Number)
    .filter((last) => nowMs - last > AWAY_AFTER_MS)
    .map((last) => ({ fromMs: last, toMs: Infinity }));
  return mergeRanges([...members.map(rangeOf), ...present]);
}
