import { listAgreements } from "../../shared/store/agreements.ts";
import { PULL_LEASE_MS } from "../../shared/store/pull-runs.ts";
import type { PullQueue } from "../../shared/store/pull-queue.ts";
import { listPulls, type StoredPull } from "../../shared/store/pulls.ts";
import type { WorkerParts } from "../parts.ts";
import { runPull } from "./run-pull.ts";

/** How long after its time a job may begin before its scheduler counts as lost. A lost chain never comes back by itself. */
const LATE_MS = 60_000;

/** Whether the queue has forgotten a feed: it has no scheduler, or two periods of it, at least a minute, went by unused. */
async function isForgotten(queue: PullQueue, { feedId, settings }: StoredPull, nowMs: number): Promise<boolean> {
  const next = await queue.nextAtMs(feedId);
  const period = settings.schedule.kind === "every" ? settings.schedule.minutes * 60_000 : LATE_MS;
  return next === null || next + Math.max(LATE_MS, period) < nowMs;
}

function isDue({ retryAtMs, runningSinceMs }: StoredPull["state"], nowMs: number): boolean {
  const died = runningSinceMs !== null && runningSinceMs + PULL_LEASE_MS < nowMs;
  return died || (retryAtMs !== null && retryAtMs <= nowMs);
}

/**
 * Sees to what the queue does not: schedules it lost, attempts that failed and are worth another try, attempts whose worker
 * died. Twice at once does no harm, since a feed is fetched by one worker at a time.
 */
export async function watchPulls(parts: WorkerParts, queue: PullQueue): Promise<void> {
  for (const agreementId of await listAgreements(parts.redis)) {
    for (const pull of await listPulls(parts.redis, agreementId)) {
      const nowMs = parts.clock();
      const forgotten = await isForgotten(queue, pull, nowMs);
      if (forgotten) {
        parts.logger.warn({ event: "pull-rescheduled", feedId: pull.feedId }, "the queue had lost a schedule");
        await queue.schedule(pull.feedId, pull.settings.schedule);
      }
      if (forgotten || isDue(pull.state, nowMs)) await runPull(parts, pull.feedId);
    }
  }
}
