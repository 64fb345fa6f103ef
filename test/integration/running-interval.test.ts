import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BENCH_FEED, BENCH_HEADER, benchAgreement } from "../bench/interval-file.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const row = (answered: number): string => `${BENCH_HEADER}\nq,2026-11-21,12:00,100,${answered},0,${answered},0,0,0\n`;

describe("an interval that is handed in while it still runs", () => {
  let stage: WorkerStage;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "accord-running-"));
    await writeFile(path.join(folder, "agreement.yaml"), benchAgreement("running"));
    await writeFile(path.join(folder, "feed.yaml"), BENCH_FEED);
    stage = await startWorkerStage(Date.parse("2026-11-21T12:05:00Z"));
    await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
  });
  afterAll(async () => {
    await stage?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("grows without being a restatement, and is one when it changes after its end was known", async () => {
    await stage.handIn("running", "intervals", row(10));
    stage.nowMs = Date.parse("2026-11-21T12:10:00Z");
    expect((await stage.handIn("running", "intervals", row(20))).counts).toMatchObject({ applied: 1, restated: 0 });
    stage.nowMs = Date.parse("2026-11-21T12:16:00Z");
    expect((await stage.handIn("running", "intervals", row(30))).counts).toMatchObject({ applied: 1, restated: 0 });
    stage.nowMs = Date.parse("2026-11-21T12:20:00Z");
    expect((await stage.handIn("running", "intervals", row(40))).counts).toMatchObject({ applied: 1, restated: 1 });
  });
});
