import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LIMITS } from "../../server/limits.ts";
import { bareUpload } from "../support/bare-request.ts";
import { addTestKey, setStage } from "../support/stage.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { startSystem, type System } from "../support/system.ts";
import { buildAgreement, buildFeed } from "../support/sample-agreement.ts";

const MEGABYTE = 1_000_000;
const PIECE = Buffer.alloc(64 * 1024, "x");
const CHUNK = Buffer.concat([Buffer.from(`${PIECE.length.toString(16)}\r\n`), PIECE, Buffer.from("\r\n")]);

describe("a sender that dawdles", () => {
  let server: TestServer;
  let key: string;
  beforeAll(async () => {
    const uploadSteadiness = { ...LIMITS.uploadSteadiness, everyMs: 200, leastBytes: 1000 };
    server = await startServer({ limits: { uploadSteadiness, uploadTurns: { ...LIMITS.uploadTurns, most: 1 } } });
    await setStage(server);
    ({ secret: key } = await addTestKey(server, "north", ["north.calls"]));
  });
  afterAll(async () => await server.stop());

  it("with a byte now and then is refused, and told to come back", async () => {
    const slow = bareUpload(server.url, { key, headers: ["Idempotency-Key: slow", "Content-Length: 100000"] });
    const dripping = setInterval(() => slow.socket.write("x"), 50);
    const answer = await slow.answer;
    clearInterval(dripping);
    slow.socket.destroy();
    expect(answer).toMatch(/^HTTP\/1.1 408 /u);
    expect(answer).toContain("too-slow");
  });

  it("and announces more than it sends is refused", async () => {
    const lying = bareUpload(server.url, { key, headers: ["Idempotency-Key: lying", "Content-Length: 100000"] });
    await lying.write("x".repeat(5000));
    expect(await lying.answer).toMatch(/^HTTP\/1.1 408 /u);
    lying.socket.destroy();
  });

  it("holds up those behind it, of whom one that gives up in line is not counted against the sender", async () => {
    const { id, secret } = await addTestKey(server, "north", ["north.calls"]);
    const begin = async (name: string) => {
      const headers = [`Idempotency-Key: ${name}`, "Content-Length: 10000000", "Expect: 100-continue"];
      const sender = bareUpload(server.url, { key: secret, headers });
      expect(await sender.answer).toMatch(/^HTTP\/1.1 100 /u);
      return sender.socket;
    };
    const client = server.client({ key: secret });
    const first = await begin("first");
    const steady = setInterval(() => first.write("x".repeat(2000)), 50);
    const inLine = await begin("in-line");
    // Asked behind it, answered when it stands in line.
    await client.get("/api/v1/feeds/north.calls/receipts");
    inLine.destroy();
    const next = client.upload("north.calls", "the next in line");
    await client.get("/api/v1/feeds/north.calls/receipts");
    clearInterval(steady);
    first.destroy();
    expect((await next).status).toBe(202);
    expect(await server.redis.zcard(`{people}:limit:refusals:key:${id}`)).toBe(1);
  });
});

