import { readFile } from "node:fs/promises";
import type { Redis } from "ioredis";
import { inferSchema, initParser } from "udsv";
import { z } from "zod";

/**
 * The bare ceiling: udsv, a zod object per row and one Lua call per 500 rows with four in flight. No receipts, no
 * revisions, no time zones, no row errors, no lease: what nobody could ship, and the limit of what could be reached.
 */
const Row = z.compile(
  z.object({
    queue: z.string().min(1),
    date: z.string().length(10),
    time: z.string().length(5),
    offered: z.int().min(0),
    answered: z.int().min(0),
    abandoned: z.int().min(0),
    in20: z.int().min(0),
    wait: z.int().min(0),
    handle: z.int().min(0),
    hold: z.int().min(0),
  }),
);

const SCRIPT = `
for i = 1, #ARGV, 10 do
  redis.call('HSET', '{bare}:' .. ARGV[i] .. ':' .. ARGV[i + 1], ARGV[i + 2],
    cmsgpack.pack({tonumber(ARGV[i + 3]), tonumber(ARGV[i + 4]), tonumber(ARGV[i + 5]), tonumber(ARGV[i + 6]), tonumber(ARGV[i + 7]), tonumber(ARGV[i + 8]), tonumber(ARGV[i + 9])}))
end
return #ARGV
`;

const BATCH = 500;
const IN_FLIGHT = 4;

function checked(cells: readonly string[]): (string | number)[] {
  const [queue = "", date = "", time = "", ...numbers] = cells;
  const [offered, answered, abandoned, in20, wait, handle, hold] = numbers.map(Number);
  const row = Row.parse({ queue, date, time, offered, answered, abandoned, in20, wait, handle, hold });
  return [row.queue, row.date, row.time, row.offered, row.answered, row.abandoned, row.in20, row.wait, row.handle, row.hold];
}

/** @returns rows written. The whole file is parsed in memory at once, as udsv does it fastest. */
export async function runCeiling(redis: Redis, file: string): Promise<number> {
  const text = await readFile(file, "utf8");
  const records: string[][] = initParser(inferSchema(text)).stringArrs(text);
  const pending: Promise<unknown>[] = [];
  for (let from = 0; from < records.length; from += BATCH) {
    const args = records.slice(from, from + BATCH).flatMap(checked);
    pending.push(redis.eval(SCRIPT, 1, "{bare}", ...args));
    if (pending.length >= IN_FLIGHT) await pending.shift();
  }
  await Promise.all(pending);
  return records.length;
}
