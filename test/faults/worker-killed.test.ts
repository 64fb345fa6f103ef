import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readIntervals } from "../../shared/store/intervals.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "../bench/interval-file.ts";
import { startSystem, type System } from "../support/system.ts";
import { until } from "../support/until.ts";

const ROWS = 120_000;

describe("a worker that is killed in the middle of an upload", () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({ workers: 1 });
    await system.addAgreement(benchAgreement("killed"), [BENCH_FEED]);
  });
  afterAll(async () => await system?.stop());

  it("leaves a receipt that another worker finishes with every row counted once", async () => {
    const redis = system.redisServer.connect();
    const key = await system.addKey("killed", ["intervals"]);
    const reply = await system.upload(key, "killed.intervals", intervalFile({ rows: ROWS, seed: 3, queues: 20, from: "2026-01-01" }));
    expect(reply.status).toBe(202);
    const { id, number } = reply.as(Receipt);
    const keys = agreementKeys("killed");
    await until(async () => (await redis.hlen(keys.chunks(number))) >= 3, "the first chunks are applied");
    await system.workers[0]?.kill("SIGKILL");
    const chunksAtDeath = await redis.hlen(keys.chunks(number));
    expect(chunksAtDeath).toBeLessThan(ROWS / 500);

    await system.startWorker();
    const receipt = await system.settled(key, id, 60_000);
    expect(receipt).toMatchObject({ state: "applied", attempts: 2 });
    expect(receipt.counts).toEqual({ rows: ROWS, applied: ROWS, restated: 0, rejected: 0, duplicate: 0, warnings: 0 });
    const stored = await readAgreement(redis, "killed");
    if (stored === null) throw new Error("the agreement is gone");
    const queues = await readIntervals(redis, {
      agreementId: "killed",
      feed: "intervals",
      layout: stored.layout("intervals"),
      fromMs: Date.UTC(2026, 0, 1),
      toMs: Date.UTC(2026, 6, 1),
    });
    expect(queues.reduce((sum, { intervals }) => sum + intervals.length, 0)).toBe(ROWS);
  });
});
