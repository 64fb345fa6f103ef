import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Redis } from "ioredis";
import { type ColdMonth, layMonth, openMonth } from "../facts/cold-month.ts";
import { unpackHash } from "../facts/packed-hash.ts";
import { utcDay, utcDayStart } from "../facts/interval.ts";
import { FencedError } from "./chunk.ts";
import { agreementKeys } from "./keys.ts";
import { runScript, runScriptBuffer } from "./script.ts";

const DAY_MS = 86_400_000;
const MONTH_DIGITS = 6;

/** The UTC month of a stored day or of an instant, as `yyyymm`. */
export function coldMonthOf(at: string | number): string {
  return (typeof at === "string" ? at : utcDay(at)).slice(0, MONTH_DIGITS);
}

/** The name of a queue's month among the packed ones of its feed. */
export function coldField(queue: string, month: string): string {
  return `${month}:${queue}`;
}

/** @returns the queue and its month, as {@link coldField} named them. */
export function coldPlace(field: string): { queue: string; month: string } {
  return { month: field.slice(0, MONTH_DIGITS), queue: field.slice(MONTH_DIGITS + 1) };
}

/** The UTC days of a month, as stored. */
export function daysOfMonth(month: string): string[] {
  const days: string[] = [];
  for (let at = utcDayStart(`${month}01`); coldMonthOf(at) === month; at += DAY_MS) days.push(utcDay(at));
  return days;
}

/** @throws when the bytes are not a packed month. */
export function unpackMonth(bytes: Uint8Array): ColdMonth {
  return openMonth(inflateRawSync(bytes));
}

const READ_DAYS = `
local packed = {}
for i = 1, #KEYS do packed[i] = cmsgpack.pack(redis.call('HGETALL', KEYS[i])) end
return packed
`;

const COOL = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
for i = 3, #KEYS do redis.call('DEL', KEYS[i]) end
return 'done'
`;

/** What was thawed once is not thawed again by a command that was sent twice. */
const THAW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
if redis.call('HDEL', KEYS[2], ARGV[2]) == 0 then return 'done' end
local at = 3
for i = 3, #KEYS do
  local n = 2 * tonumber(ARGV[at])
  redis.call('HSET', KEYS[i], unpack(ARGV, at + 1, at + n))
  at = at + n + 1
end
return 'done'
`;

/** A month of a queue, under the lease of whoever packs or unpacks it. */
export interface FencedMonth {
  readonly agreementId: string;
  readonly feed: string;
  readonly queue: string;
  readonly month: string;
  /** The worker's lease token: nobody applies rows meanwhile. */
  readonly fence: string;
}

/**
 * Packs the stored days of a month into one value, in one step. Figures do not change, and readers meet either the days or
 * the value.
 *
 * @returns whether the month had any day to pack.
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function coolMonth(redis: Redis, { agreementId, feed, queue, month, fence }: FencedMonth): Promise<boolean> {
  const keys = agreementKeys(agreementId);
  const days = daysOfMonth(month);
  const hashes = days.map((day) => keys.interval(feed, queue, day));
  const reply = await runScriptBuffer(redis, READ_DAYS, hashes);
  const stored: unknown[] = Array.isArray(reply) ? reply : [];
  const found = days.flatMap((day, i) => {
    const packed = stored[i];
    const fields = packed instanceof Uint8Array ? unpackHash(packed) : [];
    return fields.length === 0 ? [] : [{ day, fields, key: hashes[i] ?? "" }];
  });
  if (found.length === 0) return false;
  const bytes = deflateRawSync(layMonth(found));
  const scriptKeys = [keys.lease, keys.cold(feed), ...found.map(({ key }) => key)];
  if ((await runScript(redis, COOL, scriptKeys, [fence, coldField(queue, month), bytes])) === "fenced") throw new FencedError();
  return true;
}

/**
 * Gives the days of a packed month their own hashes back, equal byte for byte.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function thawMonth(redis: Redis, { agreementId, feed, queue, month, fence }: FencedMonth): Promise<void> {
  const keys = agreementKeys(agreementId);
  const bytes = await redis.hgetBuffer(keys.cold(feed), coldField(queue, month));
  if (bytes === null) return;
  const cold = unpackMonth(bytes);
  const args: (string | number | Buffer)[] = [fence, coldField(queue, month)];
  for (const day of cold.days) {
    const fields = cold.fieldsOf(day);
    args.push(fields.length);
    for (const { field, value } of fields) args.push(field, Buffer.from(value));
  }
  const scriptKeys = [keys.lease, keys.cold(feed), ...cold.days.map((day) => keys.interval(feed, queue, day))];
  if ((await runScript(redis, THAW, scriptKeys, args)) === "fenced") throw new FencedError();
}
