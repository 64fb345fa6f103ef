import type { FileProblem } from "../../shared/feeds/canonical.ts";
import { toError } from "../../shared/protocol/errors.ts";
import { type Receipt, receiptId, SET_ASIDE_RULE } from "../../shared/protocol/receipt.ts";
import { adoptAgreement } from "../../shared/store/adopt-agreement.ts";
import { readAgreement, readMarked, type StoredAgreement } from "../../shared/store/agreements.ts";
import { addCounts, countsOf, FencedError, NOTHING_APPLIED } from "../../shared/store/chunk.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import type { Lease } from "../../shared/store/lease.ts";
import { parseReceipt, readReceipt } from "../../shared/store/receipts.ts";
import { publish } from "../evaluate/publish.ts";
import type { WorkerParts } from "../parts.ts";
import { type AppliedFile, applyFile } from "./apply-file.ts";
import type { FileTask } from "./file-task.ts";
import { blameSender } from "./blame-sender.ts";
import { releaseMemory } from "./release-memory.ts";
import { finishReplacing } from "./replace-period.ts";

/** A receipt that took three workers down with it is set aside, so that the others go on. */
const MAX_ATTEMPTS = 3;

export interface Task {
  readonly agreementId: string;
  readonly number: number;
  readonly fence: string;
  readonly waiting: number;
  /** Counts from 1; how often a worker has begun with this receipt. */
  readonly attempt: number;
  /** As the lease found it when it was taken, where this is the receipt that it was taken for. */
  readonly begins?: Lease["begins"];
}

/** Rejected when nothing could be read; superseded when all that could be read is known in a newer version. */
function endOf({ refused, counts }: AppliedFile): "applied" | "rejected" | "superseded" {
  if (refused.length > 0 || (counts.rows > 0 && counts.rejected === counts.rows)) return "rejected";
  return counts.older > 0 && counts.older === counts.rows - counts.rejected ? "superseded" : "applied";
}

/** Which of two rows was meant cannot be told, and where each was a part of a whole, the whole is not known now. */
function noteOf({ conflicting }: AppliedFile["counts"]): FileProblem[] {
  if (conflicting === 0) return [];
  const message = `${conflicting} ${conflicting === 1 ? "row says" : "rows say"} something else than an earlier row of this file under the same name (queue and start, or id); the last one counts`;
  const remedy = "Send each once; if every row is a part, such as a channel, add the parts up or map their column in the feed's definition";
  return [{ rule: "same-name-twice", message, remedy }];
}

function settled(receipt: Receipt, file: AppliedFile, nowMs: number): Receipt {
  const { older: _, conflicting: __, ...counts } = file.counts;
  const { covers, withdrawn, notes } = file.replaced;
  return {
    ...receipt,
    state: endOf(file),
    settledAtMs: nowMs,
    counts: withdrawn === 0 ? counts : { ...counts, withdrawn },
    ...(covers === null ? {} : { covers }),
    progressRows: counts.rows,
    problems: file.problems,
    fileProblems: [...file.refused, ...file.noted, ...noteOf(file.counts), ...notes],
  };
}

/** What its chunks had applied stays, because facts are never taken back unseen; so the counts tell it. */
async function setAside(parts: WorkerParts, task: FileTask): Promise<AppliedFile> {
  const { agreementId, number } = task.receipt;
  const replaced = await finishReplacing(parts, task);
  const records = await parts.redis.hvals(agreementKeys(agreementId).chunks(number));
  return { ...SET_ASIDE, replaced, counts: records.map(countsOf).reduce(addCounts, NOTHING_APPLIED) };
}

const SET_ASIDE: Omit<AppliedFile, "counts" | "replaced"> = {
  problems: [],
  noted: [],
  refused: [
    {
      rule: SET_ASIDE_RULE,
      message: `Reading this file stopped a worker ${MAX_ATTEMPTS} times, so it was set aside; rows that had been applied before stay and are counted here.`,
      remedy: "Tell the operator the receipt number; the bytes are kept.",
    },
  ],
};

async function work(parts: WorkerParts, task: Task, stored: StoredAgreement, receipt: Receipt): Promise<AppliedFile> {
  if (task.attempt > MAX_ATTEMPTS) return await setAside(parts, { stored, receipt, fence: task.fence });
  return await applyFile(parts, { stored, receipt: { ...receipt, state: "applying", attempts: task.attempt }, fence: task.fence });
}

/** An agreement of an earlier release has no version that could be read until it is adopted. */
async function readAdopted({ redis, clock }: WorkerParts, { agreementId, fence }: Task): Promise<StoredAgreement | null> {
  await adoptAgreement(redis, { agreementId, fence, nowMs: clock() });
  return await readAgreement(redis, agreementId);
}

/** The agreement, which one of an earlier release has not yet, and the receipt. */
async function readTask(
  { redis, clock }: WorkerParts,
  { agreementId, number, begins }: Task,
): Promise<[StoredAgreement | null, Receipt | null]> {
  if (begins) {
    const { receipt, marks } = begins;
    return [await readMarked(redis, agreementId, { marks, nowMs: clock() }), parseReceipt(receipt)];
  }
  return await Promise.all([readAgreement(redis, agreementId), readReceipt(redis, receiptId(agreementId, number))]);
}

/** Applies one receipt and publishes its end. A receipt that has settled is left alone. */
export async function processReceipt(parts: WorkerParts, task: Task): Promise<void> {
  const [known, receipt] = await readTask(parts, task);
  const stored = known ?? (await readAdopted(parts, task));
  if (stored === null || receipt === null)
    throw new Error(`receipt ${task.agreementId}/${task.number} is open but its agreement or record is missing`);
  if (receipt.settledAtMs !== null) return;
  const startedMs = parts.clock();
  const file = await work(parts, task, stored, receipt).catch((thrown: unknown) => {
    if (!(thrown instanceof FencedError))
      parts.logger.error({ err: toError(thrown), receipt: receipt.id }, "receipt could not be applied, it will be tried again");
    throw thrown;
  });
  releaseMemory(file.counts.rows);
  await blameSender(parts, receipt, file.refused);
  const nowMs = parts.clock();
  const final = settled({ ...receipt, attempts: Math.min(task.attempt, MAX_ATTEMPTS) }, file, nowMs);
  await publish({
    redis: parts.redis,
    stored,
    fence: task.fence,
    nowMs,
    operationId: `settle-${task.number}`,
    settles: final,
    revisit: new Set(),
    openReceipts: task.waiting - 1,
  });
  parts.logger.info({ receipt: final.id, state: final.state, rows: final.counts.rows, ms: nowMs - startedMs }, "receipt settled");
}
