import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { startRedis, type TestRedis } from "../support/redis.ts";

const MAIN = path.join(import.meta.dirname, "../../server/main.ts");
const Line = z.looseObject({ event: z.string().optional(), port: z.number().optional(), file: z.string().optional() });
let redisServer: TestRedis;
let stateDir: string;

beforeAll(async () => {
  redisServer = await startRedis();
  stateDir = await mkdtemp(path.join(tmpdir(), "accord-state-"));
});
afterAll(async () => {
  await redisServer.stop();
  await rm(stateDir, { recursive: true });
});

function start(env: Record<string, string>): ChildProcess {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return spawn(process.execPath, [MAIN], { env: { PATH, NODE_COMPILE_CACHE, ...env }, stdio: ["ignore", "pipe", "pipe"] });
}

function settings(port = "0"): Record<string, string> {
  return { PORT: port, ACCORD_REDIS_SOCKET: redisServer.target.path, ACCORD_STATE_DIR: stateDir };
}

/** The lines that a process prints up to one. */
async function linesUntil(child: ChildProcess, event: string): Promise<z.infer<typeof Line>[]> {
  const lines: z.infer<typeof Line>[] = [];
  if (child.stdout === null) throw new Error("no output");
  for await (const text of createInterface({ input: child.stdout })) {
    lines.push(Line.parse(JSON.parse(text)));
    if (lines.at(-1)?.event === event) return lines;
  }
  throw new Error("the server ended before it said so");
}

async function exitOf(child: ChildProcess): Promise<{ code: unknown; said: string }> {
  let said = "";
  child.stderr?.on("data", (data) => {
    said += String(data);
  });
  const [code]: unknown[] = await once(child, "close");
  return { code, said };
}

it("the server says when it is ready, says where the set-up link lies, and ends with 0 on SIGTERM", async () => {
  const child = start(settings());
  const exited = exitOf(child);
  const lines = await linesUntil(child, "ready");
  const file = path.join(stateDir, "setup-link");
  expect(lines.find(({ event }) => event === "setup-link")?.file).toBe(file);
  expect(await readFile(file, "utf8")).toMatch(/\/setup#[\w-]{32}\n$/u);
  const { port } = lines.at(-1) ?? {};
  expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toEqual({ ok: true, redis: "up", workers: "unknown" });
  const stoppedMs = performance.now();
  child.kill("SIGTERM");
  expect((await exited).code).toBe(0);
  expect(performance.now() - stoppedMs).toBeLessThan(10_000);
});

it("a server that waits for Redis ends with 0 on SIGTERM too", async () => {
  const child = start({ ...settings(), ACCORD_REDIS_SOCKET: path.join(stateDir, "nowhere.sock") });
  const exited = exitOf(child);
  await linesUntil(child, "waiting-for-redis");
  child.kill("SIGTERM");
  expect((await exited).code).toBe(0);
});

it("wrong settings are all named before anything starts", async () => {
  const { code, said } = await exitOf(start({ PORT: "x", LOG_LEVEL: "loud" }));
  expect(code).toBe(78);
  expect(
    said
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[0]),
  ).toEqual(["PORT", "LOG_LEVEL"]);
});

it("a taken port is named with the mend", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const address = holder.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const child = start(settings(String(port)));
  child.stdout?.resume();
  const { code, said } = await exitOf(child);
  expect([code, said]).toEqual([78, expect.stringContaining(`127.0.0.1:${port}`)]);
  expect(said).toContain("set PORT");
  holder.close();
});
