import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
    server = await startServer({ limits: { uploadSteadiness: { ...LIMITS.uploadSteadiness, everyMs: 200, leastBytes: 1000 } } });
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
