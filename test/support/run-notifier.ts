import { pino } from "pino";
import { connectRedis } from "../../shared/store/connect.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { openOutbound } from "../../shared/store/outbound/outbound.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { Notifier } from "../../workers/notify/notifier.ts";
import { breakAt } from "./break-redis.ts";

/** A process that tells what waits of one agreement and ends, or dies by SIGKILL at one of its commands to the store. */
const [, , socket = "", stateDir = "", mailPort = "", agreementId = "", nowMs = "", command = "0", when = "before"] = process.argv;

const target = { kind: "socket", path: socket } as const;
const redis = connectRedis(target, "worker");
const keyRing = await KeyRing.open(stateDir);
await redis.ping();
const commands = breakAt(redis, { command: Number(command), when: when === "after" ? "after" : "before" }, () => {
  process.kill(process.pid, "SIGKILL");
});
const notifier = new Notifier({
  target,
  redis,
  rawFiles: new RawFiles(stateDir, keyRing),
  keyRing,
  stateDir,
  outbound: openOutbound("127.0.0.1"),
  mail: { host: "127.0.0.1", port: Number(mailPort), secure: false, login: null, from: "Accord <accord@example.com>" },
  publicUrl: "https://accord.test",
  clock: () => Number(nowMs),
  logger: pino({ level: "silent" }),
  owner: "killed",
});
await notifier.wake(agreementId);
await notifier.idle();
process.stdout.write(`${commands()}\n`);
redis.disconnect();
