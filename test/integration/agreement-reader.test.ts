import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { afterAll, beforeAll, expect, it } from "vitest";
import { StreamAppended } from "../../shared/protocol/socket-events.ts";
import { commit } from "../../shared/store/commit.ts";
import { STREAM_TOLD_CHANNEL } from "../../shared/store/keys.ts";
import { readEntries, toldEntries, toldOf } from "../../shared/store/stream.ts";
import { AgreementReader } from "../../server/live/agreement-reader.ts";
import type { LiveServer, LiveSocket } from "../../server/live/live-socket.ts";
import { startRedis, type TestRedis } from "../support/redis.ts";
import { openSocket, outcomeOf, type TestSocket } from "../support/socket-client.ts";

let redisServer: TestRedis;
let io: LiveServer;
let url = "";

beforeAll(async () => {
  redisServer = await startRedis();
  const httpServer = createServer();
  io = new Server(httpServer, { transports: ["websocket"] });
  httpServer.listen(0, "127.0.0.1");
  await once(httpServer, "listening");
  const address = httpServer.address();
  url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  await io.close();
  await redisServer.stop();
});

/** Both ends of one connection, and the sequence numbers that its client was told. */
async function pair(): Promise<{ near: LiveSocket; far: TestSocket; seqs: number[] }> {
  const connected = new Promise<LiveSocket>((resolve) => void io.once("connection", resolve));
  const far = openSocket(url);
  const seqs: number[] = [];
  far.on("stream:appended", (payload: unknown) => seqs.push(...StreamAppended.parse(payload).entries.map(({ seq }) => seq)));
  await outcomeOf(far);
  return { near: await connected, far, seqs };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

it("passes on what it is told if that comes next, and reads where something lies between", async () => {
  const redis = redisServer.connect();
  const heard = redisServer.connect();
  await heard.subscribe(STREAM_TOLD_CHANNEL);
  const messages: string[] = [];
  heard.on("message", (_channel: string, message: string) => void messages.push(message));
  const tell = async (reasons: readonly string[]): Promise<void> => {
    const events = reasons.map((period) => ({ kind: "period:changed", period, change: "adjusted" }) as const);
    await commit(redis, { agreementId: "south", operationId: randomUUID(), nowMs: 7, writes: [], events });
  };
  await tell(["line\nfeed", "b"]);
  await tell(["c"]);
  await tell(["d".repeat(70_000)]);
  await expect.poll(() => messages.length).toBe(3);
  expect(messages.map(toldOf)).toEqual(["south", "south", "south"]);
  const told = messages.map(toldEntries);
  expect(told.map((entries) => entries.map(({ seq }) => seq))).toEqual([[1, 2], [3], []]);
  expect(told.slice(0, 2).flat()).toEqual((await readEntries(redis, "south", 0, 3)).entries);

  const reader = new AgreementReader({ io, redis, clock: () => 0 }, "south");
  const viewer = await pair();
  reader.attach(viewer.near, { seq: 0, sight: "whole" });
  await reader.hear(() => told[0] ?? []);
  await expect.poll(() => viewer.seqs, { timeout: 5000 }).toEqual([1, 2]);
  for (const again of [told[0], told[2], told[1]]) await reader.hear(() => again ?? []);
  await expect.poll(() => viewer.seqs, { timeout: 5000 }).toEqual([1, 2, 3, 4]);
  viewer.far.disconnect();
});

it("believes nothing that it is told of a kind that it does not know: then it reads", () => {
  const known = JSON.stringify({ kind: "agreement:changed", version: 2 });
  expect(toldEntries(`south\n5\n7\n${known}`)).toEqual([{ seq: 5, atMs: 7, event: { kind: "agreement:changed", version: 2 } }]);
  for (const other of ['{"kind":"weather:changed"}', "{}", "null", "7"]) expect(toldEntries(`south\n5\n7\n${known}\n${other}`)).toEqual([]);
});

it("viewers that start at different places each get every entry once, and nobody joins behind the reader", async () => {
  const redis = redisServer.connect();
  const events = range(1, 1200).map((version) => ({ kind: "agreement:changed", version }) as const);
  await commit(redis, { agreementId: "north", operationId: randomUUID(), nowMs: 0, writes: [], events });
  const reader = new AgreementReader({ io, redis, clock: () => 0 }, "north");
  const [early, ahead, atOnce, behind] = [await pair(), await pair(), await pair(), await pair()];

  expect(reader.attach(early.near, { seq: 100, sight: "whole" })).toBe(true);
  expect(reader.attach(ahead.near, { seq: 1100, sight: "whole" })).toBe(true);
  expect(reader.attach(atOnce.near, { seq: 100, sight: "shared" })).toBe(true);
  expect(reader.attach(behind.near, { seq: 99, sight: "whole" })).toBe(false);
  await reader.read();

  await expect.poll(() => [early, ahead, atOnce].map(({ seqs }) => seqs.at(-1)), { timeout: 5000 }).toEqual([1200, 1200, 1200]);
  expect(early.seqs).toEqual(range(101, 1200));
  expect(ahead.seqs).toEqual(range(1101, 1200));
  expect(atOnce.seqs).toEqual(range(101, 1200));
  expect(behind.seqs).toEqual([]);
  for (const { far } of [early, ahead, atOnce, behind]) far.disconnect();
});
