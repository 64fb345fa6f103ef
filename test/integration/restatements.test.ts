import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { openEntry } from "../../shared/ledger/entry.ts";
import type { Restatement } from "../../shared/protocol/restatement.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readRestatements } from "../../shared/store/restatements.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { readEntries } from "../../shared/store/stream.ts";
import { contactFile } from "../support/contact-file.ts";
import { buildContact } from "../support/contacts.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement, buildFeed, FEED_HEADER } from "../support/sample-agreement.ts";
import { contactFeed } from "../support/target-case.ts";
import { actAsLead } from "../support/test-alert.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-11-20T12:00:00Z");

const MONEY = {
  fees: { currency: "EUR", amount: "100000", per: "month" },
  credits: {
    period: "month",
    atRisk: "10 %",
    scheme: { kind: "allocation", categories: [{ id: "speed", pool: "100 %", targets: { "service-level": "100 %" } }] },
  },
};

/** One quarter hour at 10:00 in Berlin. */
function row(day: string, answered: number, in20: number): string {
  return `${day},10:00,${answered},${answered},0,${in20}\n`;
}

describe("a file that corrects what was known", () => {
  let stage: WorkerStage;
  let agreements = 0;

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function put(contacts = false): Promise<string> {
    stage.nowMs = NOW;
    const id = `north-${agreements++}`;
    const feeds = contacts ? [contactFeed({ timeZone: "UTC" })] : [{ ...buildFeed(), timeZone: "Europe/Berlin" }];
    const plain = buildAgreement({ id });
    // Needs no count of quick abandons, which the feed does not have.
    const targets = plain.targets.map((target) => ({
      ...target,
      measure: { metric: "service-level", variant: "negative", withinSeconds: 20 },
    }));
    const agreement = Agreement.parse({ ...plain, targets, ...(contacts ? {} : MONEY) });
    await putDocuments(stage.redis, { agreement, feeds, nowMs: NOW - 40 * DAY_MS });
    return id;
  }

  async function only(id: string): Promise<Restatement> {
    const [card, ...others] = await readRestatements(stage.redis, id);
    if (card === undefined || others.length > 0) throw new Error("there is not one card");
    return card;
  }

  it("is told on a card: what, from what, to what, how late, and which verdicts turned", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 100, 70) + row("2026-10-13", 100, 90));
    stage.nowMs = NOW + 3_600_000;
    const receipt = await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 100, 95) + row("2026-10-14", 100, 90));
    expect(receipt.counts).toMatchObject({ applied: 2, restated: 1 });
    const startMs = Date.parse("2026-10-12T08:00:00Z");
    const card = await only(id);
    expect(card).toMatchObject({
      receiptId: receipt.id,
      receipt: 2,
      feed: "calls",
      rows: 1,
      firstMs: startMs,
      lastMs: startMs + 900_000,
      lateMs: stage.nowMs - Date.parse("2026-10-13T00:00:00+02:00"),
      totals: [{ counter: "answered-within-20000", old: 70, new: 95 }],
      values: [{ queue: "main", startMs, counter: "answered-within-20000", old: "70", new: "95" }],
      whole: true,
      verdictsChanged: 2,
      flipped: 1,
      favour: "provider",
      favours: { provider: 1, client: 0, neutral: 0 },
    });
    expect(card.verdicts.map(({ window, old, new: now, flipped }) => [window.kind, old.status, now.status, flipped])).toEqual([
      ["day", "missed", "met", true],
      ["month", "met", "met", false],
    ]);
    expect(card.credit).toEqual({ currency: "EUR", old: 0, new: 0 });
  });

  it("says what a correction does to the credit of a period that is over", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 100, 70));
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-12", 100, 95));
    const card = await only(id);
    expect(card.credit).toEqual({ currency: "EUR", old: 1_000_000, new: 0 });
    expect(card.verdicts.map(({ flipped }) => flipped)).toEqual([true, true]);
  });

  it("stands in the ledger by its hash, in the stream after its receipt, and in the snapshot", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-11-12", 100, 70));
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-11-12", 100, 60));
    const card = await only(id);
    const ledger = await stage.redis.lrangeBuffer(agreementKeys(id).ledger, 0, -1);
    expect(ledger.map((bytes) => openEntry(bytes, sha256)).filter(({ kind }) => kind === "restatement")).toEqual([
      expect.objectContaining({ receipt: 2, feed: "calls", rows: 1, sha256: card.sha256 }),
    ]);
    const { entries } = await readEntries(stage.redis, id, 0, 1000);
    const kinds = entries.map(({ event }) => event.kind);
    expect(kinds.indexOf("restatement:made")).toBeGreaterThan(kinds.lastIndexOf("receipt:changed"));
    expect((await readSnapshot(stage.redis, id, stage.nowMs))?.restatements).toEqual([card]);
  });

  it("raises an alert when it turns a closed verdict, which is over when somebody has seen it", async () => {
    const id = await put();
    stage.nowMs = NOW - 20 * DAY_MS;
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-30", 100, 95));
    stage.nowMs = NOW;
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-10-30", 100, 70));
    const alerts = (await readSnapshot(stage.redis, id, stage.nowMs))?.alerts ?? [];
    const [alert] = alerts.filter(({ subject }) => subject.kind === "restatement");
    expect(alert).toMatchObject({ id: "restatement.2.1", severity: "critical", status: "open" });
    expect(alert?.headline).toBe(
      "Receipt 2 corrected what was known and turned a closed verdict: Service level, day 2026-10-30, on target before, missed now",
    );
    const act = { do: "acknowledge", note: "asked Norcall" } as const;
    const seen = await actAsLead(stage.redis, { agreementId: id, alertId: "restatement.2.1", act, nowMs: NOW });
    expect(seen).toMatchObject({ status: "resolved", resolution: { reason: "Q. Lead has seen it" }, acknowledgement: { by: "Q. Lead" } });
  });

  it("raises an alert when the corrections of a feed keep favouring the provider, and none while they go either way", async () => {
    const [leaning, fair] = [await put(), await put()];
    for (let i = 1; i <= 8; i++) {
      await stage.handIn(leaning, "calls", FEED_HEADER + row("2026-11-12", 1000, 400 + i));
      await stage.handIn(fair, "calls", FEED_HEADER + row("2026-11-12", 1000, 400 + (i % 2)));
    }
    const raised = async (id: string) =>
      (await readSnapshot(stage.redis, id, NOW))?.alerts
        .filter(({ subject }) => subject.kind === "corrections")
        .map(({ id: name, headline }) => [name, headline]);
    const standing = async (id: string) =>
      (await readSnapshot(stage.redis, id, NOW))?.alerts
        .filter(({ subject }) => subject.kind === "corrections")
        .map(({ status }) => status);
    expect(await raised(leaning)).toEqual([["corrections.calls.1", 'Corrections of feed "Calls" favour the provider: 7 of 7']]);
    expect(await raised(fair)).toEqual([]);
    const hand = async (within: number) => await stage.handIn(leaning, "calls", FEED_HEADER + row("2026-11-12", 1000, within));
    for (const within of [409, 410, 411]) await hand(within);
    const seen = { agreementId: leaning, alertId: "corrections.calls.1", nowMs: NOW };
    expect((await actAsLead(stage.redis, seen)).status).toBe("resolved");
    // One against ten is still a leaning, and was seen.
    await hand(390);
    expect((await readRestatements(stage.redis, leaning))[0]?.favour).toBe("client");
    expect((await raised(leaning))?.map(([name]) => name)).toEqual(["corrections.calls.1"]);
    expect(await standing(leaning)).toEqual(["resolved"]);
    await hand(395);
    expect(await standing(leaning)).toEqual(["open"]);
  });

  it("tells a contact that moved where it was and where it is", async () => {
    const id = await put(true);
    const contact = buildContact({ contactId: "a", queue: "sales", startMs: Date.parse("2026-11-12T09:00:00Z"), waitMs: 5000 });
    await stage.handIn(id, "calls", contactFile([contact]));
    await stage.handIn(id, "calls", contactFile([{ ...contact, queue: "Störung: 24/7", waitMs: 30_000 }]));
    const card = await only(id);
    expect(card.rows).toBe(1);
    expect(card.values.filter(({ counter }) => counter === "answered")).toEqual([
      { queue: "Störung: 24/7", startMs: contact.startMs, counter: "answered", old: null, new: "1" },
      { queue: "sales", startMs: contact.startMs, counter: "answered", old: "1", new: null },
    ]);
    expect(card.totals.find(({ counter }) => counter === "answered-within-20000")).toEqual({
      counter: "answered-within-20000",
      old: 1,
      new: 0,
    });
  });

  it("makes no card when it brings new rows and repeats only", async () => {
    const id = await put();
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-11-12", 100, 70));
    await stage.handIn(id, "calls", FEED_HEADER + row("2026-11-12", 100, 70) + row("2026-11-13", 100, 70));
    expect(await readRestatements(stage.redis, id)).toEqual([]);
  });

  it("tells what a value was before the file, although the file itself names it twice", async () => {
    const id = await put();
    const many = Array.from({ length: 600 }, (_, i) => {
      const at = new Date(Date.parse("2026-11-01T00:00:00Z") + i * 900_000).toISOString();
      return `${at.slice(0, 10)},${at.slice(11, 16)},100,100,0,70\n`;
    });
    await stage.handIn(id, "calls", FEED_HEADER + many.join(""));
    const twice = [many[0]?.replace(",70", ",71"), ...many.slice(1), many[0]?.replace(",70", ",72")].join("");
    expect((await stage.handIn(id, "calls", FEED_HEADER + twice)).counts.restated).toBe(1);
    expect((await only(id)).totals).toEqual([{ counter: "answered-within-20000", old: 70, new: 72 }]);
  });
});
