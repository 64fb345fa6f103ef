import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { revokeApiKey } from "../../shared/store/api-keys.ts";
import type { HttpClient } from "../support/http-client.ts";
import { FEED_HEADER } from "../support/sample-agreement.ts";
import { chunkedUpload } from "../support/chunked-upload.ts";
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
const rawFiles = async () =>
  new Set((await readdir(path.join(server.stateDir, "raw"), { recursive: true }).catch(() => [])).map((name) => path.basename(name)));

describe("an upload", () => {
  it("is answered with a receipt once its bytes are on disk", async () => {
    const reply = await machine.upload("north.calls", file(1), { "X-Filename": encodeURIComponent("März/calls.csv") });
    expect(reply.status).toBe(202);
    const receipt = reply.as(Receipt);
    expect(receipt).toMatchObject({ feedId: "north.calls", state: "accepted", filename: "März/calls.csv", bytes: file(1).length });
    expect(await rawFiles()).toContain(receipt.sha256);
    expect(server.hints).toContain("north");
    expect((await machine.get(`/api/v1/receipts/${receipt.id}`)).as(Receipt)).toEqual(receipt);
    const { proof: _, ...stored } = receipt;
    expect((await machine.get("/api/v1/feeds/north.calls/receipts")).as(z.array(Receipt))).toContainEqual(stored);
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
    expect(await chunkedUpload(server.url, { key: machine.key ?? "", chunks: 20, bytes: 10_000, ending: "end" })).toMatch(
      /^HTTP\/1.1 413 /u,
    );
    expect(await rawFiles()).toEqual(before);
  });

  it("beyond the cap is answered while the sender is still sending", async () => {
    expect(await chunkedUpload(server.url, { key: machine.key ?? "", chunks: 11, bytes: 10_000, ending: "wait" })).toMatch(
      /^HTTP\/1.1 413 /u,
    );
  });

  it("that the sender cuts leaves nothing behind", async () => {
    const before = await rawFiles();
    for (const chunks of [0, 1, 5]) await chunkedUpload(server.url, { key: machine.key ?? "", chunks, bytes: 1000, ending: "cut" });
    await expect.poll(rawFiles, { timeout: 5000 }).toEqual(before);
  });

  it("is refused when the right to it ends while it is under way", async () => {
    const slow = chunkedUpload(server.url, {
      key: machine.key ?? "",
      chunks: 2,
      bytes: 1000,
      ending: "end",
      between: async () => {
        await expect.poll(async () => [...(await rawFiles())].some((name) => name.endsWith(".part"))).toBe(true);
        await revokeApiKey(server.redis, "north", keyId);
      },
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
