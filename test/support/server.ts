import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Redis } from "ioredis";
import { pino } from "pino";
import { createApp } from "../../server/app.ts";
import { LIMITS, type Limits } from "../../server/limits.ts";
import { connectRedis } from "../../shared/store/connect.ts";
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

/** The real server on a real Redis and port 0. A second server may share the Redis of the first. */
export async function startServer(overrides: Overrides = {}): Promise<TestServer> {
  const redisServer = overrides.redisServer ?? (await startRedis());
  const redis = redisServer.connect();
  const commands = connectRedis(redisServer.target, "commands");
  await once(commands, "ready");
  const subscriber = connectRedis(redisServer.target, "subscriber");
  const stateDir = await mkdtemp(path.join(tmpdir(), "accord-state-"));
  const rawFiles = new RawFiles(stateDir);
  const logs: string[] = [];
  const hints: string[] = [];
  const app = await createApp({
    redis: commands,
    subscriber,
    rawFiles,
    clock: overrides.clock ?? (() => Date.now()),
    logger: pino({ level: "debug" }, { write: (line: string) => void logs.push(line) }),
    driveQueue: {
      async hint(agreementId) {
        hints.push(agreementId);
        await overrides.hint?.(agreementId);
      },
    },
    publicUrl: overrides.publicUrl ?? "http://localhost:4400",
    stateDir,
    clientDir: overrides.clientDir ?? path.join(stateDir, "no-client"),
    limits: { ...LIMITS, ...overrides.limits },
  });
  app.httpServer.listen(0, "127.0.0.1");
  await once(app.httpServer, "listening");
  const address = app.httpServer.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    url,
    redisServer,
    redis,
    stateDir,
    rawFiles,
    logs,
    hints,
    client: (credentials) => new HttpClient(url, credentials),
    async stop() {
      app.httpServer.closeAllConnections();
      await app.close();
      commands.disconnect();
      subscriber.disconnect();
      redis.disconnect();
      await rm(stateDir, { recursive: true, force: true });
      if (overrides.redisServer === undefined) await redisServer.stop();
    },
  };
}
