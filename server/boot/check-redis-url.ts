import { Redis } from "ioredis";
import { BootFailure, EXIT } from "./boot-failure.ts";
import { unsafeSettings } from "./redis-settings.ts";

const CONNECT_TIMEOUT_MS = 5000;

/** The address without its password, for messages. */
function addressOf(url: string): string {
  const parsed = new URL(url);
  return `${parsed.hostname}:${parsed.port || "6379"}`;
}

async function readSetting(redis: Redis, name: string): Promise<string | null> {
  const reply: unknown = await redis.config("GET", name).catch(() => null);
  return Array.isArray(reply) && typeof reply[1] === "string" ? reply[1] : null;
}

function infoLine(info: string, name: string): string | null {
  return new RegExp(`^${name}:(.*?)\\r?$`, "mu").exec(info)?.[1] ?? null;
}

/**
 * Sees that the operator's own Redis keeps what it confirms.
 * @throws BootFailure with one sentence per problem, each naming the setting and its mend
 */
export async function checkRedisUrl(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
  });
  let reason = "";
  redis.on("error", (error: Error) => (reason = error.message));
  try {
    const info = await redis.connect().then(() => redis.info());
    const problems = unsafeSettings({
      version: infoLine(info, "redis_version"),
      maxmemoryPolicy: (await readSetting(redis, "maxmemory-policy")) ?? infoLine(info, "maxmemory_policy"),
      appendonly: await readSetting(redis, "appendonly"),
      appendfsync: await readSetting(redis, "appendfsync"),
    });
    if (problems.length > 0) throw new BootFailure(problems.join("\n"), EXIT.configuration);
  } catch (error) {
    if (error instanceof BootFailure) throw error;
    const why = reason || (error instanceof Error ? error.message : String(error));
    throw new BootFailure(
      `The Redis at ${addressOf(url)} (REDIS_URL) does not let Accord in (${why}): start it or correct the address and password, or leave REDIS_URL out and Accord runs its own.`,
      EXIT.unavailable,
      { cause: error },
    );
  } finally {
    redis.disconnect();
  }
}
