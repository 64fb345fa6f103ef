import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { causeOfChange } from "../../shared/drift/cause.ts";
import type { CauseQuestion } from "../../shared/drift/cause-cell.ts";
import { Cause } from "../../shared/drift/drift-view.ts";

/** Fewer cells are split before anybody waits; 24,000 of 1,000 agents in 150 queues take 4 s. */
const FEW_CELLS = 1000;
const MEMORY_MB = 512;
const Found = z.tuple([Cause.nullable()]);

/**
 * The cause of a change, where it takes long in a thread of its own: files that come in, deadlines and leases are not to wait for it.
 *
 * @returns as `causeOfChange`.
 */
export async function causeApart(question: CauseQuestion): Promise<Cause | null> {
  if (question.before.cells.length + question.after.cells.length <= FEW_CELLS) return causeOfChange(question);
  const worker = new Worker(new URL("cause-thread-main.ts", import.meta.url), {
    workerData: question,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  try {
    const [cause] = Found.parse(await once(worker, "message"));
    return cause;
  } finally {
    await worker.terminate();
  }
}
