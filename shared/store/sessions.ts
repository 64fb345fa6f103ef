import { createHash, randomBytes } from "node:crypto";
import session from "express-session";
import type { Redis } from "ioredis";
import { z } from "zod";
import { peopleKeys } from "./people-keys.ts";
import { runScript } from "./script.ts";

declare module "express-session" {
  interface SessionData {
    personId?: string;
    signedInAtMs?: number;
    seenAtMs?: number;
  }
}

export const SESSION_IDLE_MS = 12 * 3_600_000;
export const SESSION_ABSOLUTE_MS = 7 * 24 * 3_600_000;
/** Being seen is written at most this often: with every write on disk, one per request would be waste. */
const SEEN_EVERY_MS = 60_000;

const SessionRecord = z.strictObject({ personId: z.string(), signedInAtMs: z.int(), seenAtMs: z.int() });
export type SessionRecord = z.infer<typeof SessionRecord>;

const SAVE = `
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[5])
redis.call('PEXPIREAT', KEYS[2], ARGV[4])
return 1`;

const END = `
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('INCR', KEYS[3])`;

/** What Redis sees of a session id: whoever reads the store cannot take over a session. */
export function hashSessionId(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}

/** When the session ends unless it is used: 12 hours after it was last seen, 7 days after sign-in at the latest. */
export function sessionEndsAtMs(record: SessionRecord): number {
  return Math.min(record.seenAtMs + SESSION_IDLE_MS, record.signedInAtMs + SESSION_ABSOLUTE_MS);
}

/** The session, unless it never was, has been ended or has timed out. */
export async function readSession(redis: Redis, hashedId: string, nowMs: number): Promise<SessionRecord | null> {
  const text = await redis.get(peopleKeys.session(hashedId));
  if (text === null) return null;
  const record = SessionRecord.parse(JSON.parse(text));
  return sessionEndsAtMs(record) > nowMs ? record : null;
}

async function endSession(redis: Redis, hashedId: string): Promise<void> {
  const text = await redis.get(peopleKeys.session(hashedId));
  if (text === null) return;
  const { personId } = SessionRecord.parse(JSON.parse(text));
  const keys = [peopleKeys.session(hashedId), peopleKeys.sessionsOf(personId), peopleKeys.revision];
  await runScript(redis, END, keys, [hashedId]);
}

/** Ends every session of a person; live connections are cut on every server. */
export async function signOutEverywhere(redis: Redis, personId: string): Promise<void> {
  for (const hashedId of await redis.zrange(peopleKeys.sessionsOf(personId), "0", "-1")) await endSession(redis, hashedId);
  await redis.incr(peopleKeys.revision);
}

/** One secret for all servers that share this store; made by whoever comes first. */
export async function cookieSecret(redis: Redis): Promise<string> {
  const fresh = randomBytes(32).toString("base64url");
  await redis.set(peopleKeys.cookieSecret, fresh, "NX");
  return (await redis.get(peopleKeys.cookieSecret)) ?? fresh;
}

/** Sessions of express-session in Redis. Only sessions of signed-in people are kept; ids are stored hashed. */
export class SessionStore extends session.Store {
  readonly #redis: Redis;
  readonly #now: () => number;

  constructor(redis: Redis, now: () => number) {
    super();
    this.#redis = redis;
    this.#now = now;
  }

  override get(id: string, callback: (error: unknown, data?: session.SessionData | null) => void): void {
    readSession(this.#redis, hashSessionId(id), this.#now()).then(
      (record) => callback(null, record === null ? null : { ...record, cookie: { originalMaxAge: null } }),
      (error: unknown) => callback(error),
    );
  }

  override set(id: string, data: session.SessionData, callback: (error?: unknown) => void = () => undefined): void {
    const record = SessionRecord.safeParse({ personId: data.personId, signedInAtMs: data.signedInAtMs, seenAtMs: this.#now() });
    if (!record.success) return callback();
    this.#save(hashSessionId(id), record.data).then(() => callback(), callback);
  }

  override destroy(id: string, callback: (error?: unknown) => void = () => undefined): void {
    endSession(this.#redis, hashSessionId(id)).then(() => callback(), callback);
  }

  /** Never brings an ended session back (`XX`), and never fails the request that it comes with. */
  override touch(id: string, data: session.SessionData, callback: () => void = () => undefined): void {
    const nowMs = this.#now();
    const record = SessionRecord.safeParse({ personId: data.personId, signedInAtMs: data.signedInAtMs, seenAtMs: nowMs });
    if (!record.success || nowMs - (data.seenAtMs ?? 0) < SEEN_EVERY_MS) return callback();
    const ttlMs = Math.max(1, sessionEndsAtMs(record.data) - nowMs);
    this.#redis.set(peopleKeys.session(hashSessionId(id)), JSON.stringify(record.data), "PX", ttlMs, "XX").then(
      () => callback(),
      () => callback(),
    );
  }

  async #save(hashedId: string, record: SessionRecord): Promise<void> {
    const keys = [peopleKeys.session(hashedId), peopleKeys.sessionsOf(record.personId)];
    const endsAtMs = sessionEndsAtMs(record);
    const lastEndMs = record.signedInAtMs + SESSION_ABSOLUTE_MS;
    const values = [JSON.stringify(record), Math.max(1, endsAtMs - this.#now()), this.#now(), lastEndMs, hashedId];
    await runScript(this.#redis, SAVE, keys, values);
  }
}
