import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { history, HISTORY_STARTS, liveThrough } from "../support/record-history.ts";
import { verifyBytes } from "../support/verify-bytes.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const RUNS = process.env["ACCORD_TESTS"] === "full" ? 200 : 20;

let stage: WorkerStage;
let agreements = 0;
beforeAll(async () => {
  stage = await startWorkerStage(HISTORY_STARTS);
});
afterAll(async () => await stage?.stop());

describe("an honest record", () => {
  it(`is found whole after any of ${RUNS} histories, every sealed verdict derived anew`, async () => {
    let [derived, entries] = [0, 0];
    await fc.assert(
      fc.asyncProperty(history, async (one) => {
        const { bundle } = await liveThrough(stage, `honest-${agreements++}`, one);
        const verified = await verifyBytes(bundle);
        expect(verified.findings).toEqual([]);
        derived += verified.replayed?.derived ?? 0;
        entries += verified.entries;
      }),
      { numRuns: RUNS, seed: 23 },
    );
    console.info(`${RUNS} histories: ${entries} entries, ${derived} sealed verdicts derived anew`);
    expect(derived).toBeGreaterThan(RUNS * 5);
  }, 600_000);
});
