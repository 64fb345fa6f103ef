import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { signCheckpoint } from "../../shared/ledger/checkpoint.ts";
import { canonicalBytes } from "../../shared/ledger/canonical.ts";
import { leafHash, type LedgerEntry } from "../../shared/ledger/entry.ts";
import { MerkleTree } from "../../shared/ledger/merkle-tree.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { FIXTURE_NOW_MS } from "./client-fixture.ts";

const SHA = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const MINUTE_MS = 60_000;
const SIGNING = createPrivateKey({
  key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, 7)]),
  format: "der",
  type: "pkcs8",
});
const PUBLIC = createPublicKey(SIGNING).export({ format: "der", type: "spki" }).subarray(-32);

function entriesOf(agreement: string): LedgerEntry[] {
  const common = (minutesAgo: number) => ({ v: 1, agreement, atMs: FIXTURE_NOW_MS - minutesAgo * MINUTE_MS, actor: "accord" }) as const;
  const judged = { version: 3, num: 7614, den: 9432, sha256: SHA } as const;
  return [
    { ...common(90_000), kind: "agreement-version", version: 1, sha256: SHA, feeds: [{ feed: "acd-intervals", sha256: SHA }] },
    { ...common(90_000), kind: "version-in-force", version: 1, from: "2026-03-01", sha256: SHA },
    { ...common(2000), kind: "version-signed", version: 3, party: "provider", sha256: SHA, paperSha256: null },
    { ...common(1500), kind: "claim", claim: "c2", seq: 1, state: "claimed", noteSha256: SHA },
    { ...common(61), kind: "receipt-accepted", receipt: 88_213, feed: "acd-intervals", sha256: SHA, bytes: 48_211 },
    {
      ...common(60),
      kind: "verdict-sealed",
      target: "service-level",
      window: "day.2026-11-20",
      status: "missed",
      default: "expected",
      ...judged,
    },
    { ...common(60), kind: "verdict-sealed", target: "abandonment", window: "week.2026-11-16", status: "met", default: null, ...judged },
    { ...common(60), kind: "restatement", receipt: 88_213, feed: "acd-intervals", rows: 12, sha256: SHA },
    {
      ...common(60),
      kind: "receipt-settled",
      receipt: 88_213,
      state: "applied",
      rows: 672,
      applied: 660,
      restated: 12,
      rejected: 0,
      duplicate: 12,
    },
    { ...common(30), kind: "period-closed", period: "month.2026-10-01", party: "client", watermark: 88_213, sha256: SHA },
  ];
}

/** The record of an agreement of the fixture, with real hashes, proofs and signatures; `undefined` for other paths. */
export function recordAnswer(path: string, search: URLSearchParams): unknown {
  const [, agreement = "", what = ""] = /^\/api\/v1\/agreements\/([^/]+)\/ledger\/(\w+)$/u.exec(path) ?? [];
  if (what === "") return undefined;
  const entries = entriesOf(agreement);
  const leaves = entries.map((entry) => leafHash(canonicalBytes(entry), sha256));
  const tree = new MerkleTree(sha256);
  for (const leaf of leaves) tree.append(leaf);
  const key = { publicKey: PUBLIC, sha256, sign: (message: Uint8Array) => sign(null, message, SIGNING) };
  const checkpoint = signCheckpoint({ origin: `accord-1a2b3c4d/${agreement}`, size: tree.size, root: tree.root() }, key);
  const from = Number(search.get("from") ?? "0");
  if (what === "consistency") {
    const proof = from > tree.size ? [] : tree.consistencyProof(from);
    return { checkpoint, proof: proof.map((hash) => hash.toBase64()), publicKey: PUBLIC.toBase64() };
  }
  if (what === "checkpoint")
    return { checkpoint, size: tree.size, root: tree.root().toHex(), kept: { atMs: FIXTURE_NOW_MS - MINUTE_MS, size: tree.size } };
  return { size: tree.size, entries: entries.map((entry, index) => ({ index, leaf: leaves[index]?.toHex() ?? "", entry })) };
}
