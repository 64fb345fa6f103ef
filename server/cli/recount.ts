import { existsSync } from "node:fs";
import path from "node:path";
import { connectRedis, type RedisTarget } from "../../shared/store/connect.ts";
import { listAgreements, readAgreement } from "../../shared/store/agreements.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { type Command, CommandError, type CommandInput } from "./command.ts";

/** Where the Redis of the running system is. @throws CommandError when none runs. */
export function targetOf(env: CommandInput["env"]): RedisTarget {
  if (env["REDIS_URL"] !== undefined) return { kind: "url", url: env["REDIS_URL"] };
  const socket = env["ACCORD_REDIS_SOCKET"] ?? path.join(env["ACCORD_STATE_DIR"] ?? ".data/live", "r.sock");
  if (existsSync(socket)) return { kind: "socket", path: socket };
  throw new CommandError(`No running system at ${socket}. Start it, or set ACCORD_STATE_DIR (the demo's is .data/demo) or REDIS_URL.`);
}

/** `accord recount`: counters = facts, bit for bit. Exit code 1 when one interval differs. */
export const recount: Command = async ({ args, env, print }) => {
  const redis = connectRedis(targetOf(env), "worker");
  let different = 0;
  try {
    for (const id of args.length > 0 ? args : await listAgreements(redis)) {
      const stored = await readAgreement(redis, id);
      if (stored === null) throw new CommandError(`There is no agreement "${id}".`);
      for (const { feed, facts, intervals, differences } of await recountAgreement(redis, stored)) {
        different += differences.length;
        print(
          `${id}.${feed}: ${facts} facts, ${intervals} intervals, ${differences.length === 0 ? "counters equal facts" : `${differences.length} intervals differ`}`,
        );
        differences.slice(0, 20).forEach((place) => print(`  ${place}`));
      }
    }
  } finally {
    redis.disconnect();
  }
  return different === 0 ? 0 : 1;
};
