import { JOBS } from "../../shared/protocol/jobs.ts";
import { toError } from "../../shared/protocol/errors.ts";
import { connectRedis } from "../../shared/store/connect.ts";
import { RECEIPT_HINT_CHANNEL } from "../../shared/store/keys.ts";
import { parseReceiptHint } from "../../shared/store/receipt-hint.ts";
import type { WorkerParts } from "../parts.ts";
import { drive } from "./drive.ts";

export interface DrivingAtOnce {
  ready(): Promise<void>;
  /** Lets what was begun end. */
  stop(): Promise<void>;
}

/**
 * Begins with a receipt in the moment it is accepted, unless this worker has its hands full: a job of the queue would come
 * two writes to disk later. Of several workers that hear of it one gets the lease; what nobody has begun with soon is the queue's.
 */
export function startDrivingAtOnce(parts: WorkerParts): DrivingAtOnce {
  const hints = connectRedis(parts.target, "subscriber");
  const driving = new Map<string, Promise<void>>();
  hints.on("message", (_channel: string, message: string) => {
    const place = parseReceiptHint(message);
    if (place === null) return;
    const { agreementId } = place;
    // Whoever holds the agreement looks for new receipts once more after it let go.
    if (driving.has(agreementId) || driving.size >= JOBS.drive.concurrency) return;
    const begun = drive(parts, agreementId);
    // While the lease is taken, which waits for the disk.
    const forget = parts.rawFiles.readAhead(place);
    const driven = begun
      .catch((thrown: unknown) => parts.logger.warn({ err: toError(thrown), agreementId }, "drive failed, the sweeper tries again"))
      .finally(() => {
        forget();
        driving.delete(agreementId);
      });
    driving.set(agreementId, driven);
  });
  return {
    async ready() {
      await hints.subscribe(RECEIPT_HINT_CHANNEL);
    },
    async stop() {
      hints.disconnect();
      await Promise.all(driving.values());
    },
  };
}
