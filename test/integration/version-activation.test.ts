import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import { createHistory } from "../../shared/agreement/history.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { addDays } from "../../shared/calendar/day.ts";
import type { ContactRow } from "../../shared/feeds/canonical.ts";
import { sealVerdict } from "../../shared/ledger/seal-verdict.ts";
import { judgeAll } from "../../shared/outlook/judge-all.ts";
import { activateVersion } from "../../shared/store/activate-version.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { type Backfill, backfillRecords } from "../../shared/store/backfill.ts";
import { FencedError } from "../../shared/store/chunk.ts";
import { readFeedIntervals } from "../../shared/store/feed-intervals.ts";
import { Lease } from "../../shared/store/lease.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { readSnapshot, readVerdicts } from "../../shared/store/snapshot.ts";
import { readEntries } from "../../shared/store/stream.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { attend } from "../../workers/evaluate/attend.ts";
import { publish } from "../../workers/evaluate/publish.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { processReceipt } from "../../workers/ingest/process-receipt.ts";
import { contactFile } from "../support/contact-file.ts";
import { buildContact } from "../support/contacts.ts";
import { Oracle } from "../support/file-history.ts";
import { signNext } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-20T12:00:00Z");
const DAY = 86_400_000;

/** Twelve weeks of calls like a bank's: a few an hour by day, most answered, waits of up to two minutes. */
function calls(): ContactRow[] {
  const first = Date.parse("2026-01-01T08:00:00Z");
  return Array.from({ length: 78 * 30 }, (_, i): ContactRow => {
    const startMs = first + Math.floor(i / 30) * DAY + (i % 30) * 1_200_000;
    const waitMs = ((i * 7919) % 120) * 1000;
    const common = { contactId: `c${i}`, queue: i % 3 === 0 ? "loans" : "cards", startMs, waitMs };
    return buildContact({ ...common, outcome: i % 11 === 0 ? "abandoned" : "answered", handleMs: 60_000 + (i % 50) * 1000 });
  });
}

const BEFORE = [buildTarget({ windows: ["day", "week", "month", "quarter"] }), buildTarget({ id: "loans", queues: ["loans"] })];
const AFTER = [
  buildTarget({ measure: { metric: "service-level", variant: "positive", withinSeconds: 60 }, windows: ["day", "month", "quarter"] }),
  buildTarget({ id: "speed", measure: { metric: "asa" }, direction: "at-most", expected: "30 s" }),
];

