import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Redis } from "ioredis";
import { pino } from "pino";
import { createApp } from "../../server/app.ts";
import { LIMITS, type Limits } from "../../server/limits.ts";
import type { ServerParts } from "../../server/parts.ts";
import { connectRedis } from "../../shared/store/connect.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { createPullQueue } from "../../shared/store/pull-queue.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { HttpClient } from "./http-client.ts";
import { startRedis, type TestRedis } from "./redis.ts";

interface Overrides {
  readonly redisServer?: TestRedis;
  readonly limits?: Partial<Limits>;
  readonly publicUrl?: string;
  readonly clock?: () => number;
  readonly clientDir?: string;
  readonly hint?: (agreementId: string) => Promise<void>;
}

export interface TestServer {
  readonly url: string;
  readonly redisServer: TestRedis;
  /** A patient connection of the test's own. */
  readonly redis: Redis;
  readonly stateDir: string;
  readonly rawFiles: RawFiles;
  /** Lines of the server's log, as objects. */
  readonly logs: readonly string[];
  readonly hints: readonly string[];
  client(credentials?: { cookie?: string; key?: string }): HttpClient;
  stop(): Promise<void>;
}

/** The parts of a server as `main.ts` makes them, but for the clock, the log and the queue. */
async function testParts(overrides: Overrides, redisServer: TestRedis, noted: { logs: string[]; hints: string[] }): Promise<ServerParts> {
  const redis = connectRedis(redisServer.target, "commands");
  await once(redis, "ready");
  const stateDir = await mkdtemp(path.join(tmpdir(), "accord-state-"));
  const keyRing = await KeyRing.open(stateDir);
  const hint = async (agreementId: string): Promise<void> => {
    noted.hints.push(agreementId);
    await overrides.hint?.(agreementId);
  };
  return {
    redis,
    subscriber: connectRedis(redisServer.target, "subscriber"),
    rawFiles: new RawFiles(stateDir, keyRing),
    keyRing,
    clock: overrides.clock ?? (() => Date.now()),
    logger: pino({ level: "debug" }, { write: (line: string) => void noted.logs.push(line) }),
    driveQueue: { hint, hintOfReceipt: hint },
    pullQueue: createPullQueue(redis),
    publicUrl: overrides.publicUrl ?? "http://localhost:4400",
    stateDir,
    clientDir: overrides.clientDir ?? path.join(stateDir, "no-client"),
    limits: { ...LIMITS, ...overrides.limits },
  };
}

/** The real server on a real Redis and port 0. A second server may share the Redis of the first. */
export async function startServer(overrides: Overrides = {}): Promise<TestServer> {
  const redisServer = overrides.redisServer ?? (await startRedis());
  const noted = { logs: [], hints: [] };
  const parts = await testParts(overrides, redisServer, noted);
  const app = await createApp(parts);
  const { httpServer } = app;
  httpServer.listen(0, "127.0.0.1");
  await once(httpServer, "listening");
  const address = httpServer.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const redis = redisServer.connect();
  return {
    url,
    redisServer,
    redis,
    logs: noted.logs,
    hints: noted.hints,
    stateDir: parts.stateDir,
    rawFiles: parts.rawFiles,
    client: (credentials) => new HttpClient(url, credentials),
    async stop() {
      httpServer.closeAllConnections();
      await app.close();
      for (const connection of [parts.redis, parts.subscriber, redis]) connection.disconnect();
      await rm(parts.stateDir, { recursive: true, force: true });
      if (overrides.redisServer === undefined) await redisServer.stop();
    },
  };
}
