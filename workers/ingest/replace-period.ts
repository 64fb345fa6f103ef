import type { Period } from "../../shared/facts/period-cover.ts";
import type { FileProblem } from "../../shared/feeds/canonical.ts";
import type { CoveredPeriod } from "../../shared/feeds/covered-period.ts";
import { readCovered } from "../../shared/store/period-cover.ts";
import { readWithdrawnCount } from "../../shared/store/withdrawn-count.ts";
import type { WorkerParts } from "../parts.ts";
import { withChunkKind } from "./chunk-kinds.ts";
import type { FileTask } from "./file-task.ts";

/** What a file took away, and of which days it says everything. */
export interface Replaced {
  readonly covers: Period | null;
  /** Facts of older files that it took away. */
  readonly withdrawn: number;
  /** Why it replaced no period, where it might have. */
  readonly notes: readonly FileProblem[];
}

export const NOTHING_REPLACED: Replaced = { covers: null, withdrawn: 0, notes: [] };

interface Replacing {
  readonly parts: WorkerParts;
  readonly task: FileTask;
  readonly withdraw: (period: Period) => Promise<void>;
}

async function replace({ parts, task: { receipt }, withdraw }: Replacing, covers: Period): Promise<Replaced> {
  await withdraw(covers);
  return { covers, withdrawn: await readWithdrawnCount(parts.redis, receipt.agreementId, receipt.number), notes: [] };
}

/**
 * Once every row of a file was applied: takes away what older files say of its days and it does not. A receipt that has
 * settled before, as in a rebuild, replaces what it replaced then; its file may have given way to its rows.
 */
export async function replacePeriod(replacing: Replacing, covered: CoveredPeriod): Promise<Replaced> {
  const { settledAtMs, covers } = replacing.task.receipt;
  const days = settledAtMs === null ? covered.days : (covers ?? null);
  return days === null ? { ...NOTHING_REPLACED, notes: covered.notes } : await replace(replacing, days);
}

/** Of a file that is set aside: if it was read to its end, and taking away had begun, that is brought to its end, too. */
export async function finishReplacing(parts: WorkerParts, task: FileTask): Promise<Replaced> {
  const { stored, receipt } = task;
  const feed = stored.feed(receipt.feedId.slice(receipt.agreementId.length + 1));
  if (feed?.replaces !== "period") return NOTHING_REPLACED;
  const covers = await readCovered(parts.redis, { agreementId: receipt.agreementId, feed: feed.id, receipt: receipt.number });
  if (covers === null) return NOTHING_REPLACED;
  return await withChunkKind({ parts, task, feed }, async ({ withdraw }) => await replace({ parts, task, withdraw }, covers));
}
