import type { WorkerParts } from "../parts.ts";
import { commit } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import type { FileTask } from "./file-task.ts";

const REPORT_EVERY_MS = 1000;

/** Tells the screen how far a long file is, at most once a second; short files say nothing in between. */
export function createProgress(parts: WorkerParts, { receipt, fence }: FileTask): { report(rows: number): Promise<void> } {
  let lastMs = parts.clock();
  return {
    async report(rows) {
      const nowMs = parts.clock();
      if (nowMs - lastMs < REPORT_EVERY_MS) return;
      lastMs = nowMs;
      const moved = { ...receipt, progressRows: rows };
      await commit(parts.redis, {
        agreementId: receipt.agreementId,
        operationId: `progress-${receipt.number}-${fence}-${rows}`,
        nowMs,
        fence,
        writes: [["HSET", agreementKeys(receipt.agreementId).receipts, receipt.number, JSON.stringify(moved)]],
        events: [{ kind: "receipt:changed", receipt: moved }],
      });
    },
  };
}
