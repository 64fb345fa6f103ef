import type { Redis } from "ioredis";
import { Alert } from "../alerts/alert.ts";
import { subjectKey } from "../alerts/subject.ts";
import { Receipt } from "../protocol/receipt.ts";
import { stampOf } from "./agreements.ts";
import { inPieces } from "./in-pieces.ts";
import { AGREEMENTS, agreementKeys } from "./keys.ts";
import type { MirroredAgreement } from "./mirror.ts";
import type { MirrorRecord, RecordHash } from "./mirror-records.ts";
import { pendingText, StoredVersion } from "./stored-version.ts";

/** Beyond every event that a browser may have seen, so that it asks for a snapshot instead of going on in the middle. */
const SEQ_LEAP = 1_000_000;

/** Keys of agreements that a Redis holds already, a few of them. */
export async function foreignKeys(redis: Redis): Promise<string[]> {
  const found: string[] = [];
  let cursor = "0";
  do {
    const [next, keys] = await redis.scan(cursor, "MATCH", "{a:*", "COUNT", 1000);
    found.push(...keys);
    cursor = next;
  } while (cursor !== "0" && found.length < 10);
  return found;
}

function valuesOf(records: readonly MirrorRecord[], hash: RecordHash): string[] {
  return records.filter((record) => record.hash === hash).map(({ value }) => value);
}

async function writeRecord(redis: Redis, agreementId: string, { hash, field, value }: MirrorRecord): Promise<void> {
  const key = agreementKeys(agreementId)[hash];
  await redis.hset(key, field, hash === "agentNames" ? Buffer.from(value, "base64") : value);
}

/** Alerts as they were, with what is found through them. */
export async function restoreAlerts(redis: Redis, agreementId: string, records: readonly MirrorRecord[]): Promise<void> {
  const keys = agreementKeys(agreementId);
  const alerts = valuesOf(records, "alerts").map((text) => Alert.parse(JSON.parse(text)));
  for (const alert of alerts.toSorted((a, b) => a.changedAtMs - b.changedAtMs)) {
    await redis.hset(keys.alertSeq, alert.id, alert.seq);
    await redis.hset(keys.alertLatest, subjectKey(alert.subject), alert.id);
    await redis.zadd(keys.alertsByChange, alert.changedAtMs, alert.id);
    if (alert.status === "resolved") continue;
    await redis.sadd(keys.alertsActive, alert.id);
    // To be looked at soon: what is due, and when, stands in the alert.
    await redis.zadd(keys.alertDue, alert.changedAtMs, subjectKey(alert.subject));
  }
}

async function restoreVersions(redis: Redis, agreementId: string, records: readonly MirrorRecord[]): Promise<void> {
  const { doc } = agreementKeys(agreementId);
  const versions = valuesOf(records, "versions").map((text) => StoredVersion.parse(JSON.parse(text)));
  const inForce = versions.filter(({ state }) => state === "in-force").toSorted((a, b) => a.version - b.version);
  // Of the documents' record only what is never taken away is kept as it was; the rest follows from the versions.
  await redis.hdel(doc, "pending", "agreement", "text");
  if (inForce.length > 0) await redis.hset(doc, "stamp", stampOf(inForce));
  const pending = versions.map(pendingText).find((text) => text !== null);
  if (pending !== undefined && pending !== null) await redis.hset(doc, "pending", pending);
}

async function restoreReceipts(redis: Redis, agreementId: string, records: readonly MirrorRecord[]): Promise<Receipt[]> {
  const keys = agreementKeys(agreementId);
  const receipts = valuesOf(records, "receipts")
    .map((text) => Receipt.parse(JSON.parse(text)))
    .toSorted((a, b) => a.number - b.number);
  for (const { number, feedId, sha256, settledAtMs, acceptedAtMs } of receipts) {
    await redis.hset(keys.bySha, `${feedId.slice(agreementId.length + 1)}|${sha256}`, number);
    if (settledAtMs === null) await redis.zadd(keys.open, acceptedAtMs, number);
  }
  for (const { field, value } of records.filter(({ hash }) => hash === "keyOfReceipt"))
    await redis.hset(keys.byIdempotencyKey, value, field);
  const last = receipts.at(-1);
  if (last !== undefined) await redis.set(keys.receiptCount, last.number);
  return receipts;
}

/**
 * Puts back what an agreement's mirror knows of it: documents, versions, claims, forecasts, receipts, alerts, names and the
 * ledger, byte for byte. Facts, counters and verdicts are made from these and the raw files afterwards.
 *
 * @returns its receipts by number.
 */
export async function restoreAgreement(redis: Redis, agreementId: string, mirrored: MirroredAgreement): Promise<Receipt[]> {
  const keys = agreementKeys(agreementId);
  const { ledger, records } = mirrored;
  // First, so that a rebuild that dies half way leaves something that the next one refuses to go over.
  await redis.set(keys.seq, Math.max(0, ...records.map(({ seq }) => seq)) + SEQ_LEAP);
  for (const some of inPieces(ledger.map((item) => Buffer.from(item)))) await redis.rpush(keys.ledger, ...some);
  for (const some of inPieces(records)) await Promise.all(some.map(async (record) => await writeRecord(redis, agreementId, record)));
  // What was computed from days is computed anew; who was told what stays.
  await redis.hdel(keys.clock, "from", "to", "evaluated", "counts");
  await restoreVersions(redis, agreementId, records);
  await restoreAlerts(redis, agreementId, records);
  const receipts = await restoreReceipts(redis, agreementId, records);
  await redis.sadd(AGREEMENTS, agreementId);
  return receipts;
}
