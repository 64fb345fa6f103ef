import type { Redis } from "ioredis";
import { TellingSettings } from "../alerts/quiet-hours.ts";
import { peopleKeys } from "./people-keys.ts";
import { runScript } from "./script.ts";

const USUAL: TellingSettings = { quiet: null, digest: null };

/** How a person wants to be told. */
export async function readTelling(redis: Redis, personId: string): Promise<TellingSettings> {
  const text = await redis.hget(peopleKeys.telling, personId);
  return text === null ? USUAL : TellingSettings.parse(JSON.parse(text));
}

/** Of everybody who has said so, by person. */
export async function readTellings(redis: Redis): Promise<Map<string, TellingSettings>> {
  const texts = await redis.hgetall(peopleKeys.telling);
  return new Map(Object.entries(texts).map(([id, text]) => [id, TellingSettings.parse(JSON.parse(text))]));
}

/** The last word counts; said twice it is the same. */
export async function putTelling(redis: Redis, personId: string, settings: TellingSettings): Promise<void> {
  await redis.hset(peopleKeys.telling, personId, JSON.stringify(settings));
}

const CLAIM = `
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1`;

/** Takes a person's summary of a day for the caller to send. @returns false when it was taken before, whatever became of it. */
export async function claimDigest(redis: Redis, personId: string, day: string): Promise<boolean> {
  return (await runScript(redis, CLAIM, [peopleKeys.digests], [personId, day])) === 1;
}

/** In whose name mail goes out, as the workers are set up; `null` when none goes out. */
export async function readMailFrom(redis: Redis): Promise<string | null> {
  return await redis.get(peopleKeys.mailFrom);
}

export async function saveMailFrom(redis: Redis, from: string | null): Promise<void> {
  if (from === null) await redis.del(peopleKeys.mailFrom);
  else await redis.set(peopleKeys.mailFrom, from);
}
