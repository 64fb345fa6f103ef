import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packFact, unpackFact } from "../../shared/facts/msgpack.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { readIntervals } from "../../shared/store/intervals.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-02-15T12:00:00Z");
const COUNTERS = ["answered", "handle-ms"] as const;

function fileOf(rows: readonly string[]): string {
  return ["date,time,queue,answered,handle-ms", ...rows, ""].join("\n");
}

describe("intervals that an earlier release stored with whole thousands as they are", () => {
  let stage: WorkerStage;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function known(): Promise<unknown> {
    const stored = await readAgreement(stage.redis, "former");
    const layout = stored?.layout("counts") ?? { counters: [], claims: [] };
    const query = { agreementId: "former", feed: "counts", layout, fromMs: NOW - 30 * 86_400_000, toMs: NOW };
    return (await readIntervals(stage.redis, query)).map(({ intervals }) => intervals.map(({ counters }) => counters));
  }

  it("read as they were, and the same rows once more restate nothing", async () => {
    const agreement = {
      ...buildAgreement({ id: "former" }),
      targets: [buildTarget({ feed: "counts", measure: { metric: "aht" }, direction: "at-most", expected: "6:00" })],
    };
    const queue = { column: "queue", known: [], unknown: "keep-with-warning" as const };
    const feed = intervalFeed(COUNTERS, { id: "counts", timeZone: "UTC", queue });
    await putDocuments(stage.redis, { agreement, feeds: [feed], nowMs: NOW });
    const rows = ["2026-02-01,09:00,sales,1000,240", "2026-02-01,09:15,sales,7,1234.567", "2026-02-01,09:30,sales,0,0"];
    const first = await stage.handIn("former", "counts", fileOf(rows));
    expect(first).toMatchObject({ state: "applied", counts: { applied: 3 } });
    const before = await known();

    const key = agreementKeys("former").interval("counts", "sales", "20260201");
    const values = Object.entries(await stage.redis.hgetallBuffer(key));
    for (const [field, bytes] of values) {
      const { revision, items } = unpackFact(bytes);
      const former = items.map((item) => (typeof item === "number" && item < 0 ? item * -1000 : item));
      await stage.redis.hset(key, field, Buffer.from(packFact(revision, former)));
    }
    expect(Object.values(await stage.redis.hgetallBuffer(key))).not.toEqual(values.map(([, bytes]) => bytes));
    expect(await known()).toEqual(before);

    const again = await stage.handIn("former", "counts", fileOf([...rows, ""]));
    expect(again.counts).toMatchObject({ applied: 0, restated: 0, duplicate: 3 });
    const third = await stage.handIn("former", "counts", fileOf(rows.map((row) => row.replace(",240", ",241"))));
    expect(third.counts).toMatchObject({ applied: 1, restated: 1, duplicate: 2 });
  });
});
