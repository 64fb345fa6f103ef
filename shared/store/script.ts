import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

const digests = new Map<string, string>();
function scriptDigest(script: string): string {
  const known = digests.get(script);
  if (known !== undefined) return known;
  const digest = createHash("sha1").update(script).digest("hex");
  digests.set(script, digest);
  return digest;
}

/**
 * EVALSHA with a fall back to EVAL, so that a long script crosses the socket once per server. Arguments go as one list:
 * a publication of years of history has more than a JavaScript call can take.
 */
export async function runScript(
  redis: Redis,
  script: string,
  keys: readonly string[],
  args: readonly (string | number | Buffer)[],
): Promise<unknown> {
  const digest = scriptDigest(script);
  try {
    return await redis.call("evalsha", [digest, keys.length, ...keys, ...args]);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
    return await redis.call("eval", [script, keys.length, ...keys, ...args]);
  }
}

/** The same for a script that only reads and answers with bytes. */
export async function runScriptBuffer(
  redis: Redis,
  script: string,
  keys: readonly string[],
  args: readonly (string | number | Buffer)[] = [],
): Promise<unknown> {
  try {
    return await redis.callBuffer("evalsha", [scriptDigest(script), keys.length, ...keys, ...args]);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
    return await redis.callBuffer("eval", [script, keys.length, ...keys, ...args]);
  }
}
