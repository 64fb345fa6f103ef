import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { revokeApiKey } from "../../shared/store/api-keys.ts";
import type { HttpClient } from "../support/http-client.ts";
import { FEED_HEADER } from "../support/sample-agreement.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { addTestKey, setStage } from "../support/stage.ts";

const CAP = 100_000;
let server: TestServer;
let machine: HttpClient;
let keyId = "";

beforeAll(async () => {
  server = await startServer({ limits: { uploadBytes: CAP } });
  await setStage(server);
});
beforeEach(async () => {
  const key = await addTestKey(server, "north", ["north.calls"]);
  keyId = key.id;
  machine = server.client({ key: key.secret });
});
afterAll(() => server.stop());

const file = (row: number) => `${FEED_HEADER}2026-11-20,08:00,${row},${row},0,${row}\n`;
const rawFiles = async () => new Set(await readdir(path.join(server.stateDir, "raw")).catch(() => []));

describe("an upload", () => {
  it("is answered with a receipt once its bytes are on disk", async () => {
    const reply = await machine.upload("north.calls", file(1), { "X-Filename": encodeURIComponent("März/calls.csv") });
    expect(reply.status).toBe(202);
    const receipt = reply.as(Receipt);
    expect(receipt).toMatchObject({ feedId: "north.calls", state: "accepted", filename: "März/calls.csv", bytes: file(1).length });
    expect(await rawFiles()).toContain(receipt.sha256);
    expect(server.hints).toContain("north");
    expect((await machine.get(`/api/v1/receipts/${receipt.id}`)).as(Receipt)).toEqual(receipt);
    expect((await machine.get("/api/v1/feeds/north.calls/receipts")).as(z.array(Receipt))).toContainEqual(receipt);
  });

  it("of the same bytes, or with the same key, returns the old receipt", async () => {
    const first = (await machine.upload("north.calls", file(2), { "Idempotency-Key": "two" })).as(Receipt);
    const again = await machine.upload("north.calls", file(2), { "Idempotency-Key": "two" });
    const renamed = await machine.upload("north.calls", file(2), { "Idempotency-Key": "other" });
    expect([again.status, again.as(Receipt).id]).toEqual([200, first.id]);
    expect([renamed.status, renamed.as(Receipt).id]).toEqual([200, first.id]);
  });

  it("of other bytes under the same key changes nothing", async () => {
    await machine.upload("north.calls", file(3), { "Idempotency-Key": "three" });
    const reply = await machine.upload("north.calls", file(4), { "Idempotency-Key": "three" });
    expect([reply.status, reply.error().code]).toEqual([409, "idempotency-mismatch"]);
  });

  it("sent fifty times at once makes one receipt", async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => machine.upload("north.calls", file(5))));
    expect(new Set(replies.map((reply) => reply.as(Receipt).id)).size).toBe(1);
    expect(replies.every((reply) => reply.status === 200 || reply.status === 202)).toBe(true);
  });

  it.each([
    ["without Idempotency-Key", { "Idempotency-Key": "" }, 400],
    ["with an Idempotency-Key of 201 letters", { "Idempotency-Key": "x".repeat(201) }, 400],
    ["with a file name that is not URI-encoded", { "X-Filename": "%E0%A4%A" }, 400],
    ["inside a form", { "Content-Type": "multipart/form-data; boundary=x" }, 415],
    ["compressed", { "Content-Encoding": "gzip" }, 415],
  ])("%s is refused with a remedy", async (_title, headers, status) => {
    const before = await rawFiles();
    const reply = await machine.upload("north.calls", file(6), headers);
    expect(reply.status).toBe(status);
    expect(reply.error().remedy).not.toBe("");
    expect(await rawFiles()).toEqual(before);
  });

  it("beyond the cap is refused with the cap and the mend, announced or not", async () => {
    const before = await rawFiles();
    const announced = await machine.upload("north.calls", "x".repeat(CAP + 1));
    expect([announced.status, announced.error().code]).toEqual([413, "too-large"]);
    expect(announced.error().remedy).toContain("Split");
    expect(await chunked(server.url, { key: machine.key ?? "", chunks: 20, bytes: 10_000, end: true })).toMatch(/^HTTP\/1.1 413 /u);
    expect(await rawFiles()).toEqual(before);
  });

  it("that the sender cuts leaves nothing behind", async () => {
    const before = await rawFiles();
    for (const chunks of [0, 1, 5]) await chunked(server.url, { key: machine.key ?? "", chunks, bytes: 1000, end: false });
    await expect.poll(rawFiles, { timeout: 5000 }).toEqual(before);
  });

  it("is refused when the right to it ends while it is under way", async () => {
    const slow = chunked(server.url, {
      key: machine.key ?? "",
      chunks: 2,
      bytes: 1000,
      end: true,
      between: async () => void (await revokeApiKey(server.redis, "north", keyId)),
    });
    expect(await slow).toMatch(/^HTTP\/1.1 401 /u);
  });

  it("succeeds when the hint to the workers is lost", async () => {
    const deaf = await startServer({ redisServer: server.redisServer, hint: () => Promise.reject(new Error("queue away")) });
    const reply = await deaf.client({ key: machine.key ?? "" }).upload("north.calls", file(7));
    expect(reply.status).toBe(202);
    await expect.poll(() => deaf.logs.some((line) => line.includes("hint-lost"))).toBe(true);
    await deaf.stop();
  });

  it("has a list of refused rows to download under a harmless name", async () => {
    const { id } = (await machine.upload("north.calls", file(8))).as(Receipt);
    const reply = await machine.get(`/api/v1/receipts/${id}/errors.csv`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(reply.headers.get("content-disposition")).toBe(`attachment; filename="${id}-errors.csv"`);
  });
});

interface Chunks {
  readonly key: string;
  readonly chunks: number;
  readonly bytes: number;
  readonly end: boolean;
  readonly between?: () => Promise<void>;
}

/** A chunked upload over a bare socket. @returns the answer, or what came of it when the sender cuts the line. */
async function chunked(url: string, { key, chunks, bytes, end, between }: Chunks): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const answered = new Promise<string>((resolve) => {
    let text = "";
    socket.on("data", (data) => {
      text += String(data);
      if (text.includes("\r\n\r\n")) resolve(text);
    });
    socket.on("close", () => resolve(text));
    socket.on("error", () => resolve(text));
  });
  const head = [
    "PUT /api/v1/feeds/north.calls/uploads HTTP/1.1",
    `Host: ${hostname}`,
    `Authorization: Bearer ${key}`,
    "Idempotency-Key: cut",
    "Transfer-Encoding: chunked",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  for (let i = 0; i < chunks; i += 1) {
    await new Promise((resolve) => socket.write(`${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`, resolve));
    await between?.();
  }
  if (!end) socket.destroy();
  else socket.write("0\r\n\r\n");
  const text = await answered;
  socket.destroy();
  return text;
}
