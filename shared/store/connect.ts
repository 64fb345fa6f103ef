import type { Redis } from "ioredis";
import { AppError } from "../protocol/errors.ts";
import { GatheringRedis } from "./gathering-redis.ts";

/** Where Redis is: the private server's unix socket, or an address of the operator's own. */
export type RedisTarget = { readonly kind: "url"; readonly url: string } | { readonly kind: "socket"; readonly path: string };
export type ConnectionPurpose = "commands" | "worker" | "subscriber";

const COMMAND_TIMEOUT_MS = 1500;
const RETRY_AFTER_SECONDS = 2;

/**
 * Options by purpose. `commands` fails fast, so that a request answers 503 within two seconds: no offline queue and a
 * timeout of its own, because a stopped Redis keeps its connections open. `worker` waits for Redis to come back, as
 * BullMQ demands. All reconnect within a second: ioredis 6 would back off to ten.
 */
function optionsOf(purpose: ConnectionPurpose) {
  const retryStrategy = (attempt: number): number => Math.min(50 * attempt, 1000);
  if (purpose === "commands")
    return { retryStrategy, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: COMMAND_TIMEOUT_MS, connectTimeout: 1500 };
  return { retryStrategy, maxRetriesPerRequest: null };
}

/** Opens a connection. Errors are left to the commands that meet them; the listener keeps the process alive. */
export function connectRedis(target: RedisTarget, purpose: ConnectionPurpose): Redis {
  const options = optionsOf(purpose);
  const redis = target.kind === "socket" ? new GatheringRedis({ ...options, path: target.path }) : new GatheringRedis(target.url, options);
  redis.on("error", () => undefined);
  return redis;
}

const UNREACHABLE =
  /timed out|Connection is closed|Stream isn't writeable|max retries|ECONN|ENOENT|EPIPE|LOADING|READONLY|MISCONF|OOM|CLUSTERDOWN|MASTERDOWN/u;

/** Runs store work and turns every way in which Redis can be away into one `unavailable` error with a Retry-After. */
export async function withStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error) || !UNREACHABLE.test(`${error.name} ${error.message}`)) throw error;
    throw new AppError("unavailable", "The store does not answer at the moment.", "Try again in a few seconds; nothing was taken in.", {
      cause: error,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}