describe("a sender of whom ten files were refused", () => {
  let servers: readonly TestServer[];
  let hostile: string;
  beforeAll(async () => {
    const first = await startServer();
    servers = [first, await startServer({ redisServer: first.redisServer })];
    await setStage(first);
    const { id, secret } = await addTestKey(first, "north", ["north.calls"]);
    hostile = secret;
    for (let i = 0; i < 10; i++) {
      const sender = bareUpload(first.url, { key: hostile, headers: [`Idempotency-Key: ${i}`, "Content-Length: 10"] });
      await sender.write("0123456789 and more that nobody asked for");
      expect(await sender.answer).toMatch(/^HTTP\/1.1 400 /u);
      sender.socket.destroy();
    }
    // The line is cut before its refusal is counted.
    const budget = `{people}:limit:refusals:key:${id}`;
    await vi.waitFor(async () => expect(await first.redis.zcard(budget)).toBe(10), { interval: 10 });
  });
  afterAll(async () => await Promise.all(servers.toReversed().map((server) => server.stop())));

  it("is told by every server to wait some minutes", async () => {
    for (const server of servers) {
      const reply = await server.client({ key: hostile }).upload("north.calls", "a good file");
      expect([reply.status, reply.error().code]).toEqual([429, "too-many"]);
      expect(Number(reply.headers.get("Retry-After"))).toBeGreaterThan(200);
    }
  });

  it("has left no receipt: nobody knows which bytes were meant", async () => {
    const replies = await Promise.all(servers.map((server) => server.client({ key: hostile }).get("/api/v1/feeds/north.calls/receipts")));
    expect(replies.map(({ text }) => text)).toEqual(["[]", "[]"]);
  });

  it("is not read any further: of two gigabytes hardly more is taken than lies on the way", async () => {
    const sender = bareUpload(servers[0]?.url ?? "", { key: hostile, headers: ["Idempotency-Key: all", "Transfer-Encoding: chunked"] });
    let sent = 0;
    let isOver = false;
    void sender.answer.then(() => (isOver = true));
    for (; sent < 2000 * MEGABYTE && !isOver && !sender.socket.destroyed; sent += PIECE.length)
      await Promise.race([sender.write(CHUNK), sender.answer]);
    expect(await sender.answer).toMatch(/^HTTP\/1.1 429 /u);
    sender.socket.destroy();
    expect(sent).toBeLessThan(20 * MEGABYTE);
  });

  it("does not keep the agreement's other keys out", async () => {
    for (const server of servers) {
      const { secret } = await addTestKey(server, "north", ["north.calls"]);
      expect((await server.client({ key: secret }).upload("north.calls", `of another ${secret}`)).status).toBe(202);
    }
  });
});

describe("a body", () => {
  let system: System;
  let key: string;
  beforeAll(async () => {
    system = await startSystem({ workers: 0 });
    await system.addAgreement(JSON.stringify(buildAgreement({ id: "north" })), [JSON.stringify(buildFeed())]);
    const client = await system.addKey("north", ["north.calls"]);
    ({ key = "" } = client);
    // What a server has once it works: it is no part of what a hostile body takes more.
    for (let i = 0; i < 20; i++) expect((await system.upload(client, "north.calls", "x".repeat(1_000_000 + i))).status).toBe(202);
  });
  afterAll(async () => await system.stop());

  const residentBytes = (): number => Number(execFileSync("ps", ["-o", "rss=", "-p", String(system.server.child.pid)])) * 1024;

  it("of two gigabytes without a length is cut at the cap, in little memory", async () => {
    const before = residentBytes();
    let most = before;
    const sender = bareUpload(system.url, { key, headers: ["Idempotency-Key: endless", "Transfer-Encoding: chunked"] });
    let answered = "";
    void sender.answer.then((text) => (answered = text));
    let sent = 0;
    for (; sent < 2000 * MEGABYTE && answered === "" && !sender.socket.destroyed; sent += PIECE.length) {
      await sender.write(CHUNK);
      if (sent % (4 * MEGABYTE) < PIECE.length) most = Math.max(most, residentBytes());
    }
    expect(await sender.answer).toMatch(/^HTTP\/1.1 413 /u);
    sender.socket.destroy();
    expect(sent).toBeLessThan(2000 * MEGABYTE);
    expect(most - before).toBeLessThan(64 * MEGABYTE);
  });

  it("announced with two gigabytes is refused before it is sent", async () => {
    const sender = bareUpload(system.url, { key, headers: ["Idempotency-Key: announced", "Content-Length: 2000000000"] });
    expect(await sender.answer).toMatch(/^HTTP\/1.1 413 /u);
    sender.socket.destroy();
  });

  it("longer than announced is refused: nobody knows which of the two is meant", async () => {
    const sender = bareUpload(system.url, { key, headers: ["Idempotency-Key: short", "Content-Length: 10"] });
    await sender.write("0123456789 and more that nobody asked for");
    expect(await sender.answer).toMatch(/^HTTP\/1.1 400 /u);
    sender.socket.destroy();
  });
});
