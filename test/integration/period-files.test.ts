import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QueueIntervals } from "../../shared/facts/interval.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import { openEntry } from "../../shared/ledger/entry.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readAsKnown } from "../../shared/store/as-known.ts";
import { coolMonth } from "../../shared/store/cold-months.ts";
import { readIntervals } from "../../shared/store/intervals.ts";
import { Lease } from "../../shared/store/lease.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readRestatements } from "../../shared/store/restatements.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { condenseMonths } from "../../workers/condense/condense.ts";
import { createMirrorRound } from "../../workers/deadlines/mirror-round.ts";
import { processReceipt } from "../../workers/ingest/process-receipt.ts";
import { rebuild } from "../../workers/rebuild/rebuild.ts";
import { contactFile } from "../support/contact-file.ts";
import { buildContact } from "../support/contacts.ts";
import { COUNTERS, type File, files, FIRST, keys, permuted, QUARTER, QUEUES, textOf } from "../support/file-history.ts";
import { NaivePeriods } from "../support/naive-period.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed, intervalFeed } from "../support/target-case.ts";
import { wholeBundle } from "../support/record-history.ts";
import { verifyBytes } from "../support/verify-bytes.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-02-15T12:00:00Z");
const DAY_MS = 86_400_000;
/** Five hours behind UTC, so that the feed's days are not those of the store. */
const ZONE = "America/Bogota";
const RUNS = process.env["ACCORD_TESTS"] === "full" ? 200 : 12;

function placesOf(queues: readonly QueueIntervals[]): Map<string, string> {
  const all = queues.flatMap(({ queue, intervals }) =>
    intervals.map(({ startMs, counters }) => [`${queue}|${startMs}`, counters] as const),
  );
  return new Map(
    all.filter(([, counters]) => counters.some((value) => value !== 0)).map(([place, counters]) => [place, counters.join(",")]),
  );
}

