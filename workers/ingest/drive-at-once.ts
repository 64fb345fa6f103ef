import { toError } from "../../shared/protocol/errors.ts";
import { connectRedis } from "../../shared/store/connect.ts";
import { RECEIPT_HINT_CHANNEL } from "../../shared/store/keys.ts";
import type { WorkerParts } from "../parts.ts";
import { drive } from "./drive.ts";

export interface DrivingAtOnce {
  ready(): Promise<void>;
  /** Lets what was begun end. */
  stop(): Promise<void>;
}

/**
 * Begins with a receipt in the moment it is accepted, if this worker has nothing else to do: the queue tells of it too, but two
 * writes to disk later. Of several workers that hear of it one gets the lease; whatever nobody begins with is the queue's.
 */
export function startDrivingAtOnce(parts: WorkerParts): DrivingAtOnce {
  const hints = connectRedis(parts.target, "subscriber");
  let driving: Promise<void> | null = null;
  hints.on("message", (_channel: string, agreementId: string) => {
    driving ??= drive(parts, agreementId)
      .catch((thrown: unknown) => parts.logger.warn({ err: toError(thrown), agreementId }, "drive failed, the sweeper tries again"))
      .finally(() => (driving = null));
  });
  return {
    async ready() {
      await hints.subscribe(RECEIPT_HINT_CHANNEL);
    },
    async stop() {
      hints.disconnect();
      await driving;
    },
  };
}
