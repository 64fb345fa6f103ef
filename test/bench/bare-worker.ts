import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { z } from "zod";
import { inferSchema, initParser } from "udsv";

/** The bare path's worker: parse, validate with zod, one Lua call, publish the sum. */
const options = { path: process.env["ACCORD_REDIS_SOCKET"] ?? "", maxRetriesPerRequest: null };
const redis = new Redis(options);
const Row = z.object({ queue: z.string(), date: z.string(), time: z.string(), offered: z.int(), answered: z.int(), in20: z.int() });
const Job = z.object({ text: z.string() });

const SCRIPT = `
local n = 0
for i = 1, #ARGV, 3 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
  n = n + tonumber(ARGV[i + 1])
end
redis.call('PUBLISH', 'bare:done', n)
return n
`;

const worker = new Worker(
  "bare",
  async (job) => {
    const { text } = Job.parse(job.data);
    const args: (string | number)[] = [];
    const records: string[][] = initParser(inferSchema(text)).stringArrs(text);
    for (const [queue = "", date = "", time = "", offered, answered, , in20] of records) {
      const row = Row.parse({ queue, date, time, offered: Number(offered), answered: Number(answered), in20: Number(in20) });
      args.push(`${row.queue}|${row.date}|${row.time}`, row.offered, `${row.answered},${row.in20}`);
    }
    await redis.eval(SCRIPT, 1, "{bare}:facts", ...args);
  },
  { connection: new Redis(options), prefix: "{bare}" },
);
await worker.waitUntilReady();
process.stdout.write('{"event":"ready"}\n');
process.once("SIGTERM", () => process.exit(0));
