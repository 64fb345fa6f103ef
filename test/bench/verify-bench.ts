import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, open, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { openBundle } from "../../shared/ledger/bundle.ts";
import { verifyBundle } from "../../shared/ledger/verify-bundle.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { documentsOf, verifySignature } from "../../server/cli/verify.ts";
import { bundleOf } from "../../server/http/bundle.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";
import { BENCH_FEED, intervalFile } from "./interval-file.ts";
import { say, whole } from "./report.ts";

const FILES = 10;
const ROWS_PER_FILE = 100_000;
const QUEUES = 20;

/** A target for each queue and day, so that a million rows leave ten thousand sealed verdicts. */
const AGREEMENT = `
accord: agreement/1
id: bench
version: 1
name: Bench
parties: { client: Client, provider: Provider }
timeZone: UTC
effectiveFrom: 2025-01-01
intervalMinutes: 15
serviceHours: always
targets:
  - id: by-queue
    name: By queue
    feed: intervals
    each: queue
    queues: [${Array.from({ length: QUEUES }, (_, i) => `queue-${i}`).join(", ")}]
    measure: { metric: service-level, variant: negative, withinSeconds: 20 }
    direction: at-least
    expected: 80 %
    windows: [day]
`;

async function fill(stage: WorkerStage, folder: string): Promise<void> {
  await writeFile(path.join(folder, "agreement.yaml"), AGREEMENT);
  await writeFile(path.join(folder, "feed.yaml"), BENCH_FEED);
  await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
  const days = Math.ceil(ROWS_PER_FILE / 96 / QUEUES);
  for (let i = 0; i < FILES; i++) {
    const from = Temporal.PlainDate.from("2025-01-01").add({ days: i * days });
    await stage.handIn("bench", "intervals", intervalFile({ rows: ROWS_PER_FILE, seed: i, queues: QUEUES, from: from.toString() }));
  }
}

/** A record of ten thousand entries over a million rows, checked from its bundle as `accord verify` does. Goal: 30 s. */
export async function verifyBench(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "accord-bench-"));
  const stage = await startWorkerStage(Date.parse("2026-11-21T12:00:00Z"));
  try {
    await fill(stage, folder);
    const file = path.join(folder, "record.tar");
    const { redis, rawFiles } = stage;
    const bundling = performance.now();
    await pipeline(Readable.from(bundleOf({ redis, rawFiles, keyRing: stage.parts.keyRing }, "bench")), createWriteStream(file));
    const bundled = (performance.now() - bundling) / 1000;
    const handle = await open(file, "r");
    const startedAt = performance.now();
    const read = async (from: number, bytes: number): Promise<Uint8Array> =>
      (await handle.read(new Uint8Array(bytes), 0, bytes, from)).buffer;
    const bundle = await openBundle({ bytes: (await stat(file)).size, read });
    const startHash = () => createHash("sha256");
    const documents = documentsOf(bundle);
    const { entries, findings, replayed } = await verifyBundle({ bundle, held: [], documents, sha256, startHash, verify: verifySignature });
    const seconds = (performance.now() - startedAt) / 1000;
    await handle.close();
    say(
      `verify: ${whole(entries)} entries, ${whole(replayed?.rows ?? 0)} rows, ${whole(replayed?.derived ?? 0)} verdicts derived anew in ${seconds.toFixed(1)} s (goal <= 30 s for 10,000 entries and 1,000,000 rows), ${findings.length} findings; bundle of ${whole((await stat(file)).size / 1_000_000)} MB made in ${bundled.toFixed(1)} s; peak memory ${whole(process.resourceUsage().maxRSS / 1024)} MB`,
    );
  } finally {
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
