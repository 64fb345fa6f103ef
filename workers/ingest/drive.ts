import { FencedError } from "../../shared/store/chunk.ts";
import { Lease } from "../../shared/store/lease.ts";
import { openReceipts } from "../../shared/store/receipts.ts";
import { attend, needsAttention } from "../evaluate/attend.ts";
import type { WorkerParts } from "../parts.ts";
import { processReceipt } from "./process-receipt.ts";

async function walk(parts: WorkerParts, agreementId: string, lease: Lease): Promise<void> {
  for (let waiting = lease.waiting; waiting.length > 0; waiting = await openReceipts(parts.redis, agreementId)) {
    for (const [i, number] of waiting.entries()) {
      const task = { agreementId, number, fence: lease.token, waiting: waiting.length - i };
      // Only the first in line can have been what took workers down before.
      const isFirst = number === lease.waiting[0];
      await processReceipt(parts, isFirst ? { ...task, attempt: lease.attempts, begins: lease.begins } : { ...task, attempt: 1 });
    }
  }
}

/**
 * Walks every waiting receipt of an agreement to its end: apply, evaluate, publish; then sees to what people have done.
 * Idempotent: it acts on the receipts' state, not on the job that woke it, so it may run twice, late or not at all.
 * If another worker holds the agreement there is nothing to do: the holder looks once more after it let go.
 */
export async function drive(parts: WorkerParts, agreementId: string): Promise<void> {
  do {
    const lease = await Lease.acquire(parts.redis, agreementId, parts.owner, "process");
    if (lease === null) return;
    try {
      await walk(parts, agreementId, lease);
      if (await needsAttention(parts, agreementId)) await attend(parts, { agreementId, fence: lease.token });
    } catch (error) {
      if (!(error instanceof FencedError)) throw error;
      parts.logger.warn({ agreementId }, "lease lost, the new holder goes on");
      return;
    } finally {
      await lease.release();
    }
  } while ((await openReceipts(parts.redis, agreementId)).length > 0);
}
