import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Redis } from "ioredis";
import { createMirrorRound } from "../../workers/deadlines/mirror-round.ts";
import { rebuild } from "../../workers/rebuild/rebuild.ts";
import { startWorkerStage } from "../support/worker-stage.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "./interval-file.ts";
import { say, whole } from "./report.ts";

const FILES = 10;
const ROWS_PER_FILE = 100_000;
const QUEUES = 20;

async function countersHash(redis: Redis): Promise<string> {
  const hash = createHash("sha256");
  for (const key of (await redis.keys("{a:bench}:I:*")).toSorted()) {
    const fields = Object.entries(await redis.hgetallBuffer(key)).toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [field, value] of fields) hash.update(`${key}\0${field}\0`).update(value);
  }
  return hash.digest("hex");
}

/** A million interval rows in ten files: Redis is lost, and made anew from raw files and mirror. Goal: 60 s, counters equal bit for bit. */
export async function rebuildBench(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "accord-bench-"));
  const stage = await startWorkerStage(Date.parse("2026-11-21T12:00:00Z"));
  try {
    await writeFile(path.join(folder, "agreement.yaml"), benchAgreement("bench"));
    await writeFile(path.join(folder, "feed.yaml"), BENCH_FEED);
    await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
    const days = Math.ceil(ROWS_PER_FILE / 96 / QUEUES);
    for (let i = 0; i < FILES; i++) {
      const from = Temporal.PlainDate.from("2025-01-01").add({ days: i * days });
      await stage.handIn("bench", "intervals", intervalFile({ rows: ROWS_PER_FILE, seed: i, queues: QUEUES, from: from.toString() }));
    }
    await createMirrorRound(stage.parts).catchUp();
    const before = await countersHash(stage.redis);
    await stage.redis.flushall();
    const startedAt = performance.now();
    const [report] = await rebuild(stage.parts, () => undefined);
    const seconds = (performance.now() - startedAt) / 1000;
    const equal = (await countersHash(stage.redis)) === before;
    const { rows = 0, equalVerdicts = 0, otherVerdicts = [], lost = [] } = report ?? {};
    say(
      `rebuild: ${whole(rows)} rows of ${FILES} files in ${seconds.toFixed(1)} s (goal <= 60 s for 1,000,000), counters ${equal ? "equal bit for bit" : "DIFFER"}, ${equalVerdicts} verdicts equal, ${otherVerdicts.length} otherwise, ${lost.length} receipts lost`,
    );
  } finally {
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