/** Several days that were read one by one, as one. */
function merged(days: readonly (readonly QueueIntervals[])[]): Map<string, string> {
  return new Map(days.flatMap((queues) => [...placesOf(queues)]));
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

describe("a file that replaces the whole period it covers", () => {
  let stage: WorkerStage;
  let agreements = 0;

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  const bySource = { timeZone: ZONE, replaces: "period" as const };

  async function put(): Promise<StoredAgreement> {
    const counts = intervalFeed(COUNTERS, {
      id: "counts",
      queue: { column: "queue", known: [], unknown: "keep-with-warning" },
      ...bySource,
      ignore: ["version"],
      start: { instant: { column: "start", format: "iso-8601" } },
    });
    const agreement = {
      ...buildAgreement({ id: `north-${agreements++}` }),
      targets: [buildTarget(), buildTarget({ id: "counted", feed: "counts" })],
    };
    const feeds: FeedDefinition[] = [contactFeed({ ...bySource, ignore: ["version"] }), counts];
    return await putDocuments(stage.redis, { agreement, feeds, nowMs: NOW });
  }

  /** The same file with the start as an instant, because the feed's zone is not that of the text. */
  function fileText(content: File, number: number): string {
    if (content.kind === "contacts") return textOf(content, number);
    const [, ...lines] = textOf(content, number).split("\n");
    const moved = lines.map((line) => line.replace(/^(\d{4}-\d\d-\d\d),(\d\d?:\d\d),/u, "$1T$2:00Z,"));
    return [`start,queue,${COUNTERS.join(",")},version`, ...moved].join("\n");
  }

  async function accept(stored: StoredAgreement, content: File, number: number): Promise<Receipt> {
    return await stage.accept(stored.agreement.id, content.kind === "contacts" ? "calls" : "counts", once(fileText(content, number)));
  }

  async function processInOrder(stored: StoredAgreement, numbers: readonly number[], coolAfter: number): Promise<void> {
    const { id: agreementId } = stored.agreement;
    const lease = await Lease.acquire(stage.redis, agreementId, "test");
    if (lease === null) throw new Error("somebody else holds the agreement");
    for (const [i, number] of numbers.entries()) {
      await processReceipt(stage.parts, { agreementId, number, fence: lease.token, waiting: numbers.length - i, attempt: 1 });
      if (i !== coolAfter) continue;
      for (const feed of ["calls", "counts"])
        for (const queue of QUEUES)
          for (const month of ["202512", "202601"]) await coolMonth(stage.redis, { agreementId, feed, queue, month, fence: lease.token });
    }
    await lease.release();
  }

  async function stand(stored: StoredAgreement): Promise<{ calls: Map<string, string>; counts: Map<string, string> }> {
    const [calls, counts] = await Promise.all(
      ["calls", "counts"].map(async (feed) => {
        const layout = stored.layout(feed);
        const range = { fromMs: FIRST - DAY_MS, toMs: NOW };
        return placesOf(await readIntervals(stage.redis, { agreementId: stored.agreement.id, feed, layout, ...range }));
      }),
    );
    return { calls: calls ?? new Map(), counts: counts ?? new Map() };
  }

  /** Most files are whole: one of which a row is refused replaces nothing. */
  const mostlyWhole = (content: File): File => ({ ...content, broken: Math.max(0, content.broken - 1) });

  it("leaves what the newest files say of each day, in whatever order they are applied, packed months among them", async () => {
    await fc.assert(
      fc.asyncProperty(files, keys, fc.nat(5), async (drawn, order, coolAfter) => {
        const contents = drawn.map(mostlyWhole);
        const stored = await put();
        const naive = { calls: new NaivePeriods(stored), counts: new NaivePeriods(stored) };
        const numbers: number[] = [];
        for (const [i, content] of contents.entries()) {
          const { number } = await accept(stored, content, i);
          numbers.push(number);
          (content.kind === "contacts" ? naive.calls : naive.counts).add(content, number);
        }
        await processInOrder(stored, permuted(numbers, order), coolAfter);
        const now = await stand(stored);
        expect(now.calls).toEqual(naive.calls.counted());
        expect(now.counts).toEqual(naive.counts.counted());
        expect((await recountAgreement(stage.redis, stored)).flatMap(({ differences }) => differences)).toEqual([]);
        const receipts = await Promise.all(numbers.map(async (number) => await stage.settled(`${stored.agreement.id}.r${number}`)));
        for (const { counts } of receipts) expect(counts.applied + counts.rejected + counts.duplicate).toBe(counts.rows);
        const last = { feed: "calls", atReceipt: numbers.length };
        const known = await readAsKnown({ ...stage.parts, stored }, last);
        const then = Array.from({ length: 9 }, (_, day) => known(new Date(FIRST + (day - 1) * DAY_MS).toISOString().slice(0, 10)));
        expect(merged(then)).toEqual(now.calls);
        expect((await verifyBytes(await wholeBundle(stage, stored.agreement.id))).findings).toEqual([]);
      }),
      { numRuns: RUNS, seed: 35 },
    );
  }, 240_000);

  const NINE = Date.parse("2026-02-10T14:00:00Z");
  const counted = (at: number, sums: readonly number[]) => ({
    queue: "sales",
    startMs: at,
    lengthMs: QUARTER,
    counters: [...sums],
    claims: [],
    version: null,
  });
  const countsFile = (...rows: ReturnType<typeof counted>[]): string => fileText({ kind: "intervals", rows, broken: 0 }, 0);

  it("takes away what is no longer there, and says so: receipt, card and ledger; a later file brings it back", async () => {
    const { agreement } = await put();
    const [one, two, other] = [counted(NINE, [9, 1, 5]), counted(NINE + QUARTER, [5, 5, 5]), counted(NINE + DAY_MS, [3, 0, 3])];
    const first = await stage.handIn(agreement.id, "counts", countsFile(one, two, other));
    expect(first).toMatchObject({ covers: { from: "2026-02-10", to: "2026-02-11" }, counts: { applied: 3 } });
    expect(first.counts.withdrawn).toBeUndefined();
    const second = await stage.handIn(agreement.id, "counts", countsFile({ ...one, counters: [9, 1, 6] }));
    expect(second).toMatchObject({
      covers: { from: "2026-02-10", to: "2026-02-10" },
      counts: { rows: 1, applied: 1, restated: 1, withdrawn: 1 },
    });
    const [card] = await readRestatements(stage.redis, agreement.id);
    expect(card).toMatchObject({ receipt: 2, rows: 2, withdrawn: 1, firstMs: NINE, lastMs: NINE + 2 * QUARTER });
    expect(card?.values).toEqual([
      { queue: "sales", startMs: NINE, counter: "answered-within-20000", old: "5", new: "6" },
      ...COUNTERS.map((counter) => ({ queue: "sales", startMs: NINE + QUARTER, counter, old: "5", new: "withdrawn" })),
    ]);
    expect(card?.totals).toEqual([
      { counter: "answered", old: 14, new: 9 },
      { counter: "abandoned", old: 6, new: 1 },
      { counter: "answered-within-20000", old: 10, new: 6 },
    ]);
    const ledger = (await stage.redis.lrangeBuffer(agreementKeys(agreement.id).ledger, 0, -1)).map((item) => openEntry(item, sha256));
    expect(ledger.filter(({ kind }) => kind === "period-replaced")).toMatchObject([
      { receipt: 1, from: "2026-02-10", to: "2026-02-11", withdrawn: 0 },
      { receipt: 2, from: "2026-02-10", to: "2026-02-10", withdrawn: 1 },
    ]);
    const third = await stage.handIn(agreement.id, "counts", countsFile(one, two));
    expect(third.counts).toMatchObject({ rows: 2, applied: 2, restated: 1 });
    expect((await verifyBytes(await wholeBundle(stage, agreement.id))).findings).toEqual([]);
  });

  const call = (id: string, at: number) => buildContact({ contactId: id, queue: "sales", startMs: at, waitMs: 5000, handleMs: 60_000 });

  it("takes records away, too, with what they counted", async () => {
    const stored = await put();
    const { id } = stored.agreement;
    await stage.handIn(id, "calls", contactFile([call("a", NINE), call("b", NINE), call("c", NINE + DAY_MS)]));
    const second = await stage.handIn(id, "calls", contactFile([call("b", NINE)]));
    expect(second.counts).toMatchObject({ rows: 1, applied: 0, duplicate: 1, withdrawn: 1 });
    const [card] = await readRestatements(stage.redis, id);
    expect(card).toMatchObject({ rows: 1, withdrawn: 1 });
    expect(card?.values.every(({ new: now }) => now === "withdrawn")).toBe(true);
    expect((await stand(stored)).calls.size).toBe(2);
    expect((await recountAgreement(stage.redis, stored)).map(({ facts, differences }) => [facts, differences])).toEqual([
      [2, []],
      [0, []],
    ]);
  });

  it("replaces nothing where a row was refused, rows were mended, or there are none", async () => {
    const stored = await put();
    const { id } = stored.agreement;
    await stage.handIn(id, "calls", contactFile([call("a", NINE), call("b", NINE)]));
    const broken = await stage.handIn(id, "calls", `${contactFile([call("b", NINE)])}x,yesterday,sales,answered,1,1\n`);
    expect(broken).toMatchObject({
      state: "applied",
      fileProblems: [{ rule: "nothing-withdrawn", message: expect.stringContaining("1 row was refused") }],
    });
    const [header = "", row = ""] = contactFile([call("c", NINE)]).split("\n");
    const added = "error_line,error_column,error_code,error_message,error_remedy";
    const mended = await stage.handIn(id, "calls", `${header},${added}\n${row},3,start,x,x,x\n`);
    expect(mended).toMatchObject({ state: "applied", counts: { applied: 1 }, fileProblems: [{ rule: "mended-rows-only" }] });
    const empty = await stage.handIn(id, "calls", `${header}\n`);
    for (const receipt of [broken, mended, empty]) {
      expect(receipt.covers).toBeUndefined();
      expect(receipt.counts.withdrawn).toBeUndefined();
    }
    expect((await recountAgreement(stage.redis, stored)).map(({ facts }) => facts)).toEqual([3, 0]);
  });

  /** The second file of counts is applied by a worker that dies while it takes away, then by another. */
  async function dieTakingAway(id: string, second: string, attempt: number): Promise<Receipt> {
    await stage.handIn(id, "counts", countsFile(counted(NINE, [9, 1, 5]), counted(NINE + QUARTER, [5, 5, 5])));
    const receipt = await stage.accept(id, "counts", once(second));
    const lease = await Lease.acquire(stage.redis, id, "test");
    const task = { agreementId: id, number: 2, fence: lease?.token ?? "", waiting: 1 };
    const dying = stage.redisServer.connect();
    Object.defineProperty(dying, "smembers", { value: () => Promise.reject(new Error("killed")) });
    await expect(processReceipt({ ...stage.parts, redis: dying }, { ...task, attempt: 1 })).rejects.toThrow("killed");
    await processReceipt(stage.parts, { ...task, attempt });
    return await stage.settled(receipt.id);
  }

  it.each([
    { second: [9, 1, 7], attempt: 2, state: "applied", counts: { applied: 1, restated: 1, withdrawn: 1 } },
    { second: [9, 1, 7], attempt: 4, state: "rejected", counts: { applied: 1, restated: 1, withdrawn: 1 } },
    // What a file that was set aside only repeats is known by that file since, and stays.
    { second: [9, 1, 5], attempt: 4, state: "rejected", counts: { applied: 0, duplicate: 1, withdrawn: 1 } },
  ])("goes on where a worker died before taking away; attempt $attempt ends $state with $counts", async ({ second, attempt, ...end }) => {
    const stored = await put();
    const { id } = stored.agreement;
    const covers = { from: "2026-02-10", to: "2026-02-10" };
    expect(await dieTakingAway(id, countsFile(counted(NINE, second)), attempt)).toMatchObject({ ...end, covers });
    expect((await verifyBytes(await wholeBundle(stage, id))).findings).toEqual([]);
    const known = await readAsKnown({ ...stage.parts, stored }, { feed: "counts", atReceipt: 2 });
    expect(placesOf(known("2026-02-10"))).toEqual((await stand(stored)).counts);
  });
});

describe("a store made anew from files that replace their period", () => {
  it("is what it was, from the files and from the rows that took their place", async () => {
    const stage = await startWorkerStage(Date.parse("2026-01-20T12:00:00Z"));
    try {
      const agreement = { ...buildAgreement({ id: "north" }), timeZone: "UTC", targets: [buildTarget()] };
      const stored = await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ replaces: "period" })], nowMs: stage.nowMs });
      const call = (id: string, day: string) =>
        buildContact({ contactId: id, queue: "sales", startMs: Date.parse(`${day}T09:00:00Z`), waitMs: 5000, handleMs: 1 });
      await stage.handIn("north", "calls", contactFile([call("a", "2026-01-10"), call("b", "2026-01-10"), call("c", "2026-01-11")]));
      await stage.handIn("north", "calls", contactFile([call("b", "2026-01-10"), call("d", "2026-01-12")]));
      await stage.handIn("north", "calls", `${contactFile([call("d", "2026-01-12")])}x,yesterday,sales,answered,1,1\n`);
      stage.nowMs = Date.parse("2026-03-05T12:00:00Z");
      const figures = async () => {
        const layout = stored.layout("calls");
        const all = await readIntervals(stage.redis, {
          agreementId: "north",
          feed: "calls",
          layout,
          fromMs: Date.parse("2026-01-01T00:00:00Z"),
          toMs: stage.nowMs,
        });
        return placesOf(all);
      };
      const before = await figures();
      expect(before.size).toBe(2);
      for (const condense of [false, true]) {
        if (condense) await condenseMonths(stage.parts, "north", (month) => month < "2026-02");
        await createMirrorRound(stage.parts).catchUp();
        await stage.redis.flushall();
        expect((await rebuild(stage.parts, () => undefined))[0]).toMatchObject({ lost: [], otherVerdicts: [] });
        expect(await figures()).toEqual(before);
        expect((await recountAgreement(stage.redis, stored)).flatMap(({ differences }) => differences)).toEqual([]);
        expect((await verifyBytes(await wholeBundle(stage, "north"))).findings).toEqual([]);
      }
    } finally {
      await stage.stop();
    }
  });
});
