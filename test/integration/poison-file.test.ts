import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreementKeys } from "../../shared/store/keys.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "../bench/interval-file.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

describe("a file that takes its worker down every time", () => {
  let stage: WorkerStage;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "accord-poison-"));
    await writeFile(path.join(folder, "agreement.yaml"), benchAgreement("poison"));
    await writeFile(path.join(folder, "feed.yaml"), BENCH_FEED);
    stage = await startWorkerStage(Date.parse("2026-11-21T12:00:00Z"));
    await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
  });
  afterAll(async () => {
    await stage?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("is set aside after three attempts with the counts of what it had applied, and the next file goes on", async () => {
    const keys = agreementKeys("poison");
    const accepted = await stage.accept("poison", "intervals", once(intervalFile({ rows: 96, seed: 1, queues: 1, from: "2026-11-01" })));
    await stage.redis.hset(keys.attempts, String(accepted.number), "3");
    await stage.redis.hset(keys.chunks(accepted.number), "0", "40,0,0,0,40,0,0,0");
    await drive({ ...stage.parts, owner: randomUUID() }, "poison");
    const settled = await stage.settled(accepted.id);
    expect(settled).toMatchObject({ state: "rejected", attempts: 3, counts: { rows: 40, applied: 40 } });
    expect(settled.fileProblems[0]?.rule).toBe("processing-failed");
    const next = await stage.handIn("poison", "intervals", intervalFile({ rows: 96, seed: 2, queues: 1, from: "2026-11-02" }));
    expect(next).toMatchObject({ state: "applied", counts: { applied: 96 } });
  });
});
