import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";

const SETTINGS = {
  port: "0",
  unixsocketperm: "700",
  appendonly: "yes",
  appendfsync: "always",
  save: "",
  "maxmemory-policy": "noeviction",
  daemonize: "no",
  loglevel: "warning",
};

export interface TestRedis {
  readonly target: { readonly kind: "socket"; readonly path: string };
  /** The data folder, with `appendonlydir` in it. */
  readonly dir: string;
  /** A connection that `stop` closes. */
  connect(): Redis;
  /** SIGSTOP: the server still holds its connections and answers nothing. */
  pause(): void;
  resume(): void;
  /** kill -9; the data folder stays. */
  kill(): Promise<void>;
  /** Starts the server again on the same socket and data folder. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

async function launch(dir: string, socket: string): Promise<ChildProcess> {
  const flags = Object.entries({ ...SETTINGS, unixsocket: socket, dir }).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn("redis-server", flags, { stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  child.stdout.on("data", (chunk) => output.push(String(chunk)));
  const probe = new Redis({ path: socket, retryStrategy: () => 20, maxRetriesPerRequest: null });
  probe.on("error", () => undefined);
  const refused = Promise.race([once(child, "error"), once(child, "exit")]).then(() => {
    throw new Error(`redis-server did not start: ${output.join("")}`);
  });
  refused.catch(() => undefined);
  try {
    await Promise.race([probe.ping(), refused]);
  } finally {
    probe.disconnect();
  }
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGCONT");
  child.kill(signal);
  await exited;
}

/** A private redis-server on a unix socket with the settings of production; each test file starts and stops its own. */
export async function startRedis(): Promise<TestRedis> {
  const dir = await mkdtemp(path.join(tmpdir(), "accord-redis-"));
  const socket = path.join(dir, "r.sock");
  const connections = new Set<Redis>();
  let child = await launch(dir, socket);
  return {
    target: { kind: "socket", path: socket },
    dir,
    connect() {
      const redis = new Redis({ path: socket, retryStrategy: () => 50, maxRetriesPerRequest: null });
      redis.on("error", () => undefined);
      connections.add(redis);
      return redis;
    },
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    kill: () => end(child, "SIGKILL"),
    async restart() {
      await end(child, "SIGTERM");
      child = await launch(dir, socket);
    },
    async stop() {
      for (const redis of connections) redis.disconnect();
      await end(child, "SIGTERM");
      await rm(dir, { recursive: true, force: true });
    },
  };
}
