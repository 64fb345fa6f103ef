import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Redis } from "ioredis";
import { drive } from "../../workers/ingest/drive.ts";
import { createReadStream } from "node:fs";
import { startRedis } from "../support/redis.ts";
import { startWorkerStage } from "../support/worker-stage.ts";
import { runCeiling } from "./ceiling.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "./interval-file.ts";
import { median, say, whole } from "./report.ts";

const ROWS = 200_000;
const PAIRS = 5;

interface Rate {
  /** By the clock: what it is worth depends on who else is at work on the machine. */
  readonly perSecond: number;
  /** Of this process and of Redis together. */
  readonly perCpuSecond: number;
}

/** CPU time in seconds: all of Redis, which is a new one, and what this process used since. */
async function measured(redis: Redis, work: () => Promise<unknown>): Promise<Rate> {
  const [before, startedAt] = [process.cpuUsage(), performance.now()];
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  const ofRedis = [...(await redis.info("cpu")).matchAll(/used_cpu_(?:user|sys):([\d.]+)/gu)].map(([, text]) => Number(text));
  const cpu = ofRedis.reduce((sum, some) => sum + some, (user + system) / 1_000_000);
  return { perSecond: ROWS / seconds, perCpuSecond: ROWS / cpu };
}

async function ceilingOnce(file: string): Promise<Rate> {
  const server = await startRedis();
  const redis = server.connect();
  await redis.ping();
  const rate = await measured(redis, async () => {
    const rows = await runCeiling(redis, file);
    if (rows !== ROWS) throw new Error(`the ceiling wrote ${rows} rows`);
  });
  await server.stop();
  return rate;
}

/** From an accepted receipt to its published end: parse, validate, facts and counters, evaluation, verdicts, ledger. */
async function accordOnce(file: string, folder: string): Promise<Rate> {
  const stage = await startWorkerStage(Date.parse("2026-11-21T12:00:00Z"));
  await writeFile(path.join(folder, "agreement.yaml"), benchAgreement("bench"));
  await writeFile(path.join(folder, "feed.yaml"), BENCH_FEED);
  await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
  const receipt = await stage.accept("bench", "intervals", createReadStream(file));
  const rate = await measured(stage.redis, async () => await drive(stage.parts, "bench"));
  const settled = await stage.settled(receipt.id);
  await stage.stop();
  if (settled.counts.applied !== ROWS) throw new Error(`applied ${settled.counts.applied} rows: ${JSON.stringify(settled.fileProblems)}`);
  return rate;
}

/** Ingest of one 200,000-row interval CSV by one worker with AOF always, beside the bare ceiling on the same rows. */
export async function ingestBench(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "accord-bench-"));
  const file = path.join(folder, "intervals.csv");
  await writeFile(file, intervalFile({ rows: ROWS, seed: 7, queues: 20, from: "2026-01-01" }));
  say(`ingest: ${whole(ROWS)} interval rows, one worker, appendfsync always, ${PAIRS} alternated pairs`);
  const accord: Rate[] = [];
  const ceiling: Rate[] = [];
  const noise: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const [a, b] = [await ceilingOnce(file), await accordOnce(file, folder)];
    ceiling.push(a);
    accord.push(b);
    noise.push((await ceilingOnce(file)).perSecond / a.perSecond);
    say(
      `  pair ${pair + 1}: ceiling ${whole(a.perSecond)} rows/s, accord ${whole(b.perSecond)} rows/s, ratio ${(b.perSecond / a.perSecond).toFixed(2)}, by CPU time ${(b.perCpuSecond / a.perCpuSecond).toFixed(2)}, A/A ${noise[pair]?.toFixed(2)}`,
    );
  }
  const ratio = (of: keyof Rate): string => median(accord.map((rate, i) => rate[of] / (ceiling[i]?.[of] ?? NaN))).toFixed(2);
  const rate = (of: readonly Rate[]): string => whole(median(of.map(({ perSecond }) => perSecond)));
  say(
    `  median: ceiling ${rate(ceiling)}, accord ${rate(accord)} rows/s; ratio ${ratio("perSecond")} (goal >= 0.70), by CPU time of worker and Redis together ${ratio("perCpuSecond")}; A/A ${median(noise).toFixed(2)}`,
  );
  await rm(folder, { recursive: true, force: true });
}
