import type { Redis } from "ioredis";
import { agreementKeys } from "./keys.ts";

const FIELD = "raw-keep-months";

/** For how many whole months before the present one an agreement's raw files are kept; `null`: for ever, the default. */
export async function readRawKeepMonths(redis: Redis, agreementId: string): Promise<number | null> {
  const text = await redis.hget(agreementKeys(agreementId).doc, FIELD);
  return text === null ? null : Number(text);
}

/** @param months a whole number of at least 1, or `null` to keep them for ever. */
export async function writeRawKeepMonths(redis: Redis, agreementId: string, months: number | null): Promise<void> {
  const { doc } = agreementKeys(agreementId);
  if (months === null) await redis.hdel(doc, FIELD);
  else await redis.hset(doc, FIELD, months);
}

/** The first month (UTC) whose raw files are kept: of 2026-11-22 and 13 months it is `2025-10`. */
export function firstKeptMonth(nowMs: number, months: number): string {
  const present = new Date(nowMs).toISOString().slice(0, 7);
  return Temporal.PlainYearMonth.from(present).subtract({ months }).toString();
}
