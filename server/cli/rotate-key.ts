import { connectRedis } from "../../shared/store/connect.ts";
import { rotateOperatorKey } from "../../shared/store/key-rotation.ts";
import { type Command, CommandError } from "./command.ts";
import { targetOf } from "./recount.ts";
import { onStoppedSystem } from "./stopped-system.ts";

/** `accord rotate-key`: another key signs checkpoints from here on; the old one signs for it, and every ledger names it. */
export const rotateKey: Command = async (input) => {
  if (input.args.length > 0) throw new CommandError("rotate-key takes no arguments.");
  return await onStoppedSystem(input, "accord rotate-key", async (env, stateDir) => {
    const redis = connectRedis(targetOf(env), "worker");
    try {
      const { sha256, agreements } = await rotateOperatorKey(redis, stateDir, input.now);
      input.print(`${agreements} ledgers name the new key. Its SHA-256, to compare by telephone: ${sha256}`);
      return 0;
    } finally {
      redis.disconnect();
    }
  });
};
