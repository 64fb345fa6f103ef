import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { WORKER_FLAGS } from "../../server/boot/node-programs.ts";
import { acceptReceipt } from "../../shared/store/receipts.ts";
import { startWorkerStage } from "../support/worker-stage.ts";
import { BENCH_FEED, benchAgreement } from "./interval-file.ts";
import { type LargeFile, largeCsv, largeGzip, largeJson, largeJsonLines, largeWorkbook } from "./large-files.ts";
import { say, whole } from "./report.ts";

const Ended = z.object({ seconds: z.number(), peakMb: z.number() });
const GIGABYTES = 2_000_000_000;
const NOW = Date.parse("2026-11-21T12:00:00Z");

/** The worker is a process of its own, so that nothing but its work counts. */
async function ingest(kind: string, format: string, { rows, bytes }: LargeFile): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "accord-bench-"));
  const stage = await startWorkerStage(NOW);
  try {
    await writeFile(path.join(folder, "agreement.yaml"), benchAgreement("bench"));
    const feed = BENCH_FEED.replace("{ type: delimited, delimiter: comma }", format);
    await writeFile(path.join(folder, "feed.yaml"), `${feed}ignore: [note]\n`);
    await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
    const received = await stage.rawFiles.receive(bytes, { agreementId: "bench", nowMs: NOW, maxBytes: GIGABYTES });
    const name = `${kind}.${received.bytes}`;
    const sender = { filename: name, idempotencyKey: name, actor: "bench", acceptedFrom: "bench" };
    const { receipt } = await acceptReceipt(stage.redis, { agreementId: "bench", feed: "intervals", nowMs: NOW, ...sender, ...received });
    const worker = fork(
      path.join(import.meta.dirname, "memory-worker.ts"),
      [stage.redisServer.target.path, stage.parts.stateDir, "bench"],
      {
        execArgv: [...WORKER_FLAGS],
      },
    );
    const [message]: unknown[] = await once(worker, "message");
    const { seconds, peakMb } = Ended.parse(message);
    const { state, counts, fileProblems } = await stage.settled(receipt.id);
    const refusal = fileProblems.map(({ message }) => message).join(", ");
    const end =
      counts.applied === rows
        ? `all ${whole(rows)} rows applied`
        : `${state}, ${whole(counts.applied)} of ${whole(rows)} rows applied: ${refusal}`;
    say(
      `ingest-memory: ${kind} of ${whole(received.bytes / 1_000_000)} MB: at most ${whole(peakMb)} MB in the worker (goal < 300), ${seconds.toFixed(0)} s, ${end}`,
    );
  } finally {
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The worker's peak memory while it reads the largest files of each kind. */
export async function ingestMemoryBench(): Promise<void> {
  await ingest("CSV", "{ type: delimited, delimiter: comma }", largeCsv(10_000));
  await ingest("CSV", "{ type: delimited, delimiter: comma }", largeCsv(490_000));
  await ingest("JSON", "{ type: json }", largeJson(450_000));
  await ingest("lines of JSON", "{ type: json-lines }", largeJsonLines(450_000));
  await ingest("gzip of 1 GB of CSV,", "{ type: delimited, delimiter: comma }", largeGzip(480_000));
  await ingest("workbook, unpacked 103 MB,", "{ type: xlsx }", largeWorkbook(200_000));
  await ingest("workbook, unpacked 196 MB,", "{ type: xlsx }", largeWorkbook(380_000));
}
