import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { JOBS } from "../protocol/jobs.ts";
import { BULL_PREFIX } from "./keys.ts";

export interface DriveQueue {
  /** Wakes a worker for an agreement. Losing it costs at most one sweep interval. */
  hint(agreementId: string): Promise<void>;
  close(): Promise<void>;
}

/** The producer's side of the ingest queue; jobs carry an id and nothing else. On the connection of the receipts, so that a hint never overtakes its receipt. */
export function createDriveQueue(connection: Redis): DriveQueue {
  const queue = new Queue(JOBS.drive.queue, {
    connection,
    prefix: BULL_PREFIX,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: 100 },
  });
  queue.on("error", () => undefined);
  return {
    async hint(agreementId) {
      await queue.add("drive", JOBS.drive.payload.parse({ agreementId }));
    },
    async close() {
      await queue.close();
    },
  };
}
