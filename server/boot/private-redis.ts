import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import type { RedisProgram } from "./find-redis.ts";
import { openLogFile } from "./log-file.ts";
import { ManagedChild } from "./managed-child.ts";
import type { Say } from "./progress.ts";
import { redisArguments } from "./redis-arguments.ts";
import { prepareSocketPath } from "./short-socket-path.ts";

const POLL_MS = 50;

export interface PrivateRedis {
  readonly socket: string;
  /**
   * Starts it and waits until it has read its files back.
   * @throws BootFailure with the end of its log if it cannot start, e.g. on a damaged data file
   */
  start(): Promise<void>;
  readonly pid: number | undefined;
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

function connectOnce(socket: string): Redis {
  const redis = new Redis({
    path: socket,
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    commandTimeout: 5000,
  });
  redis.on("error", () => undefined);
  return redis;
}

async function answers(socket: string): Promise<boolean> {
  const redis = connectOnce(socket);
  try {
    await redis.connect();
    // While Redis reads its files back it accepts connections and refuses commands.
    return (await redis.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

async function waitUntil(condition: () => Promise<boolean>, vain?: AbortSignal): Promise<void> {
  while (!vain?.aborted && !(await condition())) await delay(POLL_MS);
}

/** Ends a server that a killed supervisor left behind on this socket; whoever holds the state lock may. It writes its files first. */
async function stopOrphan(socket: string, say: Say): Promise<void> {
  const redis = connectOnce(socket);
  try {
    await redis.connect();
  } catch {
    return;
  }
  say("Stopping the Redis that an earlier run left behind ...");
  await redis.shutdown().catch(() => undefined);
  redis.disconnect();
  await waitUntil(async () => !(await answers(socket)));
}

/** The app's own Redis on a unix socket in the state folder. Made here, started by `start`. */
export async function createPrivateRedis(parts: { program: RedisProgram; stateDir: string; say: Say }): Promise<PrivateRedis> {
  const dataDir = path.join(parts.stateDir, "redis");
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const socket = await prepareSocketPath(parts.stateDir, "r.sock");
  const child = new ManagedChild(
    {
      name: "Redis",
      file: parts.program.file,
      args: redisArguments({ socket, dataDir }),
      cwd: dataDir,
      env: {},
      leashed: false,
      read: (line) => ({ kind: /ready to accept connections/iu.test(line) ? "ready" : "other" }),
    },
    { log: await openLogFile(parts.stateDir, "redis"), say: parts.say },
  );
  return {
    socket,
    async start() {
      await stopOrphan(socket, parts.say);
      await child.start((ended) => waitUntil(() => answers(socket), ended));
    },
    get pid() {
      return child.pid;
    },
    stop: (graceMs) => child.stop(graceMs),
    kill: () => child.kill(),
  };
}
