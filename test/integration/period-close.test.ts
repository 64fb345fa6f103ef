import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { type LedgerEntry, openEntry } from "../../shared/ledger/entry.ts";
import type { PeriodView } from "../../shared/protocol/period.ts";
import type { Closing } from "../../shared/settlement/closing.ts";
import type { PartyActor } from "../../shared/settlement/party.ts";
import { settle } from "../../shared/settlement/settle.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { closePeriod, readPeriods, refuseClosing } from "../../shared/store/period-close.ts";
import { readSettlementInput } from "../../shared/store/settlement-input.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { readVerdicts } from "../../shared/store/snapshot.ts";
import { processReceipt } from "../../workers/ingest/process-receipt.ts";
import { Lease } from "../../shared/store/lease.ts";
import { CLIENT, PROVIDER } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { wholeBundle } from "../support/record-history.ts";
import { buildAgreement, buildFeed, FEED_HEADER } from "../support/sample-agreement.ts";
import { putTogether, resign, takeApart } from "../support/tamper.ts";
import { verifyBytes } from "../support/verify-bytes.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const OCTOBER = "month.2026-10-01";

const MONEY = {
  fees: { currency: "EUR", amount: "100000", per: "month" },
  credits: {
    period: "month",
    atRisk: "10 %",
    scheme: { kind: "allocation", categories: [{ id: "speed", pool: "100 %", targets: { "service-level": "100 %" } }] },
  },
};

function row(day: string, in20: number): string {
  return `${day},10:00,100,100,0,${in20}\n`;
}

