import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { drive } from "../../workers/ingest/drive.ts";
import { createReadStream } from "node:fs";
import { startRedis } from "../support/redis.ts";
import { startWorkerStage } from "../support/worker-stage.ts";
import { runCeiling } from "./ceiling.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "./interval-file.ts";
import { median, say, whole } from "./report.ts";

const ROWS = 200_000;
const PAIRS = 5;

async function ceilingOnce(file: string): Promise<number> {
  const server = await startRedis();
  const redis = server.connect();
  await redis.ping();
  const startedAt = performance.now();
  const rows = await runCeiling(redis, file);
  const seconds = (performance.now() - startedAt) / 1000;
  await server.stop();
  if (rows !== ROWS) throw new Error(`the ceiling wrote ${rows} rows`);
  return rows / seconds;
}

/** From an accepted receipt to its published end: parse, validate, facts and counters, evaluation, verdicts, ledger. */
async function accordOnce(file: string, folder: string): Promise<number> {
  const stage = await startWorkerStage(Date.parse("2026-11-21T12:00:00Z"));
  await writeFile(path.join(folder, "agreement.yaml"), benchAgreement("bench"));
  await writeFile(path.join(folder, "feed.yaml"), BENCH_FEED);
  await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
  const receipt = await stage.accept("bench", "intervals", createReadStream(file));
  const startedAt = performance.now();
  await drive(stage.parts, "bench");
  const seconds = (performance.now() - startedAt) / 1000;
  const settled = await stage.settled(receipt.id);
  await stage.stop();
  if (settled.counts.applied !== ROWS) throw new Error(`applied ${settled.counts.applied} rows: ${JSON.stringify(settled.fileProblems)}`);
  return ROWS / seconds;
}

/** Ingest of one 200,000-row interval CSV by one worker with AOF always, beside the bare ceiling on the same rows. */
export async function ingestBench(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "accord-bench-"));
  const file = path.join(folder, "intervals.csv");
  await writeFile(file, intervalFile({ rows: ROWS, seed: 7, queues: 20, from: "2026-01-01" }));
  say(`ingest: ${whole(ROWS)} interval rows, one worker, appendfsync always, ${PAIRS} alternated pairs`);
  const accord: number[] = [];
  const ceiling: number[] = [];
  const noise: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const [a, b] = [await ceilingOnce(file), await accordOnce(file, folder)];
    ceiling.push(a);
    accord.push(b);
    noise.push((await ceilingOnce(file)) / a);
    say(
      `  pair ${pair + 1}: ceiling ${whole(a)} rows/s, accord ${whole(b)} rows/s, ratio ${(b / a).toFixed(2)}, A/A ${noise[pair]?.toFixed(2)}`,
    );
  }
  const ratios = accord.map((value, i) => value / (ceiling[i] ?? NaN));
  say(
    `  median: ceiling ${whole(median(ceiling))}, accord ${whole(median(accord))} rows/s; ratio ${median(ratios).toFixed(2)} (goal >= 0.70); A/A ${median(noise).toFixed(2)}`,
  );
  await rm(folder, { recursive: true, force: true });
}
