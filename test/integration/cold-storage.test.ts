import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { coolMonth } from "../../shared/store/cold-months.ts";
import { readDaySeries } from "../../shared/store/series.ts";
import { readIntervals } from "../../shared/store/intervals.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Lease } from "../../shared/store/lease.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { COOL_AFTER_DAYS, coolAgreement } from "../../workers/deadlines/cool.ts";
import { COUNTERS, type File, files, FIRST, QUARTER, QUEUES, textOf } from "../support/file-history.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-02-15T12:00:00Z");
const DAY_MS = 86_400_000;
const MONTHS = ["202512", "202601"];
const FEEDS = ["calls", "counts"];
const FILE: File = {
  kind: "intervals",
  rows: QUEUES.flatMap((queue) =>
    [0, 1, 96, 300].map((step) => ({
      queue,
      startMs: FIRST + step * QUARTER,
      lengthMs: QUARTER,
      counters: [9, 1, 8],
      claims: [],
      version: null,
    })),
  ),
  broken: 0,
};

function sorted(verdicts: readonly Verdict[]): Verdict[] {
  const name = ({ targetId, window }: Verdict): string => `${targetId}.${window.kind}.${window.start}`;
  return verdicts.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

describe("months that nobody touches are packed", () => {
  let stage: WorkerStage;
  let agreements = 0;

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function put(): Promise<string> {
    const counts = intervalFeed(COUNTERS, {
      id: "counts",
      timeZone: "UTC",
      queue: { column: "queue", known: [], unknown: "keep-with-warning" },
      ignore: ["version"],
    });
    const agreement = {
      ...buildAgreement({ id: `north-${agreements++}` }),
      targets: [buildTarget(), buildTarget({ id: "counted", feed: "counts" })],
    };
    await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ ignore: ["version"] }), counts], nowMs: NOW });
    return agreement.id;
  }

  async function handIn(id: string, content: File, number: number): Promise<void> {
    await stage.handIn(id, content.kind === "contacts" ? "calls" : "counts", textOf(content, number));
  }

  /** Packs all that there is. */
  async function coolAll(agreementId: string): Promise<number> {
    const lease = await Lease.acquire(stage.redis, agreementId, "test");
    if (lease === null) throw new Error("somebody else holds the agreement");
    let packed = 0;
    for (const feed of FEEDS) {
      for (const queue of QUEUES) {
        for (const month of MONTHS) if (await coolMonth(stage.redis, { agreementId, feed, queue, month, fence: lease.token })) packed++;
      }
    }
    await lease.release();
    return packed;
  }

  async function hotKeys(id: string): Promise<number> {
    return (await stage.redis.keys(`{a:${id}}:I:*`)).length;
  }

  async function known(id: string): Promise<unknown> {
    const stored = await readAgreement(stage.redis, id);
    if (stored === null) throw new Error("no agreement");
    const query = { agreementId: id, fromMs: FIRST - DAY_MS, toMs: FIRST + 8 * DAY_MS };
    const intervals = FEEDS.map(async (feed) => {
      const queues = await readIntervals(stage.redis, { ...query, feed, layout: stored.layout(feed) });
      return queues.map(({ queue, intervals: own }) => ({ queue, own: own.toSorted((a, b) => a.startMs - b.startMs) }));
    });
    const recount = await recountAgreement(stage.redis, stored);
    return {
      verdicts: sorted(await readVerdicts(stage.redis, id)),
      intervals: await Promise.all(intervals),
      recount: recount.map(({ feed, facts, differences }) => [feed, facts, differences]),
      day: await readDaySeries(stage.redis, { agreementId: id, targetId: "counted", day: "2026-01-01" }),
    };
  }

  it("the same files come to the same figures whether or not months were packed between them", async () => {
    let packed = 0;
    await fc.assert(
      fc.asyncProperty(files, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), async (contents, pauses) => {
        const [plain, cooled] = [await put(), await put()];
        for (const [i, content] of contents.entries()) {
          await handIn(plain, content, i);
          await handIn(cooled, content, i);
          if (pauses[i] === true) packed += await coolAll(cooled);
        }
        packed += await coolAll(cooled);
        expect(await hotKeys(cooled)).toBe(0);
        expect(await known(cooled)).toEqual(await known(plain));
      }),
      { numRuns: process.env["ACCORD_TESTS"] === "full" ? 300 : 30, seed: 5 },
    );
    expect(packed).toBeGreaterThan(50);
  });

  it("are packed by the worker once they are long over, read as before, and unpacked by the next file that names them", async () => {
    const id = await put();
    const keys = agreementKeys(id);
    await handIn(id, FILE, 0);
    const before = await known(id);
    expect(await coolAgreement(stage.parts, id)).toBe(0);

    stage.nowMs = NOW + COOL_AFTER_DAYS * DAY_MS;
    expect(await coolAgreement(stage.parts, id)).toBe(2);
    expect([await hotKeys(id), await stage.redis.hlen(keys.cold("counts")), await stage.redis.exists(keys.warm)]).toEqual([0, 4, 0]);
    expect(await known(id)).toEqual(before);

    const [first] = FILE.rows;
    await handIn(id, { ...FILE, rows: first === undefined ? [] : [{ ...first, counters: [5, 1, 4] }] }, 1);
    expect((await stage.redis.hkeys(keys.cold("counts"))).toSorted()).toEqual(
      [`202512:${QUEUES[1]}`, ...QUEUES.map((queue) => `202601:${queue}`)].toSorted(),
    );
    expect(await stage.redis.hkeys(keys.warm)).toEqual(["202512:counts"]);
    stage.nowMs = NOW;
  });

  it("of a release before packing are noted first, and packed when their time has come", async () => {
    const id = await put();
    await handIn(id, FILE, 0);
    await stage.redis.del(agreementKeys(id).warm);
    stage.nowMs = NOW + 400 * DAY_MS;
    expect(await coolAgreement(stage.parts, id)).toBe(0);
    stage.nowMs += COOL_AFTER_DAYS * DAY_MS;
    await coolAgreement(stage.parts, id);
    expect(await hotKeys(id)).toBe(0);
    stage.nowMs = NOW;
  });

  it("wait while another worker is at the agreement", async () => {
    const id = await put();
    await handIn(id, FILE, 0);
    stage.nowMs = NOW + COOL_AFTER_DAYS * DAY_MS;
    const other = await Lease.acquire(stage.redis, id, "other");
    expect(await coolAgreement(stage.parts, id)).toBe(0);
    expect(await hotKeys(id)).toBeGreaterThan(0);
    await other?.release();
    stage.nowMs = NOW;
  });

  it("are not packed by a worker that has lost the agreement", async () => {
    const id = await put();
    await handIn(id, FILE, 0);
    const month = { agreementId: id, feed: "counts", queue: QUEUES[0] ?? "", month: "202512", fence: "old:1" };
    await expect(coolMonth(stage.redis, month)).rejects.toThrow("taken over");
    expect(await stage.redis.exists(agreementKeys(id).cold("counts"))).toBe(0);
  });
});
