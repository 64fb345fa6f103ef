import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import { type Receipt, SET_ASIDE_RULE } from "../../shared/protocol/receipt.ts";
import type { Commit } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";

/** What is written and told when a receipt has come to its end. */
export function settleParts(receipt: Receipt, nowMs: number): Pick<Commit, "writes" | "events"> & { ledger: LedgerEntry[] } {
  const keys = agreementKeys(receipt.agreementId);
  const { rows, applied, restated, rejected, duplicate } = receipt.counts;
  const said = { v: 1, agreement: receipt.agreementId, atMs: nowMs, actor: "accord" } as const;
  const state = receipt.state === "rejected" || receipt.state === "superseded" ? receipt.state : "applied";
  return {
    writes: [
      ["HSET", keys.receipts, receipt.number, JSON.stringify(receipt)],
      ["ZREM", keys.open, receipt.number],
      ["DEL", keys.chunks(receipt.number)],
      ["HDEL", keys.attempts, receipt.number],
    ],
    events: [{ kind: "receipt:changed", receipt }],
    ledger: [
      ...replacedPart(receipt, said),
      {
        ...said,
        kind: "receipt-settled",
        receipt: receipt.number,
        state,
        rows,
        applied,
        restated,
        rejected,
        duplicate,
        ...setAside(receipt),
      },
    ],
  };
}

/** What a file took away is told before its end, so that whoever reads along takes it away with the file's rows. */
function replacedPart(
  { number, covers, counts: { withdrawn = 0 } }: Receipt,
  said: Pick<LedgerEntry, "v" | "agreement" | "atMs" | "actor">,
): LedgerEntry[] {
  return covers === undefined ? [] : [{ ...said, kind: "period-replaced", receipt: number, ...covers, withdrawn }];
}

function setAside({ fileProblems }: Receipt): { setAside?: true } {
  return fileProblems.some(({ rule }) => rule === SET_ASIDE_RULE) ? { setAside: true } : {};
}
