import { mkdir } from "node:fs/promises";
import path from "node:path";
import { BootFailure } from "../boot/boot-failure.ts";
import { ensureRedis } from "../boot/find-redis.ts";
import { createPrivateRedis } from "../boot/private-redis.ts";
import { lockState } from "../boot/state-lock.ts";
import { CommandError, type CommandInput } from "./command.ts";

const STOP_WITHIN_MS = 30_000;

type Use = (env: CommandInput["env"], stateDir: string) => Promise<number>;

/** The private Redis of a state folder that nothing else uses meanwhile. */
async function onPrivateRedis({ env, print }: CommandInput, stateDir: string, what: string, use: Use): Promise<number> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const lock = await lockState(stateDir, what);
  try {
    const redis = await createPrivateRedis({ program: await ensureRedis(env["PATH"] ?? "", print), stateDir, say: print });
    await redis.start();
    try {
      return await use({ ...env, ACCORD_STATE_DIR: stateDir, ACCORD_REDIS_SOCKET: redis.socket }, stateDir);
    } finally {
      await redis.stop(STOP_WITHIN_MS);
    }
  } finally {
    await lock.release();
  }
}

/**
 * Runs something on the store of a system that is stopped. With REDIS_URL whoever calls sees to it that nothing runs.
 *
 * @param what the command, told to whoever starts the system meanwhile.
 * @throws CommandError when the system runs.
 */
export async function onStoppedSystem(input: CommandInput, what: string, use: Use): Promise<number> {
  const { env } = input;
  const stateDir = path.resolve(env["ACCORD_STATE_DIR"] ?? ".data/live");
  try {
    if (env["REDIS_URL"] !== undefined) return await use({ ...env, ACCORD_STATE_DIR: stateDir }, stateDir);
    return await onPrivateRedis(input, stateDir, what, use);
  } catch (error) {
    if (!(error instanceof BootFailure)) throw error;
    throw new CommandError(error.message, error);
  }
}
