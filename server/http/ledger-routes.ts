import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { LedgerConsistency } from "../../shared/protocol/ledger-routes.ts";
import type { z } from "zod";
import { openEntry } from "../../shared/ledger/entry.ts";
import { agreementOf } from "../../shared/protocol/receipt.ts";
import { readFeeds } from "../../shared/store/agreements.ts";
import { checkpointOf, rawPublicKey, readCheckpoints } from "../../shared/store/checkpoints.ts";
import { ledgerSize, readLedgerItems, readLedgerTree } from "../../shared/store/ledger-tree.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { notFound } from "../access/decide.ts";
import type { ServerParts } from "../parts.ts";
import { bundleOf } from "./bundle.ts";
import { readFeed } from "./read-feed.ts";
import type { Handlers } from "./route-types.ts";

type Names = "ledgerKey" | "ledgerCheckpoint" | "ledgerConsistency" | "feedConsistency" | "ledgerEntries" | "ledgerBundle";

const MOST_ENTRIES = 500;

function unlessReaderLeft(error: unknown): void {
  if (error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE") return;
  throw error;
}

/** What both sides can prove about the record, and everything they need to do so elsewhere. */
export function ledgerRoutes(parts: ServerParts): Pick<Handlers, Names> {
  const { redis, keyRing } = parts;
  const publicKey = rawPublicKey(keyRing);

  async function known(agreementId: string): Promise<void> {
    if ((await readFeeds(redis, agreementId)) === null) throw notFound();
  }
  async function consistency(agreementId: string, from: number): Promise<z.input<typeof LedgerConsistency>> {
    const { tree } = await readLedgerTree(redis, agreementId);
    const proof = from > tree.size ? [] : tree.consistencyProof(from);
    const checkpoint = checkpointOf(keyRing, agreementId, tree);
    const former = keyRing.former.length === 0 ? {} : { former: keyRing.former };
    return { checkpoint, proof: proof.map((hash) => hash.toBase64()), publicKey: publicKey.toBase64(), ...former };
  }

  return {
    ledgerKey: async () => ({ publicKey: publicKey.toBase64(), sha256: sha256(publicKey).toHex() }),
    async ledgerCheckpoint({ params: { agreementId } }) {
      await known(agreementId);
      const [{ tree }, [kept]] = await Promise.all([readLedgerTree(redis, agreementId), readCheckpoints(redis, agreementId, 1)]);
      return {
        checkpoint: checkpointOf(keyRing, agreementId, tree),
        size: tree.size,
        root: tree.root().toHex(),
        kept: kept === undefined ? null : { atMs: kept.atMs, size: kept.size },
      };
    },
    async ledgerConsistency({ params: { agreementId }, query }) {
      await known(agreementId);
      return consistency(agreementId, Number(query.from));
    },
    async feedConsistency({ params: { feedId }, query }) {
      const agreementId = agreementOf(feedId);
      await readFeed(redis, agreementId, feedId);
      return consistency(agreementId, Number(query.from));
    },
    async ledgerEntries({ params: { agreementId }, query }) {
      await known(agreementId);
      const size = await ledgerSize(redis, agreementId);
      const limit = Math.min(MOST_ENTRIES, Number(query.limit));
      const from = query.from === undefined ? Math.max(0, size - limit) : Number(query.from);
      const items = await readLedgerItems(redis, agreementId, from, limit);
      const entries = items.map((item, i) => ({
        index: from + i,
        leaf: item.subarray(0, 32).toString("hex"),
        entry: openEntry(item, sha256),
      }));
      return { size: Math.max(size, from + items.length), entries };
    },
    async ledgerBundle({ params: { agreementId }, response }) {
      await known(agreementId);
      response.setHeader("Content-Type", "application/x-tar");
      response.setHeader("Content-Disposition", `attachment; filename="accord-${agreementId}-record.tar"`);
      await pipeline(Readable.from(bundleOf(parts, agreementId)), response).catch(unlessReaderLeft);
    },
  };
}
