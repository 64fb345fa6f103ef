import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { openEntry } from "../../shared/ledger/entry.ts";
import { sealVerdict } from "../../shared/ledger/seal-verdict.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { startDrivingAtOnce } from "../../workers/ingest/drive-at-once.ts";
import type { WorkerParts } from "../../workers/parts.ts";
import { quarterFile, startLiveCase } from "../support/live-case.ts";
import { buildTarget } from "../support/target-case.ts";
import { until } from "../support/until.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(Date.parse("2026-03-20T12:00:00Z"));
});
afterAll(async () => await stage?.stop());

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function handIn(worker: WorkerParts, id: string, start: string, within: number): Promise<void> {
  await stage.accept(id, "calls", once(quarterFile(start, within)));
  await drive(worker, id);
}

async function month(id: string): Promise<Verdict["value"] | undefined> {
  return (await readVerdicts(stage.redis, id)).find(({ window }) => window.kind === "month")?.value;
}

describe("workers that take turns", () => {
  it("a worker that remembers a day's counts sees what another has counted since", async () => {
    const targets = [buildTarget({ windows: ["month"] })];
    await startLiveCase(stage, { id: "turns", now: "2026-03-20T12:00:00Z", agreement: { targets } });
    const [first, second] = [stage.parts, stage.anotherWorker()];
    await handIn(first, "turns", "2026-03-02T09:00", 50);
    await handIn(first, "turns", "2026-03-03T09:00", 50);
    expect(await month("turns")).toEqual({ num: 100, den: 200 });
    await handIn(second, "turns", "2026-03-02T09:00", 90);
    expect(await month("turns")).toEqual({ num: 140, den: 200 });
    await handIn(first, "turns", "2026-03-04T09:00", 50);
    expect(await month("turns")).toEqual({ num: 190, den: 300 });
    await handIn(second, "turns", "2026-03-04T09:15", 10);
    expect(await month("turns")).toEqual({ num: 200, den: 400 });
  });
});

describe("workers that have nothing to do", () => {
  it("begin with a receipt although no job tells of it, all of them once", async () => {
    const targets = [buildTarget({ windows: ["month"] })];
    await startLiveCase(stage, { id: "at-once", now: "2026-03-20T12:00:00Z", agreement: { targets } });
    const workers = [stage.parts, stage.anotherWorker()].map((parts) => startDrivingAtOnce(parts));
    await Promise.all(workers.map(async (worker) => await worker.ready()));
    const receipt = await stage.accept("at-once", "calls", once(quarterFile("2026-03-02T09:00", 50)));
    await until(async () => (await stage.settled(receipt.id)).state === "applied", "the receipt is applied");
    expect((await stage.settled(receipt.id)).attempts).toBe(1);
    await Promise.all(workers.map(async (worker) => await worker.stop()));
    expect(await month("at-once")).toEqual({ num: 50, den: 100 });
    expect(await stage.redis.exists(agreementKeys("at-once").lease)).toBe(0);
  });
});

describe("the ledger", () => {
  it("holds the hash of every verdict of a closed window as it was published", async () => {
    await startLiveCase(stage, { id: "sealed", now: "2026-03-20T12:00:00Z" });
    await handIn(stage.parts, "sealed", "2026-03-02T09:00", 50);
    const items = await stage.redis.lrangeBuffer(agreementKeys("sealed").ledger, 0, -1);
    const [entry] = items.map((item) => openEntry(item, sha256)).filter(({ kind }) => kind === "verdict-sealed");
    const [verdict] = await readVerdicts(stage.redis, "sealed");
    if (verdict === undefined) throw new Error("there is no verdict");
    expect(entry).toMatchObject({ window: "day.2026-03-02", status: "missed", default: "expected", num: 50, den: 100 });
    expect(entry).toMatchObject({ sha256: sealVerdict(verdict, sha256).hash });
  });
});
