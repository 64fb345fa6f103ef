import type { Redis } from "ioredis";

/** Where a record is remembered after a file took it away. */
interface Remembered {
  readonly goneKey: string;
  readonly field: Buffer;
}

/**
 * What is stored of a record that a file took away: the revision of the row that spoke of it last, so that a row which is
 * older than that one does not bring back what it had moved.
 */
export function withdrawnValue(revision: number): Uint8Array {
  return Buffer.from(String(revision));
}

/** By record: the revision of its last row, where a file took it away; else `null`. */
export async function readWithdrawn(redis: Redis, records: readonly Remembered[]): Promise<(number | null)[]> {
  const found = await Promise.all(records.map(async ({ goneKey, field }) => await redis.hgetBuffer(goneKey, field)));
  return found.map((value) => (value === null ? null : Number(value.toString())));
}
