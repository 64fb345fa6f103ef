import { type Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { toError } from "../../shared/protocol/errors.ts";
import { JOBS } from "../../shared/protocol/jobs.ts";
import { BULL_PREFIX } from "../../shared/store/keys.ts";
import { createPullQueue } from "../../shared/store/pull-queue.ts";
import type { WorkerParts } from "../parts.ts";
import { runPull } from "./run-pull.ts";
import { watchPulls } from "./watch-pulls.ts";

const WATCH_MS = 15_000;

export interface Pulling {
  ready(): Promise<void>;
  /** Lets the attempts under way end. */
  stop(): Promise<void>;
}

/** The consumer of the pull queue, and the round that makes good what the queue loses. */
export function startPulling(parts: WorkerParts, connection: Redis): Pulling {
  const queue = createPullQueue(connection);
  const worker = new Worker(
    JOBS.pull.queue,
    async (job: Job<unknown>) => {
      await runPull(parts, JOBS.pull.payload.parse(job.data).feedId);
    },
    { connection, prefix: BULL_PREFIX, concurrency: JOBS.pull.concurrency, drainDelay: 5 },
  );
  worker.on("error", (err) => parts.logger.warn({ err }, "queue connection trouble, it reconnects by itself"));
  worker.on("failed", (_job, err) => parts.logger.warn({ err }, "a pull failed, the next round tries again"));
  let watching: Promise<void> | null = null;
  const timer = setInterval(() => {
    watching ??= watchPulls(parts, queue)
      .catch((thrown: unknown) => parts.logger.warn({ err: toError(thrown) }, "round failed, the next one tries again"))
      .finally(() => (watching = null));
  }, WATCH_MS);
  return {
    async ready() {
      await worker.waitUntilReady();
    },
    async stop() {
      clearInterval(timer);
      await Promise.all([watching, worker.close()]);
      await queue.close();
    },
  };
}
