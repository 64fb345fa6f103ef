import { isNewEnough } from "./redis-version.ts";

/** What a running server says of itself; null where it does not say. */
export interface RedisFacts {
  /** `redis_version`, which Valkey also fills in for compatibility. */
  readonly version: string | null;
  readonly maxmemoryPolicy: string | null;
  readonly appendonly: string | null;
  readonly appendfsync: string | null;
}

/** @param wish the value that is safe, and what happens under any other */
function settingProblem(name: string, found: string | null, wish: { wanted: string; loss: string }): string | null {
  const { wanted, loss } = wish;
  if (found === wanted) return null;
  const mend = `set it with \`CONFIG SET ${name} ${wanted}\` and in redis.conf`;
  return found === null
    ? `${name} of the Redis at REDIS_URL cannot be read, so nobody knows whether ${loss}: allow CONFIG GET for this user, or leave REDIS_URL out.`
    : `${name} of the Redis at REDIS_URL is ${found}, so ${loss}: ${mend}.`;
}

/** Every setting under which this server could lose or drop what Accord has confirmed, one sentence each with its mend. */
export function unsafeSettings(facts: RedisFacts): string[] {
  const version = facts.version ?? "unknown";
  const old = isNewEnough({ major: Number.parseInt(version, 10) })
    ? null
    : `The Redis at REDIS_URL has version ${version}, and Accord needs 7.0 or newer: upgrade it, or leave REDIS_URL out and Accord runs its own.`;
  return [
    old,
    settingProblem("maxmemory-policy", facts.maxmemoryPolicy, { wanted: "noeviction", loss: "figures may vanish when memory is short" }),
    settingProblem("appendonly", facts.appendonly, { wanted: "yes", loss: "confirmed uploads are lost when it stops" }),
    settingProblem("appendfsync", facts.appendfsync, { wanted: "always", loss: "confirmed uploads are lost in a power cut" }),
  ].filter((problem) => problem !== null);
}