describe("a version that both sides have signed", () => {
  let stage: WorkerStage;
  let agreements = 0;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function begin(rows: readonly ContactRow[] = calls()): Promise<string> {
    stage.nowMs = NOW;
    const agreement: Agreement = { ...buildAgreement({ id: `a-${agreements++}` }), timeZone: "UTC", targets: BEFORE };
    await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ ignore: ["version"] })], nowMs: NOW });
    await stage.handIn(agreement.id, "calls", contactFile(rows));
    return agreement.id;
  }

  async function stored(id: string): Promise<StoredAgreement> {
    const found = await readAgreement(stage.redis, id, stage.nowMs);
    if (found === null) throw new Error("the agreement is gone");
    return found;
  }

  const verdict = async (id: string, targetId: string, kind: string, start: string): Promise<Verdict | undefined> =>
    (await readVerdicts(stage.redis, id)).find(
      (one) => one.targetId === targetId && one.window.kind === kind && one.window.start === start,
    );

  async function expectCountersEqualFacts(id: string): Promise<void> {
    const results = await recountAgreement(stage.redis, await stored(id));
    expect(results.flatMap(({ differences }) => differences)).toEqual([]);
  }

  it("gets its counters from the contacts and judges each day under the version that governs it, to the last bit", async () => {
    const id = await begin();
    const before = await stored(id);
    await signNext(stage.redis, id, NOW, { targets: AFTER, effectiveFrom: "2026-02-15" });
    await drive(stage.parts, id);
    const after = await stored(id);
    expect(after.agreement.version).toBe(2);
    expect(after.layout("calls").counters.slice(0, before.layout("calls").counters.length)).toEqual(before.layout("calls").counters);
    expect(after.layout("calls").counters).toContain("answered-within-60000");
    await expectCountersEqualFacts(id);
    const oracle = new Oracle();
    calls().forEach((row) => oracle.contacts.add(row, 1));
    const facts = new Map([["calls", oracle.contacts.count(after.layout("calls").counters, after.intervalMs("calls"))]]);
    const whole = judgeAll(after.history, facts, { nowMs: NOW, exclusions: [], forecast: new Map() });
    const live = (await readVerdicts(stage.redis, id)).filter(({ status }) => status !== "not-counted");
    const name = ({ targetId, window }: Verdict): string => `${targetId}.${window.kind}.${window.start}`;
    const inOrder = (verdicts: readonly Verdict[]): Verdict[] => verdicts.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
    expect(inOrder(live)).toEqual(inOrder(whole.verdicts.map((one) => sealVerdict(one, sha256))));
    expect(await verdict(id, "service-level", "month", "2026-02-01")).toMatchObject({ version: 1, window: { part: true } });
    expect(await verdict(id, "service-level", "month", "2026-02-15")).toMatchObject({ version: 2, window: { part: true } });
    const { outlooks = [], verdicts: shown = [] } = (await readSnapshot(stage.redis, id, NOW)) ?? {};
    const startsOf = (kind: string): string[] =>
      shown.filter(({ targetId, window }) => targetId === "service-level" && window.kind === kind).map(({ window }) => window.start);
    expect(startsOf("month").toSorted()).toEqual(["2026-01-01", "2026-02-01", "2026-02-15", "2026-03-01"]);
    expect(startsOf("quarter").toSorted()).toEqual(["2026-01-01", "2026-02-15"]);
    expect(startsOf("day").toSorted()).toEqual(Array.from({ length: 22 }, (_, i) => addDays("2026-02-26", i)));
    expect(outlooks.map(({ targetId, window, pMiss }) => [targetId, window.kind, window.start, pMiss === null])).toEqual([
      ["service-level", "month", "2026-03-01", false],
      ["service-level", "quarter", "2026-02-15", false],
      ["speed", "month", "2026-03-01", false],
    ]);
    for (const outlook of whole.outlooks) expect(outlooks).toContainEqual(outlook);
  });

  it("leaves no verdict standing that it does not ask for, and no alert", async () => {
    const id = await begin();
    stage.nowMs = Date.parse("2026-03-21T12:00:00Z");
    await tick(stage.parts, id);
    const row = (i: number) =>
      buildContact({ contactId: `late${i}`, queue: "loans", startMs: stage.nowMs - 3_600_000, outcome: "abandoned" });
    await stage.handIn(id, "calls", contactFile([row(1), row(2)]));
    const open = async () => (await readSnapshot(stage.redis, id, stage.nowMs))?.alerts.filter(({ status }) => status === "open") ?? [];
    expect((await open()).map(({ id: alertId }) => alertId)).toContain("loans.day.2026-03-21.1");
    await signNext(stage.redis, id, stage.nowMs, { targets: AFTER, effectiveFrom: "2026-02-15" });
    await drive(stage.parts, id);
    expect(await verdict(id, "loans", "day", "2026-03-21")).toMatchObject({
      version: 2,
      status: "not-counted",
      value: null,
      reason: "Version 2 has no such target or window.",
    });
    expect(await verdict(id, "loans", "day", "2026-02-14")).toMatchObject({ version: 1, window: { open: false } });
    expect(await verdict(id, "service-level", "week", "2026-02-23")).toMatchObject({ status: "not-counted" });
    expect((await open()).filter(({ id: alertId }) => alertId.startsWith("loans"))).toEqual([]);
  });

  it("that begins later changes nothing of today but the windows that it cuts short, and is shown from its first day on", async () => {
    const id = await begin();
    const day = await verdict(id, "service-level", "day", "2026-03-19");
    await signNext(stage.redis, id, NOW, { targets: AFTER, effectiveFrom: "2026-03-25" });
    await drive(stage.parts, id);
    expect(await verdict(id, "service-level", "day", "2026-03-19")).toEqual(day);
    expect(await verdict(id, "service-level", "month", "2026-03-01")).toMatchObject({
      version: 1,
      window: { part: true, open: true, toMs: Date.parse("2026-03-25T00:00:00Z") },
    });
    expect((await readSnapshot(stage.redis, id, NOW))?.agreement.version).toBe(1);
    stage.nowMs = Date.parse("2026-03-24T23:59:00Z");
    await tick(stage.parts, id);
    const seen = (await readEntries(stage.redis, id, 0, 100_000)).entries.length;
    stage.nowMs = Date.parse("2026-03-25T00:00:01Z");
    await tick(stage.parts, id);
    const { entries } = await readEntries(stage.redis, id, seen, 100_000);
    expect(entries[0]?.event).toEqual({ kind: "agreement:changed", version: 2 });
    expect((await readSnapshot(stage.redis, id, stage.nowMs))?.agreement.version).toBe(2);
    expect(await verdict(id, "service-level", "month", "2026-03-01")).toMatchObject({ window: { open: false } });
  });

  it("whose counters a worker had begun to make when it died is made whole, files handed in meanwhile included", async () => {
    const id = await begin();
    await signNext(stage.redis, id, NOW, { targets: AFTER, effectiveFrom: "2026-02-15" });
    const { agreement, feeds, history } = await stored(id);
    const next = createHistory([...history.versions, { agreement: { ...agreement, targets: AFTER, version: 2 }, feeds }]).latest;
    const dying = await Lease.acquire(stage.redis, id, "dying");
    const backfill: Omit<Backfill, "fence"> = {
      agreementId: id,
      feed: "calls",
      kind: "contact",
      counters: next.layout("calls").counters,
      intervalMs: next.intervalMs("calls"),
      nowMs: NOW,
    };
    await backfillRecords(stage.redis, { ...backfill, fence: dying?.token ?? "" });
    await dying?.release();
    await expectCountersEqualFacts(id);
    const extra = buildContact({ contactId: "c1", queue: "cards", startMs: calls()[1]?.startMs ?? 0, waitMs: 45_000 });
    const bytes = new TextEncoder().encode(contactFile([extra]));
    const { number } = await stage.accept(id, "calls", once(bytes));
    const lease = await Lease.acquire(stage.redis, id, "old");
    const task = { agreementId: id, number, fence: lease?.token ?? "", waiting: 1, attempt: 1 };
    await processReceipt(stage.parts, task);
    await lease?.release();
    await expect(backfillRecords(stage.redis, { ...backfill, fence: dying?.token ?? "" })).rejects.toThrow(FencedError);
    await drive(stage.parts, id);
    expect((await stored(id)).agreement.version).toBe(2);
    await expectCountersEqualFacts(id);
  });

  it("is never judged with half of its days, whether a file waits or a worker died before it published", async () => {
    const id = await begin();
    await signNext(stage.redis, id, NOW, { targets: AFTER, effectiveFrom: "2026-02-15" });
    const dying = await Lease.acquire(stage.redis, id, "dying");
    await activateVersion(stage.redis, { agreementId: id, fence: dying?.token ?? "", nowMs: NOW });
    await stage.accept(id, "calls", once(new TextEncoder().encode(contactFile([buildContact({ contactId: "waits" })]))));
    const before = await readVerdicts(stage.redis, id);
    const common = { redis: stage.redis, fence: dying?.token ?? "", nowMs: NOW, openReceipts: 1 };
    const revisit = new Set(["2026-03-20"]);
    await publish({ ...common, stored: await stored(id), operationId: "midnight", settles: null, revisit });
    expect(await readVerdicts(stage.redis, id)).toEqual(before);
    await attend(stage.parts, { agreementId: id, fence: dying?.token ?? "" });
    const sample = calls().filter(({ startMs }) => startMs >= Date.parse("2026-03-01T00:00:00Z") && startMs < NOW).length;
    expect(await verdict(id, "service-level", "month", "2026-03-01")).toMatchObject({ version: 2, n: sample });
    await dying?.release();
  });

  it("can be tried as a draft: its intervals are counted from the contacts as they will be stored", async () => {
    const id = await begin();
    const { agreement, feeds, history } = await stored(id);
    const draft = createHistory([...history.versions, { agreement: { ...agreement, targets: AFTER, version: 2 }, feeds }]).latest;
    const query = { context: draft, feed: "calls", fromMs: Date.parse("2026-02-01T00:00:00Z"), toMs: NOW };
    const ordered = async () =>
      (await readFeedIntervals(stage.redis, query))
        .map(({ queue, intervals }) => ({ queue, intervals }))
        .toSorted((a, b) => (a.queue < b.queue ? -1 : 1));
    const counted = await ordered();
    await signNext(stage.redis, id, NOW, { targets: AFTER, effectiveFrom: "2026-02-15" });
    await drive(stage.parts, id);
    expect(counted.length).toBe(2);
    expect(await ordered()).toEqual(counted);
  });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
