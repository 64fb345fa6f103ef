import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { JOBS } from "../protocol/jobs.ts";
import { agreementKeys, BULL_PREFIX } from "./keys.ts";

/** So long a receipt may wait for a worker that heard of it at once; then there is a job for it. */
const AT_ONCE_MS = 100;

export interface DriveQueue {
  /** Wakes a worker for an agreement. Losing it costs at most one sweep interval. */
  hint(agreementId: string): Promise<void>;
  /**
   * The same where a receipt was made, of which idle workers have heard already: soon, and only if one still waits then. A job
   * costs half a dozen writes to disk, each of which everybody else waits for.
   */
  hintOfReceipt(agreementId: string): Promise<void>;
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
  const waiting = new Map<string, { readonly done: Promise<void>; readonly hurry: () => void }>();
  const add = async (agreementId: string): Promise<void> => {
    await queue.add("drive", JOBS.drive.payload.parse({ agreementId }));
  };
  const addIfOpen = async (agreementId: string): Promise<void> => {
    waiting.delete(agreementId);
    if ((await connection.zcard(agreementKeys(agreementId).open)) > 0) await add(agreementId);
  };
  return {
    hint: add,
    async hintOfReceipt(agreementId) {
      if (waiting.has(agreementId)) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, AT_ONCE_MS);
      const hurry = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const done = promise.then(async () => await addIfOpen(agreementId));
      waiting.set(agreementId, { done, hurry });
      await done;
    },
    async close() {
      const last = [...waiting.values()];
      for (const { hurry } of last) hurry();
      await Promise.allSettled(last.map(({ done }) => done));
      await queue.close();
    },
  };
}
