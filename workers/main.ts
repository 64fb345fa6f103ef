import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { z } from "zod";
import { connectRedis } from "../shared/store/connect.ts";
import { KeyRing } from "../shared/store/key-ring.ts";
import { areKnownKeys, FOREIGN_KEYS } from "../shared/store/known-keys.ts";
import { openOutbound } from "../shared/store/outbound/outbound.ts";
import { RawFiles } from "../shared/store/raw-files.ts";
import { rawStoreOf } from "../shared/store/raw-s3-store.ts";
import { createWorkerApp } from "./app.ts";
import { parseWorkerConfig, type WorkerConfig } from "./config.ts";

/** Below what the supervisor waits for before it kills. */
const STOP_WITHIN_MS = 6500;

function configOrExit(): WorkerConfig {
  try {
    return parseWorkerConfig(process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}\n`);
    process.exit(78);
  }
}

const config = configOrExit();
const logger = pino({ level: config.logLevel, base: { name: "worker", pid: process.pid } });
const redis = connectRedis(config.redis, "worker");
const keyRing = await KeyRing.open(config.stateDir);
if (!(await areKnownKeys(redis, keyRing))) {
  process.stderr.write(`${FOREIGN_KEYS}\n`);
  process.exit(78);
}
const app = createWorkerApp({
  target: config.redis,
  redis,
  rawFiles: new RawFiles(config.stateDir, keyRing, rawStoreOf(process.env)),
  keyRing,
  stateDir: config.stateDir,
  outbound: openOutbound(config.pullAllow),
  mail: config.mail,
  publicUrl: config.publicUrl,
  clock: Date.now,
  logger,
  owner: randomUUID(),
});

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await app.close();
  redis.disconnect();
  process.exit(0);
}
process.once("SIGTERM", () => void stop());
process.once("SIGINT", () => void stop());

await app.ready();
logger.info({ event: "ready" }, "worker ready");