describe("closing a period", () => {
  let stage: WorkerStage;
  let agreements = 0;

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function put(): Promise<string> {
    const plain = buildAgreement({ id: `north-${agreements++}` });
    const targets = plain.targets.map((target) => ({
      ...target,
      measure: { metric: "service-level", variant: "negative", withinSeconds: 20 },
    }));
    const agreement = Agreement.parse({ ...plain, targets, ...MONEY });
    await putDocuments(stage.redis, { agreement, feeds: [buildFeed()], nowMs: NOW });
    return agreement.id;
  }

  async function october(id: string): Promise<PeriodView> {
    const stored = await readAgreement(stage.redis, id, NOW);
    const found = stored === null ? undefined : (await readPeriods(stage.redis, stored, NOW)).find((period) => period.id === OCTOBER);
    if (found === undefined) throw new Error("October is not over");
    return found;
  }

  const step = (id: string, by: PartyActor, hash: string, note = "") => ({
    agreementId: id,
    periodId: OCTOBER,
    sha256: hash,
    note,
    operationId: randomUUID(),
    by,
    nowMs: NOW,
  });

  async function close(id: string): Promise<Closing> {
    const { figures } = await october(id);
    await closePeriod(stage.redis, step(id, PROVIDER, figures.sha256));
    return await closePeriod(stage.redis, step(id, CLIENT, figures.sha256));
  }

  it("takes both parties' signatures under the same figures, each in the ledger", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 70));
    const { figures, closing } = await october(id);
    expect(figures).toMatchObject({ watermark: 1, verdicts: 2, credit: 1_000_000, bonus: 0 });
    expect(closing).toBeNull();
    expect(await closePeriod(stage.redis, step(id, PROVIDER, figures.sha256))).toMatchObject({ state: "proposed", signed: ["provider"] });
    await expect(closePeriod(stage.redis, step(id, PROVIDER, figures.sha256))).rejects.toThrow("Your side has signed these figures.");
    expect(await closePeriod(stage.redis, step(id, CLIENT, figures.sha256))).toMatchObject({ state: "closed", seq: 2, figures });
    await expect(closePeriod(stage.redis, step(id, CLIENT, figures.sha256))).rejects.toThrow("The period is closed.");
    const ledger = (await stage.redis.lrangeBuffer(agreementKeys(id).ledger, 0, -1)).map((bytes) => openEntry(bytes, sha256));
    expect(ledger.filter(({ kind }) => kind === "period-closed")).toEqual([
      expect.objectContaining({ period: OCTOBER, party: "provider", watermark: 1, sha256: figures.sha256 }),
      expect.objectContaining({ period: OCTOBER, party: "client", watermark: 1, sha256: figures.sha256 }),
    ]);
  });

  it("is proposed anew when the figures have changed before the other side signs", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 70));
    const first = (await october(id)).figures;
    await closePeriod(stage.redis, step(id, PROVIDER, first.sha256));
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 95));
    await expect(closePeriod(stage.redis, step(id, CLIENT, first.sha256))).rejects.toThrow("have changed since you looked");
    const second = (await october(id)).figures;
    expect(await closePeriod(stage.redis, step(id, CLIENT, second.sha256))).toMatchObject({ state: "proposed", signed: ["client"] });
  });

  it("is refused with a note by the other side, and not by the one that signed", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 70));
    const { figures } = await october(id);
    await closePeriod(stage.redis, step(id, PROVIDER, figures.sha256));
    await expect(refuseClosing(stage.redis, step(id, PROVIDER, figures.sha256))).rejects.toThrow("Your own side has signed");
    const refused = await refuseClosing(stage.redis, step(id, CLIENT, figures.sha256, "The outage is not in it."));
    expect(refused).toMatchObject({ state: "refused", signed: [], steps: [{ kind: "signed" }, { note: "The outage is not in it." }] });
    expect(await closePeriod(stage.redis, step(id, CLIENT, figures.sha256))).toMatchObject({ state: "proposed", signed: ["client"] });
  });

  it("waits for receipts under way and for the period's end", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 70) + row("2026-11-12", 70));
    const { figures } = await october(id);
    await stage.accept(id, "calls", bytesOf(FEED_HEADER + row("2026-10-13", 70)));
    expect((await october(id)).open.receipts).toBe(1);
    await expect(closePeriod(stage.redis, step(id, CLIENT, figures.sha256))).rejects.toThrow("Receipts are being read.");
    const early = { ...step(id, CLIENT, figures.sha256), periodId: "month.2026-11-01" };
    await expect(closePeriod(stage.redis, early)).rejects.toThrow("There is no such period, or it is not over.");
  });

  it("keeps its verdicts and its credit; what comes later is an adjustment of it", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 70));
    const before = await readVerdicts(stage.redis, id);
    const { figures } = await close(id);
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 95) + row("2026-10-13", 90));
    expect(await readVerdicts(stage.redis, id)).toEqual(before);
    const { figures: same, adjustments } = await october(id);
    expect(same).toEqual(figures);
    expect(adjustments).toMatchObject({ credit: -1_000_000, bonus: 0 });
    expect(adjustments?.verdicts.map(({ window, closed, now }) => [window.kind, window.start, closed?.status, now.status])).toEqual([
      ["day", "2026-10-12", "missed", "met"],
      ["day", "2026-10-13", undefined, "met"],
      ["month", "2026-10-01", "missed", "met"],
    ]);
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 70) + row("2026-10-13", 60));
    expect((await october(id)).adjustments?.credit).toBe(0);
  });

  const corrections = fc.array(fc.record({ day: fc.integer({ min: 10, max: 13 }), in20: fc.integer({ min: 60, max: 100 }) }), {
    minLength: 1,
    maxLength: 5,
  });

  it("over random corrections, applied in any order: closed figures stay, and the adjustment is recomputed minus closed", async () => {
    await fc.assert(
      fc.asyncProperty(corrections, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), async (later, order) => {
        const [closed, free] = [await put(), await put()];
        const first = FEED_HEADER + row("2026-10-10", 75) + row("2026-10-11", 85);
        for (const id of [closed, free]) await stage.handIn(id, "calls", first);
        const { figures } = await close(closed);
        const before = await readVerdicts(stage.redis, closed);
        // Blank lines make the files of two equal corrections two files.
        const files = later.map(({ day, in20 }, i) => FEED_HEADER + row(`2026-10-${day}`, in20) + "\n".repeat(i));
        await applyAll(closed, files, order);
        await applyAll(free, files, []);
        expect(await readVerdicts(stage.redis, closed)).toEqual(before);
        const seen = await october(closed);
        expect(seen.figures).toEqual(figures);
        expect(seen.adjustments?.credit).toBe((await october(free)).figures.credit - figures.credit);
        const now = new Map(seen.adjustments?.verdicts.map((each) => [`${each.window.kind}.${each.window.start}`, each.now]));
        for (const { window, status, value } of await readVerdicts(stage.redis, free))
          if (window.toMs <= Date.parse("2026-10-31T23:00:00Z"))
            expect(now.get(`${window.kind}.${window.start}`) ?? unchanged(before, window)).toEqual({ status, value });
      }),
      { numRuns: process.env["ACCORD_TESTS"] === "full" ? 100 : 6, seed: 1 },
    );
  });

  /** Accepts all, then applies them in the order of the keys. */
  async function applyAll(id: string, files: readonly string[], order: readonly number[]): Promise<void> {
    const numbers: number[] = [];
    for (const file of files) numbers.push((await stage.accept(id, "calls", bytesOf(file))).number);
    const turns = numbers.map((number, i) => ({ number, at: order[i] ?? i })).toSorted((a, b) => a.at - b.at);
    const lease = await Lease.acquire(stage.redis, id, "test");
    if (lease === null) throw new Error("somebody else holds the agreement");
    for (const [i, { number }] of turns.entries())
      await processReceipt(stage.parts, { agreementId: id, number, fence: lease.token, waiting: turns.length - i, attempt: 1 });
    await lease.release();
  }

  function unchanged(before: Awaited<ReturnType<typeof readVerdicts>>, window: { kind: string; start: string }) {
    const known = before.find((verdict) => verdict.window.kind === window.kind && verdict.window.start === window.start);
    return known === undefined ? undefined : { status: known.status, value: known.value };
  }

  it("is proven by the record: other figures, or a verdict left out, are named though all is signed anew", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 70));
    const { figures } = await close(id);
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 95));
    const bundle = await wholeBundle(stage, id);
    const verified = await verifyBytes(bundle);
    expect(verified.findings).toEqual([]);
    expect(verified.settlement?.periods.map(({ credit }) => credit)).toEqual([figures.credit]);
    const forge = async (change: (entries: LedgerEntry[]) => LedgerEntry[]) => {
      const parts = await takeApart(bundle);
      parts.entries = change(parts.entries);
      resign(parts, stage.parts.keyRing);
      return (await verifyBytes(putTogether(parts))).findings[0];
    };
    const closed = await forge((entries) =>
      entries.map((entry) => (entry.kind === "period-closed" ? { ...entry, sha256: "0".repeat(64) } : entry)),
    );
    expect(closed).toMatchObject({ kind: "period-closed", what: expect.stringContaining("a hash that its verdicts do not have") });
    // The correction's verdict goes, so that the first one seems to stand.
    const hidden = await forge((entries) => {
      const last = entries.findLastIndex(({ kind }) => kind === "verdict-sealed");
      return entries.filter((_, i) => i !== last);
    });
    expect(hidden).toMatchObject({ kind: "receipt-settled", what: expect.stringContaining("no such verdict was sealed") });
  });

  it("leaves the settlement of a closed period as it was signed", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 70));
    await close(id);
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 95));
    const stored = await readAgreement(stage.redis, id, NOW);
    if (stored === null) throw new Error("the agreement is gone");
    const { periods } = settle({ ...(await readSettlementInput(stage.redis, stored)), nowMs: NOW });
    expect(periods.map(({ start, credit }) => [start, credit])).toEqual([["2026-10-01", 1_000_000]]);
  });
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
