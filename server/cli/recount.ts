import { connectRedis, type RedisTarget } from "../../shared/store/connect.ts";
import { listAgreements, readAgreement } from "../../shared/store/agreements.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { type Command, CommandError, type CommandInput } from "./command.ts";

function targetOf(env: CommandInput["env"]): RedisTarget {
  if (env["REDIS_URL"] !== undefined) return { kind: "url", url: env["REDIS_URL"] };
  if (env["ACCORD_REDIS_SOCKET"] !== undefined) return { kind: "socket", path: env["ACCORD_REDIS_SOCKET"] };
  throw new CommandError("Say where the running system's Redis is: ACCORD_REDIS_SOCKET=.data/live/redis/r.sock or REDIS_URL=redis://host:6379.");
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
        print(`${id}.${feed}: ${facts} facts, ${intervals} intervals, ${differences.length === 0 ? "counters equal facts" : `${differences.length} intervals differ`}`);
        differences.slice(0, 20).forEach((place) => print(`  ${place}`));
      }
    }
  } finally {
    redis.disconnect();
  }
  return different === 0 ? 0 : 1;
};
