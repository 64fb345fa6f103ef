import { readRows } from "../../shared/feeds/read-feed.ts";
import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import { hasGoodRows, Receipt } from "../../shared/protocol/receipt.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { FencedError } from "../../shared/store/chunk.ts";
import { commit } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Lease } from "../../shared/store/lease.ts";
import { readTableApart } from "../../shared/store/table-thread.ts";
import { withChunkKind } from "../ingest/chunk-kinds.ts";
import { writeCondensed } from "../../shared/feeds/condensed-rows.ts";
import type { WorkerParts } from "../parts.ts";

export interface CondensedMonth {
  readonly month: string;
  readonly receipts: number;
  readonly rows: number;
}

/** A month is remembered as erased for as long as anybody may ask again. */
const FOR_EVER_SECONDS = 100 * 366 * 86_400;

/** Receipts whose raw bytes were not erased, and which month's key seals them. */
export async function receiptsWithRaw({ redis }: WorkerParts, agreementId: string): Promise<{ month: string; receipt: Receipt }[]> {
  const texts = await redis.hvals(agreementKeys(agreementId).receipts);
  return texts.flatMap((text) => {
    const receipt = Receipt.parse(JSON.parse(text));
    return receipt.rawMonth === undefined || receipt.condensed !== undefined ? [] : [{ month: receipt.rawMonth, receipt }];
  });
}

export function presentMonth(parts: WorkerParts): string {
  return new Date(parts.clock()).toISOString().slice(0, 7);
}

interface Condensing {
  readonly parts: WorkerParts;
  readonly stored: StoredAgreement;
  readonly fence: string;
}

async function mustBeDone(parts: WorkerParts, operation: Parameters<typeof commit>[1]): Promise<void> {
  const result = await commit(parts.redis, operation);
  if (result.kind === "fenced") throw new FencedError();
  if (result.kind === "conflict") throw new Error(`${operation.operationId}: the receipt changed meanwhile, try again`);
}

/** The rows of a receipt as they were applied; none of one that was refused whole. */
async function writeRows({ parts, stored, fence }: Condensing, receipt: Receipt): Promise<{ sha256: string; rows: number }> {
  const { agreementId, feedId } = receipt;
  const feed = stored.feed(feedId.slice(agreementId.length + 1));
  if (feed === undefined) throw new Error(`receipt ${receipt.id} names a feed that the agreement does not have`);
  let rows = 0;
  const count = (some: number): void => void (rows += some);
  const { sha256 } = await withChunkKind({ parts, task: { stored, receipt, fence }, feed }, async (kind) => {
    const bytes = hasGoodRows(receipt) ? await parts.rawFiles.reader(receipt) : null;
    const batches = bytes === null ? nothing() : readRows(feed, kind.rows, bytes(), { cells: false, table: readTableApart });
    return await parts.rawFiles.keepCondensed(writeCondensed(batches, count), agreementId);
  });
  return { sha256, rows };
}

async function* nothing(): AsyncGenerator<never> {}

/** The receipt keeps its counts; the cells and words of the file that it quoted go with the file. */
async function condenseReceipt(condensing: Condensing, receipt: Receipt): Promise<number> {
  const { parts, fence } = condensing;
  const { agreementId, number } = receipt;
  const condensed = await writeRows(condensing, receipt);
  const nowMs = parts.clock();
  const after: Receipt = { ...receipt, condensed, problems: [], fileProblems: [] };
  const entry: LedgerEntry = {
    v: 1,
    kind: "raw-condensed",
    agreement: agreementId,
    atMs: nowMs,
    actor: "accord",
    receipt: number,
    ...condensed,
  };
  await mustBeDone(parts, {
    agreementId,
    operationId: `condense-${number}`,
    nowMs,
    fence,
    writes: [["HSET", agreementKeys(agreementId).receipts, number, JSON.stringify(after)]],
    ledger: [entry],
    events: [{ kind: "receipt:changed", receipt: after }],
  });
  return condensed.rows;
}

async function condenseAll(condensing: Condensing, month: string, receipts: readonly Receipt[]): Promise<CondensedMonth> {
  const { parts, stored, fence } = condensing;
  const agreementId = stored.agreement.id;
  let rows = 0;
  for (const receipt of receipts) rows += await condenseReceipt(condensing, receipt);
  const nowMs = parts.clock();
  await mustBeDone(parts, {
    agreementId,
    operationId: `erase-raw-${month}`,
    rememberSeconds: FOR_EVER_SECONDS,
    nowMs,
    fence,
    writes: [],
    ledger: [{ v: 1, kind: "erased", agreement: agreementId, atMs: nowMs, actor: "accord", what: "raw", subject: month }],
  });
  await parts.rawFiles.erase({ agreementId, month });
  parts.logger.info({ event: "raw-erased", agreementId, month, receipts: receipts.length, rows }, "raw files condensed and erased");
  return { month, receipts: receipts.length, rows };
}

/** Files still come under the present month's key, so it stays until the month is over; the files that are condensed go. */
async function condensePresent(condensing: Condensing, receipts: readonly Receipt[]): Promise<CondensedMonth> {
  let rows = 0;
  for (const receipt of receipts) {
    rows += await condenseReceipt(condensing, receipt);
    await condensing.parts.rawFiles.remove(receipt);
  }
  return { month: presentMonth(condensing.parts), receipts: receipts.length, rows };
}

/**
 * Condenses the raw files of some months: rows under pseudonyms take their place, the ledger keeps their hash, then key and
 * files are destroyed. A second run, or one after a crash half way, comes to the same.
 *
 * @returns `null` when another worker holds the agreement: try again later.
 */
export async function condenseMonths(
  parts: WorkerParts,
  agreementId: string,
  wanted: (month: string) => boolean,
): Promise<CondensedMonth[] | null> {
  const lease = await Lease.acquire(parts.redis, agreementId, parts.owner);
  if (lease === null) return null;
  try {
    const stored = await readAgreement(parts.redis, agreementId, parts.clock());
    if (stored === null || lease.waiting.length > 0) return lease.waiting.length > 0 ? null : [];
    const all = await receiptsWithRaw(parts, agreementId);
    const condensing = { parts, stored, fence: lease.token };
    const done: CondensedMonth[] = [];
    for (const month of await parts.rawFiles.keys.months(agreementId)) {
      if (month > presentMonth(parts) || !wanted(month)) continue;
      const receipts = all.flatMap((one) => (one.month === month ? [one.receipt] : []));
      done.push(
        month === presentMonth(parts) ? await condensePresent(condensing, receipts) : await condenseAll(condensing, month, receipts),
      );
    }
    return done;
  } finally {
    await lease.release();
  }
}
