import type { Redis } from "ioredis";
import { MerkleTree } from "../ledger/merkle-tree.ts";
import { sameBytes } from "../ledger/verify-proof.ts";
import { agreementKeys } from "./keys.ts";
import { sha256 } from "./sha256.ts";

/** A ledger's tree as far as it has been read, and where its receipts were accepted. */
export interface LedgerTree {
  readonly tree: MerkleTree;
  /** Receipt number -> index of its entry `receipt-accepted`. */
  readonly accepted: Map<number, number>;
}

/** Redis answers one of these in less than 5 ms. */
const ITEMS_AT_ONCE = 2000;
const TREES_KEPT = 200;
const LEAF_BYTES = 32;
const ACCEPTED = /"kind":"receipt-accepted","receipt":(\d+)/u;

const known = new WeakMap<Redis, Map<string, LedgerTree>>();

function treeOf(redis: Redis, agreementId: string): LedgerTree {
  const mine = known.get(redis) ?? new Map<string, LedgerTree>();
  known.set(redis, mine);
  const found = mine.get(agreementId) ?? { tree: new MerkleTree(sha256), accepted: new Map<number, number>() };
  // The one used last goes to the end, so that the first is the one to forget.
  mine.delete(agreementId);
  mine.set(agreementId, found);
  const [oldest] = mine.keys();
  if (mine.size > TREES_KEPT && oldest !== undefined) mine.delete(oldest);
  return found;
}

/** Adds what others have not added meanwhile. @returns false when the list is not the one that was read before. */
function add({ tree, accepted }: LedgerTree, items: readonly Buffer[], from: number): boolean {
  for (const [i, item] of items.entries()) {
    const [index, leaf] = [from + i, item.subarray(0, LEAF_BYTES)];
    if (index < tree.size) {
      if (!sameBytes(leaf, tree.leaf(index))) return false;
      continue;
    }
    // The item itself would stay in memory as long as a part of it does.
    tree.append(Uint8Array.from(leaf));
    const receipt = ACCEPTED.exec(item.toString("latin1"))?.[1];
    if (receipt !== undefined) accepted.set(Number(receipt), index);
  }
  return true;
}

/**
 * The tree of an agreement's ledger as it is now. What was read before is remembered, so that a proof costs one round to
 * Redis and not the whole list. A list that no longer ends in what was read is read anew.
 */
export async function readLedgerTree(redis: Redis, agreementId: string): Promise<LedgerTree> {
  const key = agreementKeys(agreementId).ledger;
  for (;;) {
    const found = treeOf(redis, agreementId);
    // The last known entry is asked for again: it must still be there.
    const from = Math.max(0, found.tree.size - 1);
    const items = await redis.lrangeBuffer(key, from, from + ITEMS_AT_ONCE - 1);
    const isGone = items.length === 0 && found.tree.size > 0;
    if (isGone || !add(found, items, from)) known.get(redis)?.delete(agreementId);
    else if (items.length < ITEMS_AT_ONCE) return found;
  }
}

/** Stored ledger items from `from` on, at most `limit`: 32 bytes of leaf hash, then the canonical bytes. */
export async function readLedgerItems(redis: Redis, agreementId: string, from: number, limit: number): Promise<Buffer[]> {
  return limit < 1 ? [] : await redis.lrangeBuffer(agreementKeys(agreementId).ledger, from, from + limit - 1);
}

export async function ledgerSize(redis: Redis, agreementId: string): Promise<number> {
  return await redis.llen(agreementKeys(agreementId).ledger);
}
