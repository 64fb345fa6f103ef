import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { addClaim } from "../../shared/store/claims.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { EXCLUSIONS, PROVIDER, signNext } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const NOW = Date.parse("2026-01-05T20:07:00Z");
const COUNTERS = ["answered", "abandoned", "answered-within-20000"] as const;
const QUEUES = ["sales", "care|vip", "Störung: 24/7"];
const RUNS = process.env["ACCORD_TESTS"] === "full" ? 200 : 8;

const LEVEL = {
  feed: "counts",
  measure: { metric: "service-level", variant: "negative", withinSeconds: 20 },
  direction: "at-least",
  expected: "60 %",
  windows: ["day", "month", "rolling-3d"],
};
const TARGETS = [
  { ...LEVEL, id: "all", name: "All" },
  { ...LEVEL, id: "each", name: "Each", each: "queue", queues: QUEUES, minimumSample: 2, onLowSample: "join-previous" },
  { ...LEVEL, id: "two", name: "Two", queues: QUEUES.slice(0, 2), aggregation: { by: "intervals-met", level: "60 %" } },
  { ...LEVEL, id: "other", name: "Other feed", feed: "others", queues: ["care|vip"], windows: ["month"] },
];

interface Rows {
  readonly feed: "counts" | "others";
  readonly rows: readonly { readonly queue: string; readonly back: number; readonly late: number; readonly within: number }[];
}
type Step =
  | { readonly kind: "file"; readonly file: Rows }
  | { readonly kind: "pass"; readonly minutes: number; readonly isNoticed: boolean }
  | { readonly kind: "claim"; readonly target: string; readonly back: number }
  | { readonly kind: "version" };

const rows: fc.Arbitrary<Rows> = fc.record({
  feed: fc.constantFrom("counts", "counts", "counts", "others"),
  rows: fc.array(
    fc.record({
      queue: fc.constantFrom(...QUEUES),
      // Quarters before now: running ones, those to come, and of days before.
      back: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: -2, max: 12 }) },
        { weight: 1, arbitrary: fc.integer({ min: -30, max: 300 }) },
      ),
      late: fc.nat(6),
      within: fc.nat(6),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: rows.map((file) => ({ kind: "file" as const, file })) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      minutes: fc.constantFrom(1, 7, 16, 31, 300, 1441),
      isNoticed: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("claim" as const),
      target: fc.constantFrom("each@sales", "each@care|vip", "all"),
      back: fc.nat(40),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "version" as const }) },
);

/** Starts of quarters, so that what is handed in first of one has not ended. */
function startOf(nowMs: number, back: number): string {
  return new Date(Math.floor(nowMs / QUARTER) * QUARTER - back * QUARTER).toISOString();
}

/** One agreement in two houses: in the one everything of a day is judged, whatever its file is about. */
describe("targets for whose queues no rows came are spared", () => {
  let houses: readonly WorkerStage[] = [];
  let agreements = 0;
  beforeAll(async () => {
    houses = await Promise.all([startWorkerStage(NOW), startWorkerStage(NOW)]);
  });
  afterAll(async () => {
    for (const house of houses) await house.stop();
  });

  async function begin(house: WorkerStage, id: string): Promise<void> {
    house.nowMs = NOW;
    const agreement = Agreement.parse({
      ...buildAgreement({ id }),
      timeZone: "UTC",
      effectiveFrom: "2025-12-30",
      exclusions: EXCLUSIONS,
      targets: TARGETS,
    });
    const expected = { every: "PT15M", grace: "PT5M" };
    const queue = { column: "queue", known: [], unknown: "keep-with-warning" as const };
    const common = { timeZone: "UTC", queue, ignore: ["number"] };
    const feeds = [intervalFeed(COUNTERS, { id: "counts", ...common, expected }), intervalFeed(COUNTERS, { id: "others", ...common })];
    await putDocuments(house.redis, { agreement, feeds, nowMs: NOW });
  }

  async function handIn(house: WorkerStage, id: string, { feed, rows: some }: Rows, number: number): Promise<void> {
    const lines = some.map(({ queue, back, late, within }) => {
      const iso = startOf(house.nowMs, back);
      return [iso.slice(0, 10), iso.slice(11, 16), queue, late + within, 1, within, number].join(",");
    });
    const text = [`date,time,queue,${COUNTERS.join(",")},number`, ...lines, ""].join("\n");
    await house.accept(id, feed, once(new TextEncoder().encode(text)));
    if (house === houses[1]) {
      const days = new Set(some.map(({ back }) => `${feed}|${startOf(house.nowMs, back).slice(0, 10)}`));
      await house.redis.sadd(agreementKeys(id).dirty, ...days);
    }
    await drive(house.parts, id);
  }

  async function take(house: WorkerStage, id: string, one: Step, number: number): Promise<void> {
    if (one.kind === "file") return await handIn(house, id, one.file, number);
    if (one.kind === "pass") {
      house.nowMs += one.minutes * MINUTE;
      if (!one.isNoticed) return;
    } else if (one.kind === "version") {
      const changes = Agreement.pick({ targets: true, effectiveFrom: true }).parse({
        targets: TARGETS.map((target) => ({ ...target, expected: "70 %" })),
        effectiveFrom: "2026-01-05",
      });
      await signNext(house.redis, id, house.nowMs, changes).catch(() => undefined);
    } else {
      const fromMs = Date.parse(startOf(house.nowMs, one.back));
      const demand = { kind: "client-outage", fromMs, toMs: fromMs + 3 * QUARTER, evidence: "it was down", mitigation: "" } as const;
      const claimed = { agreementId: id, targets: [one.target], ...demand };
      await addClaim(house.redis, { ...claimed, by: PROVIDER, operationId: randomUUID(), nowMs: house.nowMs });
    }
    await tick(house.parts, id);
  }

  async function published(house: WorkerStage, id: string): Promise<unknown> {
    const keys = agreementKeys(id);
    return await Promise.all([keys.verdicts, keys.outlooks, keys.series].map(async (key) => await house.redis.hgetall(key)));
  }

  it("and what is published is the same as if all had been judged, step by step", async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.array(step, { minLength: 3, maxLength: 9 }), async (first, steps) => {
        const id = `spared-${agreements++}`;
        for (const house of houses) await begin(house, id);
        for (const [i, one] of [{ kind: "file" as const, file: first }, ...steps].entries()) {
          for (const house of houses) await take(house, id, one, i);
          const [a, b] = await Promise.all(houses.map(async (house) => await published(house, id)));
          expect(a).toEqual(b);
        }
      }),
      { numRuns: RUNS, seed: 11 },
    );
  }, 300_000);
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
