import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkRedisUrl } from "../../../server/boot/check-redis-url.ts";
import { findRedis } from "../../../server/boot/find-redis.ts";
import { requireFreePort } from "../../../server/boot/free-port.ts";
import { lockState } from "../../../server/boot/state-lock.ts";

const HOST = "127.0.0.1";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "accord-refusals-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("it does not listen on a port");
  return address.port;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, "listening");
  const port = portOf(server.address());
  server.close();
  await once(server, "close");
  return port;
}

describe("a start", () => {
  test("on a taken port says so in one sentence and how to choose another", async () => {
    const server = createServer().listen(0, HOST);
    await once(server, "listening");
    const port = portOf(server.address());
    await expect(requireFreePort({ host: HOST, port }, "npm start")).rejects.toThrow(
      new RegExp(`^Port ${port} is taken.*PORT=\\d+ npm start`, "u"),
    );
    server.close();
    await once(server, "close");
    await expect(requireFreePort({ host: HOST, port }, "npm start")).resolves.toBeUndefined();
  });

  test("on data that another Accord uses is refused, until that one has ended", async () => {
    const first = await lockState(folder, "http://localhost:4400");
    await expect(lockState(folder, "http://localhost:4500")).rejects.toThrow(/already running on .*http:\/\/localhost:4400/u);
    await first.release();
    const second = await lockState(folder, "http://localhost:4500");
    await second.release();
  });
});

describe("a Redis of the operator's own", () => {
  let server: ChildProcess;
  let url: string;
  let redis: Redis;

  beforeAll(async () => {
    const { found } = await findRedis(process.env["PATH"] ?? "");
    if (!found) throw new Error("these tests need redis-server");
    const port = await freePort();
    url = `redis://${HOST}:${port}`;
    server = spawn(found.file, ["--port", String(port), "--bind", HOST, "--dir", folder, "--save", "", "--appendonly", "no"], {
      stdio: "ignore",
    });
    redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    redis.on("error", () => undefined);
    await redis.ping();
  });

  afterAll(async () => {
    redis.disconnect();
    const ended = once(server, "exit");
    // SIGTERM is refused while the first append-only file is being written.
    server.kill("SIGKILL");
    await ended;
  });

  test("with default settings is refused, naming each setting and its mend", async () => {
    await expect(checkRedisUrl(url)).rejects.toThrow(
      /appendonly .*CONFIG SET appendonly yes[^]*appendfsync .*CONFIG SET appendfsync always/u,
    );
  });

  test("is taken once these sentences were followed", async () => {
    await redis.config("SET", "appendonly", "yes");
    await redis.config("SET", "appendfsync", "always");
    await expect(checkRedisUrl(url)).resolves.toBeUndefined();
  });

  test("that would drop keys is refused", async () => {
    await redis.config("SET", "maxmemory-policy", "allkeys-lru");
    await expect(checkRedisUrl(url)).rejects.toThrow(/maxmemory-policy .* is allkeys-lru/u);
    await redis.config("SET", "maxmemory-policy", "noeviction");
  });

  test("that does not answer is told with its address and without its password", async () => {
    const port = await freePort();
    const refusal = checkRedisUrl(`redis://user:hidden@${HOST}:${port}`);
    await expect(refusal).rejects.toThrow(`${HOST}:${port}`);
    await expect(refusal).rejects.not.toThrow("hidden");
  });
});
