import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { AlertDelivery } from "../alerts/delivery.ts";
import { commit, type Expectation, type Write } from "./commit.ts";
import { agreementKeys } from "./keys.ts";

/** More at once would keep others waiting; the rest is next. */
const DUE_AT_ONCE = 500;

/** A delivery with the text under which it is stored: whoever changes it says which text it was. */
export interface KnownDelivery {
  readonly text: string;
  readonly delivery: AlertDelivery;
}

export interface DeliveryChange {
  readonly before: KnownDelivery;
  readonly after: AlertDelivery;
}

async function readByKeys(redis: Redis, agreementId: string, keys: readonly string[]): Promise<KnownDelivery[]> {
  if (keys.length === 0) return [];
  const texts = await redis.hmget(agreementKeys(agreementId).alertDeliveries, ...keys);
  return texts.flatMap((text) => (text === null ? [] : [{ text, delivery: AlertDelivery.parse(JSON.parse(text)) }]));
}

/** Deliveries to be looked at now, in the order in which they are due. */
export async function readDueDeliveries(redis: Redis, agreementId: string, nowMs: number): Promise<KnownDelivery[]> {
  const { alertDeliveriesDue } = agreementKeys(agreementId);
  const keys = await redis.zrangebyscore(alertDeliveriesDue, "-inf", nowMs, "LIMIT", 0, DUE_AT_ONCE);
  return await readByKeys(redis, agreementId, keys);
}

export async function readDelivery(redis: Redis, agreementId: string, key: string): Promise<KnownDelivery | null> {
  return (await readByKeys(redis, agreementId, [key]))[0] ?? null;
}

/** Those of some keys that there are. */
export async function readDeliveries(redis: Redis, agreementId: string, keys: readonly string[]): Promise<AlertDelivery[]> {
  return (await readByKeys(redis, agreementId, keys)).map(({ delivery }) => delivery);
}

/** The latest deliveries of an agreement, newest first. */
export async function listDeliveries(redis: Redis, agreementId: string, most: number): Promise<AlertDelivery[]> {
  const keys = await redis.zrevrange(agreementKeys(agreementId).alertDeliveryLog, 0, most - 1);
  return await readDeliveries(redis, agreementId, keys);
}

function writesOf(agreementId: string, delivery: AlertDelivery): Write[] {
  const { alertDeliveries, alertDeliveriesDue } = agreementKeys(agreementId);
  const { key, dueMs } = delivery;
  return [
    ["HSET", alertDeliveries, key, JSON.stringify(delivery)],
    dueMs === null ? ["ZREM", alertDeliveriesDue, key] : ["ZADD", alertDeliveriesDue, dueMs, key],
  ];
}

export interface Also {
  readonly expect?: readonly Expectation[];
  readonly writes?: readonly Write[];
  /** Named by a person's browser; a worker's step has a name of its own. */
  readonly operationId?: string;
}

/**
 * Moves deliveries on, all of them or none, in one step.
 *
 * @returns the deliveries as they are stored now, or `null` when somebody else was faster with one of them.
 */
export async function changeDeliveries(
  redis: Redis,
  agreementId: string,
  changes: readonly DeliveryChange[],
  { nowMs, ...also }: Also & { readonly nowMs: number },
): Promise<KnownDelivery[] | null> {
  const { alertDeliveries } = agreementKeys(agreementId);
  const result = await commit(redis, {
    agreementId,
    operationId: also.operationId ?? `delivery-${randomUUID()}`,
    nowMs,
    expect: [...changes.map(({ before, after }) => ({ key: alertDeliveries, field: after.key, is: before.text })), ...(also.expect ?? [])],
    writes: [...changes.flatMap(({ after }) => writesOf(agreementId, after)), ...(also.writes ?? [])],
  });
  if (result.kind === "conflict") return null;
  return changes.map(({ after }) => ({ text: JSON.stringify(after), delivery: after }));
}
