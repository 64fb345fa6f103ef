import type { Redis } from "ioredis";
import { agreementKeys } from "./keys.ts";

/** Behind the nine numbers of a chunk's own record, all of which are nothing here. */
const NOTHING = "0,0,0,0,0,0,0,0,0";

/** What a step that takes facts away leaves among a receipt's chunks: it read no rows, and took away so many. */
export function withdrawnStep(facts: number): string {
  return `${NOTHING},${facts}`;
}

/** How many facts the steps of a receipt have taken away. */
export async function readWithdrawnCount(redis: Redis, agreementId: string, receipt: number): Promise<number> {
  const records = await redis.hvals(agreementKeys(agreementId).chunks(receipt));
  return records.reduce((sum, record) => sum + Number(record.split(",")[9] ?? "0"), 0);
}
