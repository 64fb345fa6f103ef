import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../shared/calendar/day.ts";
import type { QueueIntervals } from "../../shared/facts/interval.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readAsKnown } from "../../shared/store/as-known.ts";
import { readIntervals } from "../../shared/store/intervals.ts";
import { Lease } from "../../shared/store/lease.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { processReceipt } from "../../workers/ingest/process-receipt.ts";
import { COUNTERS, type File, files, FIRST, keys, permuted, textOf } from "../support/file-history.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-02-15T12:00:00Z");
const FIRST_DAY = new Date(FIRST).toISOString().slice(0, 10);
const DAYS = 8;
const FEEDS = ["calls", "counts"] as const;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function figures(queues: readonly QueueIntervals[]): unknown {
  return queues
    .filter(({ intervals }) => intervals.length > 0)
    .map(({ queue, intervals }) => ({
      queue,
      intervals: intervals.map(({ startMs, counters }) => ({ startMs, counters })).toSorted((a, b) => a.startMs - b.startMs),
    }))
    .toSorted((a, b) => (a.queue < b.queue ? -1 : 1));
}

describe("what was known after a receipt", () => {
  let stage: WorkerStage;
  let agreements = 0;

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function put(): Promise<StoredAgreement> {
    const counts = intervalFeed(COUNTERS, {
      id: "counts",
      timeZone: "UTC",
      queue: { column: "queue", known: [], unknown: "keep-with-warning" },
      ignore: ["version"],
    });
    const targets = [buildTarget(), buildTarget({ id: "counted", feed: "counts" })];
    const agreement = { ...buildAgreement({ id: `then-${agreements++}` }), timeZone: "UTC", targets };
    return await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ ignore: ["version"] }), counts], nowMs: NOW });
  }

  async function accept(stored: StoredAgreement, contents: readonly File[]): Promise<number[]> {
    const numbers: number[] = [];
    for (const [i, content] of contents.entries()) {
      const bytes = once(new TextEncoder().encode(textOf(content, i)));
      numbers.push((await stage.accept(stored.agreement.id, content.kind === "contacts" ? "calls" : "counts", bytes)).number);
    }
    return numbers;
  }

  async function applyAll({ agreement }: StoredAgreement, numbers: readonly number[]): Promise<void> {
    const lease = await Lease.acquire(stage.redis, agreement.id, "test");
    if (lease === null) throw new Error("somebody else holds the agreement");
    for (const [i, number] of numbers.entries())
      await processReceipt(stage.parts, {
        agreementId: agreement.id,
        number,
        fence: lease.token,
        waiting: numbers.length - i,
        attempt: 1,
      });
    await lease.release();
  }

  it("equals a fresh store that was given the receipts up to it, over random corrections and repeats in any order", async () => {
    await fc.assert(
      fc.asyncProperty(files, keys, fc.nat(5), async (contents, order, cut) => {
        const most = Math.min(cut, contents.length);
        const [whole, fresh] = [await put(), await put()];
        await applyAll(whole, permuted(await accept(whole, contents), order));
        await accept(fresh, contents.slice(0, most));
        await drive(stage.parts, fresh.agreement.id);
        for (const feed of FEEDS) {
          const then = await readAsKnown({ ...stage.parts, stored: whole }, { feed, atReceipt: most });
          for (let i = 0; i < DAYS; i++) {
            const day = addDays(FIRST_DAY, i);
            const query = { agreementId: fresh.agreement.id, feed, layout: fresh.layout(feed), ...fresh.zone.dayRange(day) };
            expect(figures(then(day))).toEqual(figures(await readIntervals(stage.redis, query)));
          }
        }
      }),
      { numRuns: process.env["ACCORD_TESTS"] === "full" ? 200 : 8, seed: 4 },
    );
  });
});
