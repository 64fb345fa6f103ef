import { type Job, Worker } from "bullmq";
import { JOBS } from "../shared/protocol/jobs.ts";
import { connectRedis } from "../shared/store/connect.ts";
import { BULL_PREFIX } from "../shared/store/keys.ts";
import { startRounds } from "./deadlines/rounds.ts";
import { drive } from "./ingest/drive.ts";
import { startDrivingAtOnce } from "./ingest/drive-at-once.ts";
import type { NotifyParts } from "./parts.ts";
import { startNotifying } from "./notify/start-notifying.ts";
import { startPulling } from "./pull/start-pulling.ts";

export interface WorkerApp {
  ready(): Promise<void>;
  /** Lets the jobs under way finish, then closes. */
  close(): Promise<void>;
}

/** One worker process: the queue's consumer and the rounds that do without the queue. */
export function createWorkerApp(parts: NotifyParts): WorkerApp {
  const connection = connectRedis(parts.target, "worker");
  const pulling = startPulling(parts, connection);
  const notifying = startNotifying(parts);
  const driving = startDrivingAtOnce(parts);
  const worker = new Worker(
    JOBS.drive.queue,
    async (job: Job<unknown>) => {
      await drive(parts, JOBS.drive.payload.parse(job.data).agreementId);
    },
    { connection, prefix: BULL_PREFIX, concurrency: JOBS.drive.concurrency, drainDelay: 5 },
  );
  worker.on("error", (err) => parts.logger.warn({ err }, "queue connection trouble, it reconnects by itself"));
  worker.on("failed", (_job, err) => parts.logger.warn({ err }, "job failed, the sweeper drives its receipts again"));
  const rounds = startRounds(parts);
  return {
    async ready() {
      await Promise.all([worker.waitUntilReady(), pulling.ready(), notifying.ready(), driving.ready()]);
    },
    async close() {
      await Promise.all([rounds.stop(), worker.close(), pulling.stop(), driving.stop()]);
      await notifying.stop();
      connection.disconnect();
    },
  };
}
