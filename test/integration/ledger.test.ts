import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kindsHistory, liveKinds } from "../support/kinds-history.ts";
import { history, HISTORY_STARTS, liveThrough, wholeBundle } from "../support/record-history.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readPeriods } from "../../shared/store/period-close.ts";
import { verifyBytes } from "../support/verify-bytes.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const FULL = process.env["ACCORD_TESTS"] === "full";
const [RUNS, KINDS_RUNS] = FULL ? [200, 100] : [12, 5];

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

  it(`of every kind of rows is, with closed periods, condensed files and forgotten people, after any of ${KINDS_RUNS} histories`, async () => {
    let [derived, closed, condensed] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(kindsHistory, async (one) => {
        const id = `kinds-${agreements++}`;
        await liveKinds(stage, id, one);
        const verified = await verifyBytes(await wholeBundle(stage, id));
        expect(verified.findings).toEqual([]);
        derived += verified.replayed?.derived ?? 0;
        const stored = await readAgreement(stage.redis, id, stage.nowMs);
        const periods = stored === null ? [] : await readPeriods(stage.redis, stored, stage.nowMs);
        const settled = new Map(verified.settlement?.periods.map(({ start, credit, earnedBack }) => [start, credit + earnedBack]));
        for (const { start, closing } of periods) expect(settled.get(start)).toBe(closing?.figures.credit);
        closed += periods.length;
        condensed += (await stage.redis.hvals(agreementKeys(id).receipts)).filter((text) => text.includes('"condensed"')).length;
      }),
      { numRuns: KINDS_RUNS, seed: 7 },
    );
    console.info(
      `${KINDS_RUNS} histories of every kind: ${derived} verdicts derived anew, ${closed} periods, ${condensed} files condensed`,
    );
    expect(Math.min(derived / 10, closed, condensed)).toBeGreaterThan(KINDS_RUNS / 4);
  }, 600_000);
});
