import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { afterAll, beforeAll, expect, it } from "vitest";
import { StreamAppended } from "../../shared/protocol/socket-events.ts";
import { commit } from "../../shared/store/commit.ts";
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
