import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findRedis, type RedisProgram } from "../../../server/boot/find-redis.ts";
import { redisArguments } from "../../../server/boot/redis-arguments.ts";
import { createPrivateRedis, type PrivateRedis } from "../../../server/boot/private-redis.ts";

const GRACE_MS = 5000;
let stateDir: string;
let program: RedisProgram;
let said: string[];
const started: PrivateRedis[] = [];

async function start(): Promise<PrivateRedis> {
  const redis = await createPrivateRedis({ program, stateDir, say: (line) => said.push(line) });
  started.push(redis);
  await redis.start();
  return redis;
}

async function ask<T>(redis: PrivateRedis, question: (connection: Redis) => Promise<T>): Promise<T> {
  const connection = new Redis({ path: redis.socket, maxRetriesPerRequest: 20, retryStrategy: () => 50 });
  connection.on("error", () => undefined);
  try {
    return await question(connection);
  } finally {
    connection.disconnect();
  }
}

beforeEach(async () => {
  said = [];
  stateDir = await mkdtemp(path.join(tmpdir(), "accord-boot-"));
  const { found } = await findRedis(process.env["PATH"] ?? "");
  if (!found) throw new Error("these tests need redis-server");
  program = found;
});

afterEach(async () => {
  for (const redis of started.splice(0)) await redis.stop(GRACE_MS);
  await rm(stateDir, { recursive: true, force: true });
});

describe("the private Redis", () => {
  test("runs on a socket of its owner alone, with every confirmed write on disk and nothing ever dropped", async () => {
    const redis = await start();
    const settings = await ask(redis, (connection) =>
      connection.config("GET", "port", "appendonly", "appendfsync", "maxmemory-policy", "hash-max-listpack-entries"),
    );
    expect(settings).toEqual(
      expect.arrayContaining([
        "port",
        "0",
        "appendonly",
        "yes",
        "appendfsync",
        "always",
        "maxmemory-policy",
        "noeviction",
        "hash-max-listpack-entries",
        "512",
      ]),
    );
    expect((await stat(redis.socket)).mode & 0o077).toBe(0);
  });

  test("keeps its data over a stop and a second start", async () => {
    const first = await start();
    await ask(first, (connection) => connection.set("kept", "yes"));
    await first.stop(GRACE_MS);
    expect(await ask(await start(), (connection) => connection.get("kept"))).toBe("yes");
  });

  test("is started again when it crashes, with its data", async () => {
    const redis = await start();
    const { pid } = redis;
    if (pid === undefined) throw new Error("it does not run");
    await ask(redis, (connection) => connection.set("kept", "yes"));
    process.kill(pid, "SIGKILL");
    expect(await ask(redis, (connection) => connection.get("kept"))).toBe("yes");
    expect(redis.pid).not.toBe(pid);
    await expect.poll(() => said).toEqual([expect.stringContaining("ended unexpectedly (SIGKILL)"), "Redis: running again"]);
  });

  test("that a killed supervisor left behind is stopped, and its data taken over", async () => {
    const socket = path.join(stateDir, "r.sock");
    const dataDir = path.join(stateDir, "redis");
    await mkdir(dataDir);
    const orphan = spawn(program.file, redisArguments({ socket, dataDir }), { stdio: "ignore" });
    const ended = once(orphan, "exit");
    const probe = new Redis({ path: socket, maxRetriesPerRequest: null, retryStrategy: () => 50 });
    probe.on("error", () => undefined);
    await probe.set("kept", "yes");
    probe.disconnect();
    const heir = await start();
    await ended;
    expect(await ask(heir, (connection) => connection.get("kept"))).toBe("yes");
    expect(said).toEqual([expect.stringContaining("left behind")]);
  });

  test("that cannot read its files says why, with the end of its log", async () => {
    const first = await start();
    await first.stop(GRACE_MS);
    const manifest = path.join(stateDir, "redis", "appendonlydir", "appendonly.aof.manifest");
    expect(await readFile(manifest, "utf8")).toContain("appendonly.aof");
    await rm(path.join(stateDir, "redis", "appendonlydir", "appendonly.aof.1.base.rdb"));
    await expect(start()).rejects.toThrow(/ended before it was ready/u);
  });
});
