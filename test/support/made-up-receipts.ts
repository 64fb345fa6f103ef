import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { NO_COUNTS, type Receipt } from "../../shared/protocol/receipt.ts";
import { commit } from "../../shared/store/commit.ts";

/** Fills an agreement's stream with entries of a known length: each tells of a receipt with a long name, which is nowhere kept. */
export async function appendReceipts(
  redis: Redis,
  {
    agreementId,
    from,
    count,
    bytes,
  }: { readonly agreementId: string; readonly from: number; readonly count: number; readonly bytes: number },
): Promise<void> {
  const receipts = Array.from({ length: count }, (_, i) => longReceipt(agreementId, `${agreementId}.made-up-${from + i}`, bytes));
  const events = receipts.map((receipt) => ({ kind: "receipt:changed", receipt }) as const);
  await commit(redis, { agreementId, operationId: randomUUID(), nowMs: Date.now(), writes: [], events });
}

/** A receipt of which nothing is true but its length. */
export function longReceipt(agreementId: string, id: string, bytes: number): Receipt {
  return {
    id,
    agreementId,
    feedId: `${agreementId}.intervals`,
    number: 1,
    state: "accepted",
    sha256: "",
    bytes: 1,
    filename: "x".repeat(bytes),
    acceptedAtMs: 0,
    acceptedFrom: "",
    settledAtMs: null,
    attempts: 0,
    counts: NO_COUNTS,
    progressRows: 0,
    problems: [],
    fileProblems: [],
  };
}
