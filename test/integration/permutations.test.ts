import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContactRow, IntervalRow } from "../../shared/feeds/canonical.ts";
import { openReceipts } from "../../shared/store/receipts.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { drive } from "../../workers/ingest/drive.ts";
import type { WorkerParts } from "../../workers/parts.ts";
import { COUNTERS, type File, permuted, QUARTER, QUEUES, textOf } from "../support/file-history.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const FULL = process.env["ACCORD_TESTS"] === "full";
const RUNS = FULL ? 2000 : 60;
const MINUTE_MS = 60_000;
const NOW = Date.parse("2026-02-15T12:00:00Z");
const START = Date.parse("2026-01-10T00:00:00Z");
const DAYS = 30;
const PER_DAY = 4;

const outcomes = ["answered", "answered", "abandoned", "left-before-queue"] as const;

/** Thirty days over the end of a month, in which the source corrects every seventh contact and every fifth interval later. */
function contacts(): ContactRow[] {
  return Array.from({ length: DAYS * PER_DAY }, (_, i): ContactRow[] => {
    const row: ContactRow = {
      contactId: `c${i}`,
      queue: QUEUES[i % 2] ?? "",
      startMs: START + i * 24 * QUARTER + 61_000,
      outcome: outcomes[i % 4] ?? "answered",
      waitMs: (i % 37) * 1000,
      handleMs: 60_000 + (i % 11) * 9000,
      talkMs: null,
      holdMs: null,
      acwMs: null,
      csat: null,
      agent: null,
      version: 1,
    };
    const corrected = { ...row, queue: QUEUES[(i + 1) % 2] ?? "", startMs: row.startMs + 5 * QUARTER, waitMs: 90_000, version: 2 };
    return i % 7 === 0 ? [row, corrected] : [row];
  }).flat();
}

function intervals(): IntervalRow[] {
  return Array.from({ length: DAYS * PER_DAY }, (_, i): IntervalRow[] => {
    const [late, within] = [i % 5, 3 + (i % 13)];
    const row: IntervalRow = {
      queue: QUEUES[i % 2] ?? "",
      startMs: START + i * 24 * QUARTER,
      lengthMs: QUARTER,
      counters: [late + within, late, within],
      claims: [],
      version: 1,
    };
    return i % 5 === 0 ? [row, { ...row, counters: [late + within, late + 2, within - 2], version: 3 }] : [row];
  }).flat();
}

interface Delivery {
  /** Order of rows, then of files. */
  readonly order: readonly number[];
  /** How many files the rows of a kind come in. */
  readonly files: number;
  /** Rows that come once more, somewhere. */
  readonly again: readonly number[];
  /** Files that are handed in once more: as they are, or with a blank line more. */
  readonly twice: readonly { readonly file: number; readonly changed: boolean }[];
  readonly workers: 1 | 2 | 4;
}

const deliveries: fc.Arbitrary<Delivery> = fc.record({
  order: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 47, maxLength: 47 }),
  files: fc.integer({ min: 1, max: 4 }),
  again: fc.array(fc.nat(200), { maxLength: 30 }),
  twice: fc.array(fc.record({ file: fc.nat(7), changed: fc.boolean() }), { maxLength: 3 }),
  workers: fc.constantFrom(1 as const, 2 as const, 4 as const),
});

/** Rows mixed, some of them twice, cut into files of unlike lengths. */
function cut<Row>(rows: readonly Row[], { order, files, again }: Delivery): Row[][] {
  const all = permuted([...rows, ...again.flatMap((i) => rows[i] ?? [])], order);
  const edges = Array.from({ length: files - 1 }, (_, i) => Math.floor((order[i] ?? 0) * all.length)).toSorted((a, b) => a - b);
  return [0, ...edges].map((from, i) => all.slice(from, edges[i] ?? all.length)).filter((part) => part.length > 0);
}

function filesOf(delivery: Delivery): string[] {
  const parts: File[] = [
    ...cut(contacts(), delivery).map((rows): File => ({ kind: "contacts", rows, broken: 0 })),
    ...cut(intervals(), delivery).map((rows): File => ({ kind: "intervals", rows, broken: 0 })),
  ];
  const texts = permuted(
    parts.map((part, i) => textOf(part, i)),
    delivery.order,
  );
  return [
    ...texts,
    ...delivery.twice.flatMap(({ file, changed }) => texts.slice(file, file + 1).map((text) => (changed ? `${text}\n` : text))),
  ];
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

describe("thirty days of two feeds", () => {
  let stage: WorkerStage;
  let workers: WorkerParts[] = [];
  let agreements = 0;

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
    workers = [stage.parts, stage.anotherWorker(), stage.anotherWorker(), stage.anotherWorker()];
  });
  afterAll(async () => await stage?.stop());

  async function put(): Promise<string> {
    const version = { version: { column: "version", format: "integer" as const } };
    const queue = { column: "queue", known: [], unknown: "keep-with-warning" as const };
    const agreement = {
      ...buildAgreement({ id: `thirty-${agreements++}` }),
      targets: [
        buildTarget(),
        buildTarget({ id: "aht", measure: { metric: "aht" }, direction: "at-most", expected: "1:30", queues: ["sales"] }),
        buildTarget({ id: "counted", feed: "counts" }),
      ],
    };
    const counts = intervalFeed(COUNTERS, { id: "counts", timeZone: "UTC", queue, ...version });
    await putDocuments(stage.redis, { agreement, feeds: [contactFeed(version), counts], nowMs: NOW });
    return agreement.id;
  }

  async function verdictHash(id: string): Promise<string> {
    const verdicts = (await readVerdicts(stage.redis, id)).map((verdict) => JSON.stringify(verdict)).toSorted();
    expect(verdicts.length).toBeGreaterThan(90);
    return createHash("sha256").update(verdicts.join("\n")).digest("hex");
  }

  /** Files come while workers are at it: each is followed by a hint to one of them, and nobody waits for the answer. */
  async function deliver(delivery: Delivery, texts = filesOf(delivery)): Promise<string> {
    const id = await put();
    const some = workers.slice(0, delivery.workers);
    const driven: Promise<void>[] = [];
    for (const [i, text] of texts.entries()) {
      await stage.accept(id, text.startsWith("date,") ? "counts" : "calls", once(text));
      const worker = some[i % some.length];
      if (worker !== undefined) driven.push(drive(worker, id));
    }
    await Promise.all(driven);
    expect(await openReceipts(stage.redis, id)).toEqual([]);
    return await verdictHash(id);
  }

  it(
    "come to one verdict hash in any order, with any repeats, cut into any files, with 1, 2 and 4 workers",
    async () => {
      const plain: Delivery = { order: [0], files: 1, again: [], twice: [], workers: 1 };
      const hash = await deliver(plain);
      const oneCorrectionLess = filesOf(plain).map((text) => text.replace(/\n.*,3\n/u, "\n"));
      expect(await deliver(plain, oneCorrectionLess)).not.toBe(hash);
      await fc.assert(
        fc.asyncProperty(deliveries, async (delivery) => {
          expect(await deliver(delivery)).toBe(hash);
          await stage.redis.flushall();
        }),
        { numRuns: RUNS, seed: 6, endOnFailure: true },
      );
    },
    FULL ? 40 * MINUTE_MS : MINUTE_MS,
  );
});
