import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { Commit } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";

/** What is written and told when a receipt has come to its end. */
export function settleParts(receipt: Receipt, nowMs: number): Pick<Commit, "writes" | "events"> & { ledger: LedgerEntry } {
  const keys = agreementKeys(receipt.agreementId);
  const { rows, applied, restated, rejected, duplicate } = receipt.counts;
  const state = receipt.state === "rejected" || receipt.state === "superseded" ? receipt.state : "applied";
  return {
    writes: [
      ["HSET", keys.receipts, receipt.number, JSON.stringify(receipt)],
      ["ZREM", keys.open, receipt.number],
      ["DEL", keys.chunks(receipt.number)],
      ["HDEL", keys.attempts, receipt.number],
    ],
    events: [{ kind: "receipt:changed", receipt }],
    ledger: {
      v: 1,
      kind: "receipt-settled",
      agreement: receipt.agreementId,
      atMs: nowMs,
      actor: "accord",
      receipt: receipt.number,
      state,
      rows,
      applied,
      restated,
      rejected,
      duplicate,
    },
  };
}
