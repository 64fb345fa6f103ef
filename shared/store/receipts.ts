import type { Redis } from "ioredis";
import { AppError } from "../protocol/errors.ts";
import { agreementOf, NO_COUNTS, Receipt, receiptId } from "../protocol/receipt.ts";
import { commit } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { receiptHint } from "./receipt-hint.ts";

export interface Acceptance {
  readonly agreementId: string;
  /** The feed's id inside its agreement. */
  readonly feed: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Where the bytes lie, as `RawFiles.receive` said. */
  readonly rawMonth: string;
  /** What lies there of a small file, for whoever hears of it. */
  readonly sealed?: Uint8Array;
  readonly filename: string;
  readonly idempotencyKey: string;
  /** Who handed it in, as the ledger keeps it for ever: an id, never a name. */
  readonly actor: string;
  /** The same as people read it on the screen. */
  readonly acceptedFrom: string;
  readonly nowMs: number;
  /** As `readReceiptCount` said a moment ago. Then what is known of the file is asked only if the step finds that something is. */
  readonly count?: string;
}

const ATTEMPTS = 20;

function newReceipt(input: Acceptance, number: number): Receipt {
  return {
    id: receiptId(input.agreementId, number),
    agreementId: input.agreementId,
    feedId: `${input.agreementId}.${input.feed}`,
    number,
    state: "accepted",
    sha256: input.sha256,
    bytes: input.bytes,
    rawMonth: input.rawMonth,
    filename: input.filename,
    acceptedAtMs: input.nowMs,
    acceptedFrom: input.acceptedFrom,
    settledAtMs: null,
    attempts: 0,
    counts: NO_COUNTS,
    progressRows: 0,
    problems: [],
    fileProblems: [],
  };
}

interface Known {
  readonly receipt: Receipt | null;
  /** The number of the latest receipt, as stored; empty before the first. */
  readonly count: string;
}

async function readKnown(redis: Redis, input: Acceptance): Promise<Known> {
  const keys = agreementKeys(input.agreementId);
  const [byKey, bySha, count] = await Promise.all([
    redis.hget(keys.byIdempotencyKey, `${input.feed}|${input.idempotencyKey}`),
    redis.hget(keys.bySha, `${input.feed}|${input.sha256}`),
    redis.get(keys.receiptCount),
  ]);
  const number = byKey ?? bySha;
  if (number === null) return { receipt: null, count: count ?? "" };
  const receipt = await readReceipt(redis, receiptId(input.agreementId, Number(number)));
  if (receipt !== null && byKey !== null && receipt.sha256 !== input.sha256) {
    throw new AppError(
      "idempotency-mismatch",
      `The Idempotency-Key was used for other bytes: receipt ${receipt.number}.`,
      "Use a new key for a new file.",
    );
  }
  return { receipt, count: count ?? "" };
}

/** The number of the latest receipt, as stored; empty before the first. */
export async function readReceiptCount(redis: Redis, agreementId: string): Promise<string> {
  return (await redis.get(agreementKeys(agreementId).receiptCount)) ?? "";
}

/**
 * Makes the receipt and its ledger entry in one step; call it only after the bytes are flushed to disk.
 * `onSent` runs when the step is on its way: what is sent on the same connection then comes after it.
 * Identical bytes, or the same key with the same bytes, return the old receipt.
 *
 * @throws AppError `idempotency-mismatch` when the key was used for other bytes.
 */
export async function acceptReceipt(
  redis: Redis,
  input: Acceptance,
  onSent: () => void = () => undefined,
): Promise<{ receipt: Receipt; created: boolean }> {
  const keys = agreementKeys(input.agreementId);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const isGuess = attempt === 0 && input.count !== undefined;
    const { receipt: known, count } = isGuess ? { receipt: null, count: input.count } : await readKnown(redis, input);
    if (known !== null) return { receipt: known, created: false };
    const receipt = newReceipt(input, Number(count) + 1);
    const sent = commit(redis, {
      agreementId: input.agreementId,
      // Everything that makes this hand-in its own: two that race for a number must not pass for one sent twice.
      operationId: `accept-${receipt.number}-${input.feed}-${input.sha256}-${input.idempotencyKey}`,
      nowMs: input.nowMs,
      expect: [
        { key: keys.receiptCount, is: count },
        { key: keys.bySha, field: `${input.feed}|${input.sha256}`, is: "" },
        { key: keys.byIdempotencyKey, field: `${input.feed}|${input.idempotencyKey}`, is: "" },
      ],
      writes: [
        ["SET", keys.receiptCount, receipt.number],
        ["HSET", keys.receipts, receipt.number, JSON.stringify(receipt)],
        ["HSET", keys.bySha, `${input.feed}|${input.sha256}`, receipt.number],
        ["HSET", keys.byIdempotencyKey, `${input.feed}|${input.idempotencyKey}`, receipt.number],
        ["HSET", keys.keyOfReceipt, receipt.number, `${input.feed}|${input.idempotencyKey}`],
        ["ZADD", keys.open, input.nowMs, receipt.number],
      ],
      ledger: [
        {
          v: 1,
          kind: "receipt-accepted",
          agreement: input.agreementId,
          atMs: input.nowMs,
          actor: input.actor,
          receipt: receipt.number,
          feed: input.feed,
          sha256: input.sha256,
          bytes: input.bytes,
        },
      ],
      events: [{ kind: "receipt:changed", receipt }],
      receiptHint: receiptHint(input),
    });
    onSent();
    const result = await sent;
    if (result.kind === "done" || result.kind === "repeated") return { receipt, created: true };
  }
  throw new AppError(
    "unavailable",
    "Too many uploads for this agreement at the same moment.",
    "Send the file again with the same Idempotency-Key.",
    { retryAfterSeconds: 1 },
  );
}

export async function readReceipt(redis: Redis, id: string): Promise<Receipt | null> {
  const number = /\.r(\d{1,15})$/u.exec(id)?.[1];
  const agreementId = agreementOf(id);
  if (number === undefined || receiptId(agreementId, Number(number)) !== id) return null;
  const stored = await redis.hget(agreementKeys(agreementId).receipts, number);
  return stored === null ? null : parseReceipt(stored);
}

/** A receipt as it is stored. */
export function parseReceipt(stored: string): Receipt {
  return Receipt.parse(JSON.parse(stored));
}

/** The latest receipts of a feed, newest first. */
export async function listReceipts(redis: Redis, feedId: string, limit: number): Promise<Receipt[]> {
  const all = await latestReceipts(redis, agreementOf(feedId), limit * 8);
  return all.filter((receipt) => receipt.feedId === feedId).slice(0, limit);
}

/** The latest receipts of an agreement, newest first. */
export async function latestReceipts(redis: Redis, agreementId: string, limit: number): Promise<Receipt[]> {
  const keys = agreementKeys(agreementId);
  const count = Number((await redis.get(keys.receiptCount)) ?? "0");
  const numbers = Array.from({ length: Math.min(limit, count) }, (_, i) => String(count - i));
  if (numbers.length === 0) return [];
  const stored = await redis.hmget(keys.receipts, ...numbers);
  return stored.flatMap((text) => (text === null ? [] : [parseReceipt(text)]));
}

/** Numbers of receipts that have not settled, in the order in which they were accepted. */
export async function openReceipts(redis: Redis, agreementId: string): Promise<number[]> {
  return (await redis.zrange(agreementKeys(agreementId).open, "0", "-1")).map(Number).toSorted((a, b) => a - b);
}
