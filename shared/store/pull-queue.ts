import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { JOBS } from "../protocol/jobs.ts";
import type { PullSchedule } from "../protocol/pull.ts";
import { BULL_PREFIX } from "./keys.ts";

/** The clock of pulls. Losing it costs time, never a file: what is to be fetched is in the settings. */
export interface PullQueue {
  /** Begins or changes a feed's schedule; with `every` the first time is at once. */
  schedule(feedId: string, schedule: PullSchedule): Promise<void>;
  unschedule(feedId: string): Promise<void>;
  runNow(feedId: string): Promise<void>;
  /** When the schedule comes round next, or null when there is none. */
  nextAtMs(feedId: string): Promise<number | null>;
  close(): Promise<void>;
}

const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true } as const;

/** The producer's side of the pull queue; jobs carry the feed's id and nothing else. */
export function createPullQueue(connection: Redis): PullQueue {
  let made: Queue | null = null;
  const queue = (): Queue => {
    made ??= new Queue(JOBS.pull.queue, { connection, prefix: BULL_PREFIX, defaultJobOptions: JOB_OPTIONS }).on("error", () => undefined);
    return made;
  };
  return {
    async schedule(feedId, schedule) {
      const times = schedule.kind === "every" ? { every: schedule.minutes * 60_000 } : { pattern: schedule.pattern, tz: schedule.timeZone };
      const data = JOBS.pull.payload.parse({ feedId });
      await queue().upsertJobScheduler(feedId, times, { name: "pull", data, opts: JOB_OPTIONS });
    },
    async unschedule(feedId) {
      await queue().removeJobScheduler(feedId);
    },
    async runNow(feedId) {
      await queue().add("pull", JOBS.pull.payload.parse({ feedId }));
    },
    async nextAtMs(feedId) {
      return (await queue().getJobScheduler(feedId))?.next ?? null;
    },
    async close() {
      await made?.close();
    },
  };
}
