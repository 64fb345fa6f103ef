import { Queue } from "bullmq";
import { JOBS } from "../protocol/jobs.ts";
import { connectRedis, type RedisTarget } from "./connect.ts";
import { BULL_PREFIX } from "./keys.ts";

export interface DriveQueue {
  /** Wakes a worker for an agreement. Losing it costs at most one sweep interval. */
  hint(agreementId: string): Promise<void>;
  close(): Promise<void>;
}

/** The producer's side of the ingest queue; jobs carry an id and nothing else. */
export function createDriveQueue(target: RedisTarget): DriveQueue {
  const connection = connectRedis(target, "commands");
  const queue = new Queue(JOBS.drive.queue, { connection, prefix: BULL_PREFIX, defaultJobOptions: { removeOnComplete: true, removeOnFail: 100 } });
  queue.on("error", () => undefined);
  return {
    async hint(agreementId) {
      await queue.add("drive", JOBS.drive.payload.parse({ agreementId }));
    },
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}
