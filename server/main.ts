import { once } from "node:events";
import type { Server } from "node:http";
import path from "node:path";
import type { Redis } from "ioredis";
import { pino } from "pino";
import { toError } from "../shared/protocol/errors.ts";
import { connectRedis } from "../shared/store/connect.ts";
import { createDriveQueue } from "../shared/store/drive-queue.ts";
import { KeyRing } from "../shared/store/key-ring.ts";
import { areKnownKeys, FOREIGN_KEYS } from "../shared/store/known-keys.ts";
import { createPullQueue } from "../shared/store/pull-queue.ts";
import { RawFiles } from "../shared/store/raw-files.ts";
import { rawStoreOf } from "../shared/store/raw-s3-store.ts";
import { createApp } from "./app.ts";
import { type Config, parseConfig } from "./config.ts";
import { LIMITS } from "./limits.ts";
import { SETUP_LINK_FILE, setupLink } from "./setup-link.ts";
import { shutDown } from "./shutdown.ts";

const CONFIGURATION_ERROR = 78;
/** Together below what the supervisor waits for before it kills (`programs.ts`). */
const SHUTDOWN_MS = 5500;
const GRACE_MS = 1000;

/** @returns the port, which the system chose if the configured one is 0. */
async function listen(httpServer: Server, { host, port }: Config): Promise<number> {
  httpServer.listen(port, host);
  try {
    await once(httpServer, "listening");
  } catch (error) {
    process.stderr.write(`Cannot listen on ${host}:${port} (${toError(error).message}). Free it, or set PORT to another one.\n`);
    process.exit(CONFIGURATION_ERROR);
  }
  const address = httpServer.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Not `events.once`: that one fails at the first refused connection, and Redis may still be starting. */
async function whenReady(redis: Redis): Promise<"ready"> {
  if (redis.status !== "ready") await new Promise<void>((resolve) => redis.once("ready", () => resolve()));
  return "ready";
}

async function run(config: Config): Promise<void> {
  const logger = pino({
    level: config.logLevel,
    base: { process: "server" },
    redact: ["*.password", "*.secret", "*.token", "*.authorization", "*.cookie"],
  });
  const redis = connectRedis(config.redis, "commands");
  const subscriber = connectRedis(config.redis, "subscriber");
  const stop = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]).then(() => "stop" as const);
  // Also while it starts: a Redis that goes away in between would be waited for without an end.
  void stop.then(() => setTimeout(() => process.exit(0), SHUTDOWN_MS + GRACE_MS));
  if (redis.status !== "ready") logger.info({ event: "waiting-for-redis" });
  if ((await Promise.race([whenReady(redis), stop])) === "stop") process.exit(0);
  const driveQueue = createDriveQueue(redis);
  const pullQueue = createPullQueue(redis);
  const { publicUrl, stateDir } = config;
  const keyRing = await KeyRing.open(stateDir);
  if (!(await areKnownKeys(redis, keyRing))) {
    process.stderr.write(`${FOREIGN_KEYS}\n`);
    process.exit(CONFIGURATION_ERROR);
  }
  const app = await createApp({
    redis,
    subscriber,
    rawFiles: new RawFiles(stateDir, keyRing, rawStoreOf(process.env)),
    keyRing,
    clock: () => Date.now(),
    logger,
    driveQueue,
    pullQueue,
    publicUrl,
    stateDir,
    clientDir: path.join(import.meta.dirname, "../dist/client"),
    limits: LIMITS,
  });
  const link = await setupLink({ redis, stateDir, publicUrl });
  // The link is a secret until it is used, so the log only says where it lies.
  if (link !== null) logger.info({ event: "setup-link", file: path.join(config.stateDir, SETUP_LINK_FILE) });
  const port = await listen(app.httpServer, config);
  logger.info({ event: "ready", host: config.host, port, publicUrl });
  await stop;
  const steps = [
    { name: "app", run: () => app.close() },
    { name: "queue", run: () => driveQueue.close() },
    { name: "pull queue", run: () => pullQueue.close() },
    { name: "subscriber", run: async () => subscriber.disconnect() },
    { name: "redis", run: async () => redis.disconnect() },
  ];
  const end = await shutDown(steps, { logger, deadlineMs: SHUTDOWN_MS });
  logger.info({ event: "stopped", end });
  process.exit(0);
}

const parsed = parseConfig(process.env);
if (parsed.ok) {
  await run(parsed.config);
} else {
  for (const problem of parsed.problems) process.stderr.write(`${problem}\n`);
  process.exitCode = CONFIGURATION_ERROR;
}
