import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBundle } from "../../shared/ledger/bundle.ts";
import { checkConsistency } from "../../shared/ledger/check-consistency.ts";
import { openCheckpoint } from "../../shared/ledger/checkpoint.ts";
import { verifyBundle } from "../../shared/ledger/verify-bundle.ts";
import { verifyInclusion } from "../../shared/ledger/verify-proof.ts";
import { LedgerCheckpoint, LedgerConsistency, LedgerEntries, LedgerKey } from "../../shared/protocol/ledger-routes.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { keepCheckpoint, readCheckpoints } from "../../shared/store/checkpoints.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { documentsOf, verifySignature } from "../../server/cli/verify.ts";
import type { HttpClient } from "../support/http-client.ts";
import { FEED_HEADER } from "../support/sample-agreement.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { addTestKey, setStage, signedIn } from "../support/stage.ts";

let server: TestServer;
let machine: HttpClient;
let manager: HttpClient;
let publicKey: Uint8Array;

beforeAll(async () => {
  server = await startServer();
  await setStage(server);
  machine = server.client({ key: (await addTestKey(server, "north", ["north.calls"])).secret });
  manager = await signedIn(server, "client-manager");
  publicKey = Uint8Array.fromBase64((await manager.get("/api/v1/ledger/key")).as(LedgerKey).publicKey);
});
afterAll(() => server.stop());

let row = 0;
async function upload(): Promise<Receipt> {
  row++;
  return (await machine.upload("north.calls", `${FEED_HEADER}2026-11-20,08:00,${row},${row},0,${row}\n`)).as(Receipt);
}

async function leafAt(index: number): Promise<Uint8Array> {
  const { entries } = (await manager.get(`/api/v1/agreements/north/ledger/entries?from=${index}&limit=1`)).as(LedgerEntries);
  return Uint8Array.fromHex(entries[0]?.leaf ?? "");
}

async function consistencySince(held: string, from: number) {
  const { publicKey: _, ...answer } = (await machine.get(`/api/v1/feeds/north.calls/ledger/consistency?from=${from}`)).as(
    LedgerConsistency,
  );
  return await checkConsistency({ held, answer, publicKey, sha256, verify: verifySignature });
}

describe("a receipt", () => {
  it("comes with the proof that the ledger holds it", async () => {
    const { proof, number, sha256: hash } = await upload();
    const checkpoint = await openCheckpoint(proof?.checkpoint ?? "", { publicKey, sha256, verify: verifySignature });
    if (proof === undefined || checkpoint === null) throw new Error("there is no proof that opens");
    const path = proof.path.map((each) => Uint8Array.fromBase64(each));
    expect(verifyInclusion({ ...checkpoint, leaf: await leafAt(proof.index), index: proof.index, path }, sha256)).toBe(true);
    const { entries } = (await manager.get(`/api/v1/agreements/north/ledger/entries?from=${proof.index}&limit=1`)).as(LedgerEntries);
    expect(entries[0]?.entry).toMatchObject({ kind: "receipt-accepted", receipt: number, sha256: hash });
  });

  it("gets a fresh proof whenever it is asked for, also when it is handed in once more", async () => {
    const first = await upload();
    await upload();
    const again = (await machine.get(`/api/v1/receipts/${first.id}`)).as(Receipt);
    expect(again.proof?.index).toBe(first.proof?.index);
    expect(again.proof?.checkpoint).not.toBe(first.proof?.checkpoint);
  });
});

describe("the record", () => {
  it("proves to a machine that it only grew since the checkpoint of its last upload", async () => {
    const { proof } = await upload();
    const before = await openCheckpoint(proof?.checkpoint ?? "", { publicKey, sha256, verify: verifySignature });
    await upload();
    expect(await consistencySince(proof?.checkpoint ?? "", before?.size ?? 0)).toMatchObject({ kind: "consistent" });
  });

  it("shows its size, root and the last checkpoint that was kept, each kept once", async () => {
    await upload();
    const keyRing = await KeyRing.open(server.stateDir);
    await keepCheckpoint(server.redis, keyRing, "north", Date.now());
    await keepCheckpoint(server.redis, keyRing, "north", Date.now());
    const shown = (await manager.get("/api/v1/agreements/north/ledger/checkpoint")).as(LedgerCheckpoint);
    expect(shown.kept?.size).toBe(shown.size);
    expect((await readCheckpoints(server.redis, "north")).filter(({ size }) => size === shown.size)).toHaveLength(1);
    const latest = (await manager.get("/api/v1/agreements/north/ledger/entries?limit=3")).as(LedgerEntries);
    expect(latest.entries.map(({ index }) => index)).toEqual([shown.size - 3, shown.size - 2, shown.size - 1]);
  });

  it("is taken along as a bundle that verifies without the server", async () => {
    await upload();
    const { proof } = await upload();
    const reply = await fetch(`${server.url}/api/v1/agreements/north/bundle`, { headers: { cookie: manager.cookie } });
    const bytes = new Uint8Array(await reply.arrayBuffer());
    const bundle = await openBundle({ bytes: bytes.length, read: async (from, n) => bytes.subarray(from, from + n) });
    const startHash = () => createHash("sha256");
    const held = [proof?.checkpoint ?? ""];
    const verified = await verifyBundle({ bundle, held, documents: documentsOf(bundle), sha256, startHash, verify: verifySignature });
    expect(verified.findings).toEqual([]);
    expect(verified.files).toBe(row);
  });

  it("that was rewritten in Redis and signed anew is found out by whoever kept a checkpoint", async () => {
    const { proof } = await upload();
    const before = await openCheckpoint(proof?.checkpoint ?? "", { publicKey, sha256, verify: verifySignature });
    const key = agreementKeys("north").ledger;
    await server.redis.rpop(key);
    expect(await consistencySince(proof?.checkpoint ?? "", before?.size ?? 0)).toMatchObject({ kind: "rewritten" });
    await server.redis.rpush(key, (await server.redis.lrangeBuffer(key, -2, -2))[0] ?? "");
    expect(await consistencySince(proof?.checkpoint ?? "", before?.size ?? 0)).toMatchObject({ kind: "rewritten" });
  });
});
