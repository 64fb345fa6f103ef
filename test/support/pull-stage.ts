import { randomUUID } from "node:crypto";
import type { PullSource, PullState } from "../../shared/protocol/pull.ts";
import type { Outbound } from "../../shared/store/outbound/outbound.ts";
import { putPull, readPull } from "../../shared/store/pulls.ts";
import type { WorkerParts } from "../../workers/parts.ts";
import { runPull } from "../../workers/pull/run-pull.ts";
import { putDocuments } from "./put-documents.ts";
import { buildAgreement, buildFeed, FEED_HEADER } from "./sample-agreement.ts";
import { startWorkerStage, type WorkerStage } from "./worker-stage.ts";

export const PULL_NOW_MS = Date.parse("2026-11-20T12:00:00Z");
export const FEED = "north.calls";

/** A file of one row: as many contacts offered as answered. */
export function rowOf(hour: number, contacts: number): string {
  return `${FEED_HEADER}2026-11-20,${String(hour).padStart(2, "0")}:00,${contacts},${contacts},0,${contacts}\n`;
}

export interface PullStage {
  readonly worker: WorkerStage;
  readonly parts: WorkerParts;
  set(source: PullSource, secret?: string): Promise<void>;
  /** Fetches once and says how it went. */
  run(): Promise<PullState>;
  state(): Promise<PullState>;
}

/** A worker, the agreement `north` with its feed `calls`, and short limits for what comes from elsewhere. */
export async function startPullStage(limits: Partial<Outbound["limits"]> = {}): Promise<PullStage> {
  const worker = await startWorkerStage(PULL_NOW_MS);
  const { outbound } = worker.parts;
  const parts = { ...worker.parts, outbound: { ...outbound, limits: { ...outbound.limits, ...limits } } };
  await putDocuments(worker.redis, { agreement: buildAgreement(), feeds: [buildFeed()], nowMs: PULL_NOW_MS });
  const state = async (): Promise<PullState> => {
    const pull = await readPull(worker.redis, FEED);
    if (pull === null) throw new Error("the feed is not fetched");
    return pull.state;
  };
  return {
    worker,
    parts,
    state,
    async set(source, secret) {
      await putPull(worker.redis, {
        feedId: FEED,
        keyRing: parts.keyRing,
        source,
        schedule: { kind: "every", minutes: 15 },
        ...(secret === undefined ? {} : { secret }),
        operationId: randomUUID(),
        by: { id: "person:p", name: "Provider", party: "provider" },
        nowMs: worker.nowMs,
      });
    },
    async run() {
      worker.nowMs += 1000;
      await runPull(parts, FEED);
      return await state();
    },
  };
}
