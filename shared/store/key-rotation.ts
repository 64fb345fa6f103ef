import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { rename } from "node:fs/promises";
import path from "node:path";
import type { Redis } from "ioredis";
import { successionText } from "../ledger/key-chain.ts";
import { listAgreements } from "./agreements.ts";
import { AppendFile } from "./append-file.ts";
import { keepCheckpoint, rawPublicKey } from "./checkpoints.ts";
import { commit } from "./commit.ts";
import { FORMER_KEYS, KeyRing, NEXT_KEY, OPERATOR_KEY } from "./key-ring.ts";
import { ledgerSize, readLedgerItems } from "./ledger-tree.ts";
import { readOrCreate } from "./read-or-create.ts";
import { sha256 } from "./sha256.ts";
import { syncFolder } from "./sync-folder.ts";

const FOR_EVER_SECONDS = 100 * 366 * 86_400;

function base64Of(publicKey: KeyObject): string {
  return rawPublicKey({ publicKey }).toBase64();
}

/** The present key's word for the next, added once. */
async function certify(folder: string, { signingKey, publicKey, former }: KeyRing, next: string): Promise<void> {
  const own = base64Of(publicKey);
  const list = [
    ...former.filter((one) => one.publicKey !== own),
    { publicKey: own, certificate: sign(null, successionText(next), signingKey).toString("base64") },
  ];
  await new AppendFile(path.join(folder, FORMER_KEYS)).replace(`${JSON.stringify(list)}\n`);
}

/**
 * Puts another operator key in the place of the present one. Each ledger gets a last checkpoint under the old key and an
 * entry that names the new one; the old key signs for the new and is destroyed. Nothing else may run meanwhile. One that
 * was interrupted goes on with the key that it had made.
 *
 * @returns SHA-256 of the new key in hex, and how many ledgers name it.
 */
export async function rotateOperatorKey(redis: Redis, stateDir: string, nowMs: number): Promise<{ sha256: string; agreements: number }> {
  const folder = path.join(stateDir, "keys");
  const [present, nextFile] = [path.join(folder, OPERATOR_KEY), path.join(folder, NEXT_KEY)];
  const ring = await KeyRing.open(stateDir, { duringRotation: "operator" });
  const pem = await readOrCreate(nextFile, () =>
    Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })),
  );
  const next = createPublicKey(createPrivateKey(pem));
  const publicKeySha256 = sha256(rawPublicKey({ publicKey: next })).toHex();
  await certify(folder, ring, base64Of(next));
  const agreements = await listAgreements(redis);
  for (const agreementId of agreements) {
    const [last] = await readLedgerItems(redis, agreementId, (await ledgerSize(redis, agreementId)) - 1, 1);
    // The old key signs nothing that has the entry of the new one.
    if (last?.includes(publicKeySha256) === true) continue;
    await keepCheckpoint(redis, ring, agreementId, nowMs);
    await commit(redis, {
      agreementId,
      operationId: `key-${publicKeySha256}`,
      rememberSeconds: FOR_EVER_SECONDS,
      nowMs,
      writes: [],
      ledger: [{ v: 1, kind: "key-rotated", agreement: agreementId, atMs: nowMs, actor: "accord", publicKeySha256 }],
    });
  }
  await rename(nextFile, present);
  await syncFolder(folder);
  return { sha256: publicKeySha256, agreements: agreements.length };
}
