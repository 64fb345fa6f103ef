import type { Redis } from "ioredis";
import { createZone } from "../calendar/zone.ts";
import { intervalPlace } from "../facts/interval.ts";
import type { Period, PeriodCover } from "../facts/period-cover.ts";
import type { Layout } from "../feeds/canonical.ts";
import { type ChunkIdentity, FencedError } from "./chunk.ts";
import type { ColdGuard, TouchedPlace } from "./cold-guard.ts";
import { readIntervals } from "./intervals.ts";
import { agreementKeys } from "./keys.ts";
import { runScript } from "./script.ts";
import { withdrawnStep } from "./withdrawn-count.ts";

export interface IntervalWithdrawal extends Pick<ChunkIdentity, "agreementId" | "fence" | "receipt"> {
  readonly feed: string;
  readonly timeZone: string;
  readonly layout: Layout;
  readonly period: Period;
  readonly cover: PeriodCover;
  /** Local day of the agreement to be judged again; `null` for one that is still to come. */
  readonly localDay: (ms: number) => string | null;
  readonly guard: ColdGuard;
}

const REVISIONS_KEPT = 1_000_000;
const INTERVALS_PER_STEP = 500;
/** Days of one look: some dozen calls, whatever the length of the period. */
const DAYS_AT_ONCE = 62;
const DAY_MS = 86_400_000;

const SCRIPT = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
if redis.call('HEXISTS', KEYS[2], ARGV[2]) == 1 then return 'done' end
local at = 5
local function take() local value = ARGV[at]; at = at + 1; return value end
for _ = 1, tonumber(take()) do redis.call('SADD', KEYS[4], take()) end
for k = 5, #KEYS do
  local gone, fields = {}, {}
  for _ = 1, tonumber(take()) do
    local field = take()
    local old = redis.call('HGET', KEYS[k], field)
    if old then gone[#gone + 1] = field; gone[#gone + 1] = old; fields[#fields + 1] = field end
  end
  if #fields > 0 then
    redis.call('XADD', KEYS[3], 'MAXLEN', '~', ${REVISIONS_KEPT}, '*', 'k', KEYS[k], 'r', ARGV[4], unpack(gone))
    redis.call('HDEL', KEYS[k], unpack(fields))
  end
end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 'done'
`;

/** The same place can never begin two steps of a receipt, because the first takes it away. */
async function takeAway(redis: Redis, withdrawal: IntervalWithdrawal, places: readonly TouchedPlace[]): Promise<void> {
  const { agreementId, fence, receipt, feed, localDay, guard } = withdrawal;
  const keys = agreementKeys(agreementId);
  await guard.touch(places);
  const byKey = new Map<string, string[]>();
  for (const { queue, startMs } of places) {
    const { day, field } = intervalPlace(startMs);
    const key = keys.interval(feed, queue, day);
    byKey.set(key, [...(byKey.get(key) ?? []), field]);
  }
  const days = new Set(places.flatMap(({ startMs }) => localDay(startMs) ?? []));
  const [first] = places;
  const name = `withdraw:${first?.startMs}:${first?.queue}`;
  const args: (string | number)[] = [fence, name, withdrawnStep(places.length), receipt];
  args.push(days.size, ...[...days].map((day) => `${feed}|${day}`));
  for (const fields of byKey.values()) args.push(fields.length, ...fields);
  const scriptKeys = [keys.lease, keys.chunks(receipt), keys.revisions, keys.dirty, ...byKey.keys()];
  if ((await runScript(redis, SCRIPT, scriptKeys, args)) === "fenced") throw new FencedError();
}

/**
 * Takes away every stored interval of a feed that starts in the period and of which the receipt's own file does not speak. An
 * interval that was taken away is not found again, so that a second run goes on where the first ended.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function withdrawIntervals(redis: Redis, withdrawal: IntervalWithdrawal): Promise<void> {
  const { agreementId, feed, layout, period, cover, receipt, timeZone } = withdrawal;
  const zone = createZone(timeZone);
  const [{ fromMs: firstMs }, { toMs: endMs }] = [zone.dayRange(period.from), zone.dayRange(period.to)];
  for (let fromMs = firstMs; fromMs < endMs; fromMs += DAYS_AT_ONCE * DAY_MS) {
    const toMs = Math.min(endMs, fromMs + DAYS_AT_ONCE * DAY_MS);
    const queues = await readIntervals(redis, { agreementId, feed, layout, fromMs, toMs });
    const doomed = queues.flatMap(({ queue, intervals }) =>
      intervals
        .filter(({ startMs, revision }) => revision < receipt && cover.isIn(period, startMs))
        .map(({ startMs }): TouchedPlace => ({ queue, startMs })),
    );
    for (let at = 0; at < doomed.length; at += INTERVALS_PER_STEP)
      await takeAway(redis, withdrawal, doomed.slice(at, at + INTERVALS_PER_STEP));
  }
}
