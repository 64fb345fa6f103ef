import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Redis } from "ioredis";
import { toError } from "../../shared/protocol/errors.ts";
import { connectRedis } from "../../shared/store/connect.ts";
import { rotateOperatorKey } from "../../shared/store/key-rotation.ts";
import { rotateMasterKey } from "../../shared/store/master-rotation.ts";
import { refuseAtWork, rotatingAlone, RotationRefused } from "../../shared/store/rotation-lease.ts";
import { type Command, CommandError, type CommandInput } from "./command.ts";
import { targetOf } from "./recount.ts";
import { onStoppedSystem } from "./stopped-system.ts";

const LOOK_MS = 50;

/** Has Redis write its files without what was sealed under the former key, and waits until it has. */
async function forgetFormer(redis: Redis): Promise<void> {
  await redis.bgrewriteaof();
  while (/aof_rewrite_(?:in_progress|scheduled):1/u.test(await redis.info("persistence"))) await wait(LOOK_MS);
}

async function rotateOperator(redis: Redis, stateDir: string, { now, print }: CommandInput): Promise<number> {
  const { sha256, agreements } = await rotateOperatorKey(redis, stateDir, now);
  print(`${agreements} ledgers name the new key. Its SHA-256, to compare by telephone: ${sha256}`);
  return 0;
}

async function rotateMaster(redis: Redis, stateDir: string, { print, status }: CommandInput): Promise<number> {
  let steps = 0;
  for await (const step of rotateMasterKey(redis, stateDir)) {
    steps += 1;
    status?.(`${steps}: ${step}`);
  }
  print(
    `Everything is sealed under a new master key, in ${steps} steps. Back up keys/ now: earlier backups of it do not open what is here.`,
  );
  try {
    await forgetFormer(redis);
  } catch (thrown) {
    print(`Redis did not write its files anew (${toError(thrown).message}): until BGREWRITEAOF, they hold what the former key opens.`);
  }
  return 0;
}

/**
 * `accord rotate-key`: another key signs checkpoints from here on; the old one signs for it, and every ledger names it. With
 * `--master` everything sealed is sealed under another master key instead.
 */
export const rotateKey: Command = async (input) => {
  const { values } = parseArgs({ args: [...input.args], options: { master: { type: "boolean" } } });
  const rotate = values.master === true ? rotateMaster : rotateOperator;
  return await onStoppedSystem(input, "accord rotate-key", async (env, stateDir) => {
    const redis = connectRedis(targetOf(env), "worker");
    try {
      // On a private Redis the lock of the state folder has seen to it.
      if (input.env["REDIS_URL"] !== undefined) await refuseAtWork(redis, input.now);
      return await rotatingAlone(redis, async () => await rotate(redis, stateDir, input));
    } catch (error) {
      if (error instanceof RotationRefused) throw new CommandError(error.message, error);
      throw error;
    } finally {
      redis.disconnect();
    }
  });
};
