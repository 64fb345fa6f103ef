import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { unpackContactFact } from "../../shared/facts/contact-fact.ts";
import type { QueueIntervals } from "../../shared/facts/interval.ts";
import type { ContactRow } from "../../shared/feeds/canonical.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { judgeAll } from "../../shared/outlook/judge-all.ts";
import { sealVerdict } from "../../shared/ledger/seal-verdict.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { recordPlace } from "../../shared/store/record-place.ts";
import { readFactsOf, readShelf } from "../../shared/store/record-shelf.ts";
import { readIntervals } from "../../shared/store/intervals.ts";
import { Lease } from "../../shared/store/lease.ts";
import { latestReceipts } from "../../shared/store/receipts.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { processReceipt } from "../../workers/ingest/process-receipt.ts";
import { contactFile } from "../support/contact-file.ts";
import { buildContact } from "../support/contacts.ts";
import { CONTACTS, COUNTERS, type File, files, FIRST, keys, Oracle, permuted, QUARTER, QUEUES, textOf } from "../support/file-history.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-02-15T12:00:00Z");

function sorted(verdicts: readonly Verdict[]): Verdict[] {
  const name = ({ targetId, window }: Verdict): string => `${targetId}.${window.kind}.${window.start}`;
  return verdicts.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

function withoutRevisions(queues: readonly QueueIntervals[]): unknown {
  return queues
    .filter(({ intervals }) => intervals.length > 0)
    .map(({ queue, intervals }) => ({
      queue,
      intervals: intervals.map(({ startMs, counters }) => ({ startMs, counters })).toSorted((a, b) => a.startMs - b.startMs),
    }))
    .toSorted((a, b) => (a.queue < b.queue ? -1 : 1));
}

describe("results do not depend on the order of processing", () => {
  let stage: WorkerStage;
  let agreements = 0;

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function put(options: { versioned: boolean }): Promise<StoredAgreement> {
    const version = options.versioned ? { version: { column: "version", format: "integer" as const } } : { ignore: ["version"] };
    const counts = intervalFeed(COUNTERS, {
      id: "counts",
      timeZone: "UTC",
      queue: { column: "queue", known: [], unknown: "keep-with-warning" },
      ...version,
    });
    const measure = { metric: "aht" } as const;
    const agreement = {
      ...buildAgreement({ id: `north-${agreements++}` }),
      targets: [
        buildTarget(),
        buildTarget({ id: "aht", measure, direction: "at-most", expected: "2:00", queues: ["sales"] }),
        buildTarget({ id: "counted", feed: "counts" }),
      ],
    };
    return await putDocuments(stage.redis, { agreement, feeds: [contactFeed(version), counts], nowMs: NOW });
  }

  async function accept(stored: StoredAgreement, content: File, number: number): Promise<Receipt> {
    const bytes = new TextEncoder().encode(textOf(content, number));
    return await stage.accept(stored.agreement.id, content.kind === "contacts" ? "calls" : "counts", once(bytes));
  }

  /** Applies receipts in the order given, as if workers had died and the sweeper had met them so. */
  async function processInOrder(stored: StoredAgreement, numbers: readonly number[]): Promise<void> {
    const lease = await Lease.acquire(stage.redis, stored.agreement.id, "test");
    if (lease === null) throw new Error("somebody else holds the agreement");
    for (const [i, number] of numbers.entries())
      await processReceipt(stage.parts, {
        agreementId: stored.agreement.id,
        number,
        fence: lease.token,
        waiting: numbers.length - i,
        attempt: 1,
      });
    await lease.release();
  }

  async function expectOracle(stored: StoredAgreement, oracle: Oracle): Promise<void> {
    const { id } = stored.agreement;
    const facts = oracle.facts(stored);
    for (const [feed, { queues }] of facts) {
      const found = await readIntervals(stage.redis, {
        agreementId: id,
        feed,
        layout: stored.layout(feed),
        fromMs: FIRST - QUARTER,
        toMs: NOW,
      });
      expect(withoutRevisions(found)).toEqual(withoutRevisions(queues));
    }
    const storedFacts = await Promise.all(
      CONTACTS.map(async (contactId) => {
        const of = { agreementId: id, feed: "calls" };
        const shelf = await readShelf(stage.redis, of);
        const [bytes = null] = shelf === null ? [] : await readFactsOf(stage.redis, of, shelf, [recordPlace(contactId).field]);
        return bytes === null ? [] : [JSON.stringify(unpackContactFact(bytes))];
      }),
    );
    expect(storedFacts.flat().toSorted()).toEqual([...oracle.contacts.values].map((fact) => JSON.stringify(fact)).toSorted());
    expect((await recountAgreement(stage.redis, stored)).flatMap(({ differences }) => differences)).toEqual([]);
    const { verdicts } = judgeAll(stored.history, facts, { nowMs: NOW, exclusions: [], forecast: new Map() });
    expect(sorted(await readVerdicts(stage.redis, id))).toEqual(sorted(verdicts.map((verdict) => sealVerdict(verdict, sha256))));
  }

  async function expectCountsAddUp(stored: StoredAgreement, contents: readonly File[]): Promise<void> {
    const receipts = (await latestReceipts(stage.redis, stored.agreement.id, 100)).toReversed();
    expect(receipts.map(({ counts }) => [counts.rows, counts.rejected])).toEqual(
      contents.map(({ rows, broken: bad }) => [rows.length + bad, bad]),
    );
    for (const { state, counts } of receipts) {
      expect(["applied", "superseded"]).toContain(state);
      if (state === "superseded") expect(counts.applied).toBe(0);
      expect(counts.applied + counts.rejected + counts.duplicate).toBe(counts.rows);
      expect(counts.restated).toBeLessThanOrEqual(counts.applied);
    }
  }

  it("where receipts decide: accepted one after another, applied in any order", async () => {
    await fc.assert(
      fc.asyncProperty(files, keys, async (contents, order) => {
        const [stored, oracle] = [await put({ versioned: false }), new Oracle()];
        const numbers: number[] = [];
        for (const [i, content] of contents.entries()) {
          const { number } = await accept(stored, content, i);
          numbers.push(number);
          oracle.add(content, number);
        }
        await processInOrder(stored, permuted(numbers, order));
        await expectOracle(stored, oracle);
        await expectCountsAddUp(stored, contents);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it("where receipts decide: some are applied before others come, and every file comes again", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(5), async (contents, pause) => {
        const [stored, oracle] = [await put({ versioned: false }), new Oracle()];
        for (const [i, content] of contents.entries()) {
          oracle.add(content, (await accept(stored, content, i)).number);
          if (i === pause) await drive(stage.parts, stored.agreement.id);
        }
        await drive(stage.parts, stored.agreement.id);
        for (const [i, content] of contents.entries()) expect((await accept(stored, content, i)).number).toBe(i + 1);
        await drive(stage.parts, stored.agreement.id);
        await expectOracle(stored, oracle);
        await expectCountsAddUp(stored, contents);
      }),
      { numRuns: 20, seed: 2 },
    );
  });

  it("where the source's versions decide: files and their rows in any order, equal versions among them", async () => {
    const versions = fc.array(fc.nat(3), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(files, keys, versions, async (contents, order, numbers) => {
        const [stored, oracle] = [await put({ versioned: true }), new Oracle()];
        const own = contents.map((content, f): File => {
          const version = (i: number): number => numbers[(f + i) % numbers.length] ?? 0;
          return content.kind === "contacts"
            ? { ...content, rows: content.rows.map((row, i) => ({ ...row, version: version(i) })) }
            : { ...content, rows: content.rows.map((row, i) => ({ ...row, version: version(i) })) };
        });
        own.forEach((content) => oracle.add(content, 0));
        const mixed = permuted(own, order).map((content): File =>
          content.kind === "contacts"
            ? { ...content, rows: permuted(content.rows, order) }
            : { ...content, rows: permuted(content.rows, order) },
        );
        for (const [i, content] of mixed.entries()) await accept(stored, content, i);
        await drive(stage.parts, stored.agreement.id);
        await expectOracle(stored, oracle);
        await expectCountsAddUp(stored, mixed);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it("a corrected file restates what it changes, and a file in another order of rows changes nothing", async () => {
    const stored = await put({ versioned: false });
    const rows = CONTACTS.map((contactId, i) =>
      buildContact({ contactId, queue: "sales", startMs: Date.parse("2026-01-02T09:00:00Z") + i * 1000, waitMs: 5000, handleMs: 60_000 }),
    );
    const counts = async (some: readonly ContactRow[]) => (await stage.handIn(stored.agreement.id, "calls", contactFile(some))).counts;
    expect(await counts(rows)).toMatchObject({ rows: 5, applied: 5, restated: 0, duplicate: 0 });
    expect(await counts(rows.toReversed())).toMatchObject({ rows: 5, applied: 0, restated: 0, duplicate: 5 });
    expect(await counts(rows.map((row, i) => (i < 2 ? { ...row, waitMs: 30_000 } : row)))).toMatchObject({
      rows: 5,
      applied: 2,
      restated: 2,
      duplicate: 3,
    });
    const [verdict] = await readVerdicts(stage.redis, stored.agreement.id).then((all) =>
      all.filter(({ targetId, window }) => targetId === "service-level" && window.start === "2026-01-02"),
    );
    expect(verdict).toMatchObject({ status: "missed", value: { num: 3, den: 5 } });
  });

  it("a contact that changes its queue and day leaves no trace where it was", async () => {
    const stored = await put({ versioned: false });
    const row = buildContact({
      contactId: "a",
      queue: "sales",
      startMs: Date.parse("2026-01-02T09:00:00Z"),
      waitMs: 5000,
      handleMs: 60_000,
    });
    await stage.handIn(stored.agreement.id, "calls", contactFile([row]));
    await stage.handIn(
      stored.agreement.id,
      "calls",
      contactFile([{ ...row, queue: "Störung: 24/7", startMs: Date.parse("2026-01-03T09:00:00Z") }]),
    );
    const days = (await readVerdicts(stage.redis, stored.agreement.id)).filter(
      ({ targetId, window }) => targetId === "service-level" && window.kind === "day",
    );
    expect(days.map(({ window, status, n }) => [window.start, status, n])).toEqual([
      ["2026-01-02", "no-data", 0],
      ["2026-01-03", "met", 1],
    ]);
    expect((await recountAgreement(stage.redis, stored)).flatMap(({ differences }) => differences)).toEqual([]);
  });

  it("a row of the far future is refused and does not stretch the history", async () => {
    const stored = await put({ versioned: false });
    const row = buildContact({
      contactId: "a",
      queue: "sales",
      startMs: Date.parse("2026-01-02T09:00:00Z"),
      waitMs: 5000,
      handleMs: 60_000,
    });
    const receipt = await stage.handIn(
      stored.agreement.id,
      "calls",
      contactFile([row, { ...row, contactId: "b", startMs: Date.parse("2199-01-02T09:00:00Z") }]),
    );
    expect(receipt).toMatchObject({
      state: "applied",
      counts: { rows: 2, applied: 1, rejected: 1 },
      problems: [{ line: 3, column: "start", rule: "in-the-future" }],
    });
    expect((await readVerdicts(stage.redis, stored.agreement.id)).length).toBe(6);
  });

  it("a file of many chunks comes to the same as its rows one by one, repeats across chunks included", async () => {
    const [stored, oracle] = [await put({ versioned: true }), new Oracle()];
    const rows = Array.from({ length: 1700 }, (_, i): ContactRow => ({
      contactId: CONTACTS[i % 5] ?? "",
      queue: QUEUES[i % 2] ?? "",
      startMs: FIRST + (i % 300) * QUARTER,
      outcome: "answered",
      waitMs: 1000 * (i % 30),
      handleMs: 60_000,
      talkMs: null,
      holdMs: null,
      acwMs: null,
      csat: null,
      agent: null,
      version: (i * 7) % 1700,
    }));
    const content: File = { kind: "contacts", rows, broken: 0 };
    oracle.add(content, 0);
    const { counts } = await stage.handIn(stored.agreement.id, "calls", textOf(content, 0));
    expect(counts).toMatchObject({ rows: 1700, rejected: 0 });
    expect(counts.applied + counts.duplicate).toBe(1700);
    await expectOracle(stored, oracle);
  });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
