import { sign } from "node:crypto";
import type { Redis } from "ioredis";
import { z } from "zod";
import { signCheckpoint } from "../ledger/checkpoint.ts";
import type { MerkleTree } from "../ledger/merkle-tree.ts";
import type { ReceiptProof } from "../protocol/receipt.ts";
import { commit } from "./commit.ts";
import type { KeyRing } from "./key-ring.ts";
import { agreementKeys } from "./keys.ts";
import { ledgerSize, readLedgerTree } from "./ledger-tree.ts";
import { sha256 } from "./sha256.ts";

export const KeptCheckpoint = z.strictObject({ atMs: z.int(), size: z.int().min(0), note: z.string() });
export type KeptCheckpoint = z.infer<typeof KeptCheckpoint>;

/** Those kept per agreement; the witnesses are the parties, who keep their own. */
const KEPT = 1000;
const RAW_KEY_BYTES = 32;

/** The operator's public key, raw: the last 32 bytes of its SPKI form. */
export function rawPublicKey({ publicKey }: Pick<KeyRing, "publicKey">): Uint8Array {
  return Uint8Array.from(publicKey.export({ type: "spki", format: "der" }).subarray(-RAW_KEY_BYTES));
}

/** The purpose of the secret that names the installation; rotations keep it. */
export const INSTALLATION = "installation";

/** Names the installation for as long as its keys live, whatever its address. */
function installationOf(keyRing: KeyRing): string {
  return `accord-${keyRing.secretFor(INSTALLATION).toString("hex").slice(0, 8)}`;
}

export function originOf(keyRing: KeyRing, agreementId: string): string {
  return `${installationOf(keyRing)}/${agreementId}`;
}

/** Signs the first `size` entries of a ledger. */
export function checkpointOf(keyRing: KeyRing, agreementId: string, tree: MerkleTree, size: number = tree.size): string {
  return signCheckpoint(
    { origin: originOf(keyRing, agreementId), size, root: tree.root(size) },
    { publicKey: rawPublicKey(keyRing), sha256, sign: (message) => sign(null, message, keyRing.signingKey) },
  );
}

/** Proves that a receipt is in the ledger: with a checkpoint made for the occasion. `null` when it is not. */
export async function receiptProof(redis: Redis, keyRing: KeyRing, agreementId: string, receipt: number): Promise<ReceiptProof | null> {
  const { tree, accepted } = await readLedgerTree(redis, agreementId);
  const index = accepted.get(receipt);
  if (index === undefined) return null;
  const checkpoint = checkpointOf(keyRing, agreementId, tree);
  return { checkpoint, index, path: tree.inclusionProof(index).map((hash) => hash.toBase64()) };
}

/** The checkpoints kept of an agreement, oldest first. */
export async function readCheckpoints(redis: Redis, agreementId: string, latest: number = KEPT): Promise<KeptCheckpoint[]> {
  const texts = await redis.zrange(agreementKeys(agreementId).checkpoints, String(-latest), "-1");
  return texts.map((text) => KeptCheckpoint.parse(JSON.parse(text)));
}

/** Keeps a signed checkpoint, if the ledger grew since the last one; twice or on two machines keeps one. */
export async function keepCheckpoint(redis: Redis, keyRing: KeyRing, agreementId: string, nowMs: number): Promise<void> {
  const [[last], present] = await Promise.all([readCheckpoints(redis, agreementId, 1), ledgerSize(redis, agreementId)]);
  if (present === 0 || last?.size === present) return;
  const { tree } = await readLedgerTree(redis, agreementId);
  const kept: KeptCheckpoint = { atMs: nowMs, size: tree.size, note: checkpointOf(keyRing, agreementId, tree) };
  const key = agreementKeys(agreementId).checkpoints;
  await commit(redis, {
    agreementId,
    operationId: `checkpoint-${kept.size}`,
    nowMs,
    writes: [
      ["ZADD", key, kept.size, JSON.stringify(kept)],
      ["ZREMRANGEBYRANK", key, 0, -KEPT - 1],
    ],
  });
}
