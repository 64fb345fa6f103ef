import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "../bench/interval-file.ts";
import { startSystem, type System } from "../support/system.ts";
import { until } from "../support/until.ts";

const AWAY_MS = 10_000;

describe("a Redis that is away for ten seconds", () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({ workers: 2 });
    await system.addAgreement(benchAgreement("away"), [BENCH_FEED]);
  });
  afterAll(async () => await system?.stop());

  for (const [how, leave, comeBack] of [
    ["stopped", () => Promise.resolve(system.redisServer.pause()), () => Promise.resolve(system.redisServer.resume())],
    ["killed", () => system.redisServer.kill(), () => system.redisServer.restart()],
  ] as const) {
    it(`answers 503 with Retry-After within two seconds and recovers without a restart when it was ${how}`, async () => {
      const key = await system.addKey("away", ["intervals"]);
      const body = intervalFile({ rows: 96, seed: how === "stopped" ? 1 : 2, queues: 1, from: "2026-02-01" });
      await leave();
      const leftAt = Date.now();
      const startedAt = Date.now();
      const refused = await system.upload(key, "away.intervals", body, `${how}-1`);
      expect(Date.now() - startedAt).toBeLessThan(2000);
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      await pause(Math.max(0, AWAY_MS - (Date.now() - leftAt)));
      await comeBack();
      let accepted = refused;
      await until(
        async () => (accepted = await system.upload(key, "away.intervals", body, `${how}-1`)).status === 202,
        "the same upload is accepted",
        15_000,
      );
      const receipt = await system.settled(key, accepted.as(Receipt).id, 20_000);
      expect(receipt.state).toBe("applied");
      expect(receipt.counts.rows).toBe(96);
    });
  }
});
