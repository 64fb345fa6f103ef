import { mkdir } from "node:fs/promises";
import path from "node:path";
import { BootFailure } from "../boot/boot-failure.ts";
import { ensureRedis } from "../boot/find-redis.ts";
import { createPrivateRedis } from "../boot/private-redis.ts";
import { lockState } from "../boot/state-lock.ts";
import { type Command, CommandError, type CommandInput } from "./command.ts";
import { runWorkerProgram } from "./worker-program.ts";

const ENTRY = "rebuild/main.ts";
const STOP_WITHIN_MS = 30_000;

/** The private Redis of a state folder that nothing else uses meanwhile. */
async function onPrivateRedis({ env, print }: CommandInput, stateDir: string): Promise<number> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const lock = await lockState(stateDir, "accord rebuild");
  try {
    const redis = await createPrivateRedis({ program: await ensureRedis(env["PATH"] ?? "", print), stateDir, say: print });
    await redis.start();
    try {
      return await runWorkerProgram({ entry: ENTRY, env: { ...env, ACCORD_STATE_DIR: stateDir, ACCORD_REDIS_SOCKET: redis.socket } });
    } finally {
      await redis.stop(STOP_WITHIN_MS);
    }
  } finally {
    await lock.release();
  }
}

/**
 * `accord rebuild`: makes a lost Redis anew from the mirrors of the ledgers and the raw files. Stop the system before.
 * Exit code 1 when something could not be rebuilt, or was judged otherwise than the ledger has it.
 */
export const rebuild: Command = async (input) => {
  const { args, env } = input;
  if (args.length > 0) throw new CommandError("rebuild takes no arguments; it rebuilds every agreement that has a mirror.");
  const stateDir = path.resolve(env["ACCORD_STATE_DIR"] ?? ".data/live");
  try {
    if (env["REDIS_URL"] !== undefined) return await runWorkerProgram({ entry: ENTRY, env: { ...env, ACCORD_STATE_DIR: stateDir } });
    return await onPrivateRedis(input, stateDir);
  } catch (error) {
    if (!(error instanceof BootFailure)) throw error;
    throw new CommandError(error.message, error);
  }
};
