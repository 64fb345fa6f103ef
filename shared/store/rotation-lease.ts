import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { PULSE } from "./keys.ts";
import { peopleKeys } from "./people-keys.ts";
import { runScript } from "./script.ts";

/** How long a rotation that was killed keeps others away. */
const LEASE_MS = 10_000;
/** Servers and workers say that they are at work every 5 s at least. */
const AT_WORK_MS = 15_000;
const RENEW = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Why keys cannot be rotated now, and what to do. */
export class RotationRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RotationRefused";
  }
}

/** @throws RotationRefused while a server or worker is at work on this Redis, or was within the last 15 seconds. */
export async function refuseAtWork(redis: Redis, nowMs: number): Promise<void> {
  const last = Object.entries(await redis.hgetall(PULSE)).find(([, atMs]) => nowMs - Number(atMs) < AT_WORK_MS);
  if (last === undefined) return;
  const half = last[0] === "server" ? "A server" : "A worker";
  throw new RotationRefused(`${half} is at work on this Redis: stop every server and worker, wait 15 seconds and try again.`);
}

/**
 * Does something while no other rotation runs on this Redis.
 *
 * @throws RotationRefused when one does; one that was killed keeps others away for 10 seconds.
 */
export async function rotatingAlone<T>(redis: Redis, use: () => Promise<T>): Promise<T> {
  const [key, token] = [peopleKeys.rotation, randomUUID()];
  // A repeated command finds its own token.
  if ((await redis.set(key, token, "PX", LEASE_MS, "NX")) === null && (await redis.get(key)) !== token)
    throw new RotationRefused("Keys are being rotated elsewhere: wait until that has ended; if it was killed, try again in 10 seconds.");
  const timer = setInterval(() => void runScript(redis, RENEW, [key], [token, LEASE_MS]).catch(() => undefined), LEASE_MS / 3);
  try {
    return await use();
  } finally {
    clearInterval(timer);
    await runScript(redis, RELEASE, [key], [token]);
  }
}
