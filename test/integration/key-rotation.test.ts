import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkConsistency } from "../../shared/ledger/check-consistency.ts";
import { succeeds } from "../../shared/ledger/key-chain.ts";
import { checkpointOf, keepCheckpoint, rawPublicKey } from "../../shared/store/checkpoints.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { rotateOperatorKey } from "../../shared/store/key-rotation.ts";
import { readLedgerTree } from "../../shared/store/ledger-tree.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { bundleOf } from "../../server/http/bundle.ts";
import { verifySignature } from "../../server/cli/verify.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement, buildFeed, FEED_HEADER } from "../support/sample-agreement.ts";
import { putTogether, resign, takeApart } from "../support/tamper.ts";
import { verifyBytes } from "../support/verify-bytes.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const ID = "north";
let stage: WorkerStage;

beforeEach(async () => {
  stage = await startWorkerStage(NOW);
  await putDocuments(stage.redis, { agreement: buildAgreement({ id: ID }), feeds: [buildFeed()], nowMs: NOW });
  await handIn(1);
});
afterEach(() => stage.stop());

const handIn = async (row: number) => await stage.handIn(ID, "calls", `${FEED_HEADER}2026-11-20,08:00,${row},${row},0,${row}\n`);
const rotate = async () => await rotateOperatorKey(stage.redis, stage.parts.stateDir, stage.nowMs);
const openRing = async () => await KeyRing.open(stage.parts.stateDir);
const base64 = (ring: KeyRing) => rawPublicKey(ring).toBase64();
const note = async (ring: KeyRing) => checkpointOf(ring, ID, (await readLedgerTree(stage.redis, ID)).tree);

async function bundle(keyRing: KeyRing): Promise<Uint8Array> {
  return Buffer.concat(await Array.fromAsync(bundleOf({ redis: stage.redis, keyRing, rawFiles: stage.rawFiles }, ID)));
}

/** Two rotations with something before, between and after them, and what a party kept at each. */
async function twice(): Promise<{ rings: KeyRing[]; held: string[] }> {
  const [rings, held]: [KeyRing[], string[]] = [[await openRing()], []];
  for (let i = 0; i < 2; i++) {
    held.push(await note(rings[i] ?? (await openRing())));
    await rotate();
    rings.push(await openRing());
    await handIn(i + 2);
    await keepCheckpoint(stage.redis, rings[i + 1] ?? (await openRing()), ID, stage.nowMs);
  }
  return { rings, held };
}

describe("an operator key that gives way to another", () => {
  it("leaves a record that both keys have signed, each in its time", async () => {
    const { rings, held } = await twice();
    const [first, , last] = rings;
    if (first === undefined || last === undefined) throw new Error("no keys");
    expect(new Set(rings.map(base64)).size).toBe(3);
    expect((await verifyBytes(await bundle(last), held)).findings).toEqual([]);
    expect(await readdir(path.join(stage.parts.stateDir, "keys"))).not.toContain("operator.next.pem");
    expect((await readFile(path.join(stage.parts.stateDir, "keys", "operator.former.json"), "utf8")).includes("PRIVATE")).toBe(false);
    // A stolen key that has given way signs nothing any more.
    const stolen = await verifyBytes(await bundle(last), [await note(first)]);
    expect(stolen.findings[0]).toMatchObject({ severity: "tampered", kind: "checkpoint" });
  });

  it("is refused where no entry names it, or the one before has not signed for it", async () => {
    const { rings, held } = await twice();
    const last = rings.at(-1);
    if (last === undefined) throw new Error("no keys");
    const another = await startWorkerStage(NOW);
    const foreign = another.parts.keyRing;
    await another.stop();
    const parts = await takeApart(await bundle(last));
    const about: unknown = JSON.parse(Buffer.from(parts.files.get("about.json") ?? []).toString());
    resign(parts, foreign);
    expect((await verifyBytes(putTogether(parts), held)).findings[0]?.severity).toBe("tampered");
    parts.files.set("about.json", Buffer.from(JSON.stringify({ ...Object(about), publicKeys: [base64(foreign)], certificates: [] })));
    expect((await verifyBytes(putTogether(parts), held)).findings[0]?.severity).toBe("tampered");
    parts.files.set("about.json", Buffer.from(JSON.stringify({ ...Object(about), certificates: ["", ""] })));
    expect((await verifyBytes(putTogether(parts), held)).findings[0]).toMatchObject({ what: expect.stringContaining("did not sign for") });
  });

  it("is followed by a browser that knows the first one, and by none where the chain is broken", async () => {
    const { rings, held } = await twice();
    const [first, last] = [rings[0], rings.at(-1)];
    if (first === undefined || last === undefined) throw new Error("no keys");
    const chain = { former: last.former, present: base64(last), verify: verifySignature };
    expect(await succeeds(base64(first), chain)).toBe(true);
    expect(await succeeds(base64(first), { ...chain, former: last.former.slice(1) })).toBe(false);
    expect(await succeeds(base64(first), { ...chain, present: base64(first).replace(/^./u, "A") })).toBe(false);
    const { tree } = await readLedgerTree(stage.redis, ID);
    const size = Number(held[0]?.split("\n")[1]);
    const answer = { checkpoint: await note(last), proof: tree.consistencyProof(size).map((hash) => hash.toBase64()) };
    const check = { held: held[0] ?? "", answer, sha256, verify: verifySignature };
    expect((await checkConsistency({ ...check, publicKey: rawPublicKey(last) })).kind).toBe("consistent");
  });

  it("goes on with the key it had made when a rotation was interrupted, and nothing starts before", async () => {
    const folder = path.join(stage.parts.stateDir, "keys");
    const before = await openRing();
    const { sha256: made } = await rotate();
    const now = await openRing();
    // As if the power had gone before the last step.
    await rename(path.join(folder, "operator.pem"), path.join(folder, "operator.next.pem"));
    await writeFile(path.join(folder, "operator.pem"), before.signingKey.export({ type: "pkcs8", format: "pem" }));
    await expect(openRing()).rejects.toThrow("rotation of the operator key was interrupted");
    expect(await rotate()).toEqual({ sha256: made, agreements: 1 });
    expect(base64(await openRing())).toBe(base64(now));
    expect((await openRing()).former).toEqual(now.former);
    expect((await verifyBytes(await bundle(await openRing()))).findings).toEqual([]);
  });
});
