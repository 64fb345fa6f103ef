import type { Redis } from "ioredis";
import { AppError } from "../protocol/errors.ts";
import { peopleKeys } from "./people-keys.ts";
import { runScript } from "./script.ts";
import { canonicalEmail, type PersonRecord } from "./people.ts";

/**
 * Tokens are a set, so that several servers that start at once may each print a link that works.
 * The first person takes all of them away.
 */
const ADD_TOKEN = `
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
redis.call('SADD', KEYS[1], ARGV[1])
return 1`;

const USE_TOKEN = `
if redis.call('EXISTS', KEYS[2]) == 1 then
  if redis.call('HGET', KEYS[2], ARGV[2]) == ARGV[3] then return 1 end
  return 0
end
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('SET', KEYS[3], ARGV[4])
redis.call('SET', KEYS[4], ARGV[5])
redis.call('DEL', KEYS[1])
return 1`;

/** Keeps the hash of a one-time token. @returns false when people exist already: then no token is ever valid again. */
export async function addSetupToken(redis: Redis, tokenHash: string): Promise<boolean> {
  const keys = [peopleKeys.setupTokens, peopleKeys.emails];
  return (await runScript(redis, ADD_TOKEN, keys, [tokenHash])) === 1;
}

export async function isSetupToken(redis: Redis, tokenHash: string): Promise<boolean> {
  return (await redis.sismember(peopleKeys.setupTokens, tokenHash)) === 1;
}

/**
 * Creates the first administrator and uses up the token, in one step.
 *
 * @throws AppError not-allowed when the token is wrong or used, or when people exist already; the two look the same.
 */
export async function createFirstAdministrator(
  redis: Redis,
  setup: { readonly tokenHash: string; readonly workspace: string; readonly record: PersonRecord },
): Promise<void> {
  const record = { ...setup.record, email: canonicalEmail(setup.record.email) };
  const keys = [peopleKeys.setupTokens, peopleKeys.emails, peopleKeys.person(record.id), peopleKeys.workspace];
  const values = [setup.tokenHash, record.email, record.id, JSON.stringify(record), setup.workspace];
  if ((await runScript(redis, USE_TOKEN, keys, values)) === 1) return;
  throw new AppError(
    "not-allowed",
    "This set-up link is not valid or has been used.",
    "Sign in, or restart the server: as long as nobody exists it prints a new link.",
  );
}
