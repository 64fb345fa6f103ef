import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import { openEntry } from "../../shared/ledger/entry.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { addClaim, decideClaim, readClaims } from "../../shared/store/claims.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { acceptReceipt, latestReceipts, readReceipt } from "../../shared/store/receipts.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { signVersion } from "../../shared/store/sign-version.ts";
import { readEntries } from "../../shared/store/stream.ts";
import { readVersions } from "../../shared/store/versions.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { contactFile } from "../support/contact-file.ts";
import { buildContact } from "../support/contacts.ts";
import { type CuttingProxy, startCuttingProxy } from "../support/cutting-proxy.ts";
import { actAsLead } from "../support/test-alert.ts";
import { quarterFile } from "../support/live-case.ts";
import { CLIENT, EXCLUSIONS, proposeNext, PROVIDER } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-02T12:00:00Z");
const COUNTS = ["answered", "abandoned", "answered-within-20000"] as const;

/** What the ledger says of an agreement that was signed on paper. */
const PUT = ["agreement-version", "version-signed", "version-signed", "version-in-force"] as const;

const isOperation =
  (name: string) =>
  (request: string): boolean =>
    request.includes(`:op:${name}-`);
const isChunk = (request: string): boolean => request.includes(":chunks:") && !request.includes(":op:settle-");

describe("a reply that is lost: the command took effect once and is sent again", () => {
  let stage: WorkerStage;
  let proxy: CuttingProxy;
  let redis: Redis;
  let agreements = 0;

  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
    proxy = await startCuttingProxy(stage.redisServer);
    redis = proxy.connect();
    // Scripts that Redis knows already are executed at the first sending, which is what this is about.
    const id = await begin();
    await stage.handIn(id, "counts", quarterFile("2026-03-02T09:00", 50));
    await stage.handIn(id, "calls", contactFile([buildContact()]));
  });
  afterAll(async () => {
    await proxy?.stop();
    await stage?.stop();
  });

  async function begin(): Promise<string> {
    const id = `north-${agreements++}`;
    const feeds = [contactFeed({ ignore: ["version"] }), intervalFeed(COUNTS, { id: "counts", timeZone: "UTC" })];
    const agreement = {
      ...buildAgreement({ id }),
      timeZone: "UTC",
      exclusions: EXCLUSIONS,
      targets: [buildTarget({ id: "counted", feed: "counts", windows: ["day"] }), buildTarget({ windows: ["day"] })],
    };
    await putDocuments(stage.redis, { agreement, feeds, nowMs: NOW });
    return id;
  }

  async function accept(id: string, feed: string, text: string, through: Redis) {
    const received = await stage.rawFiles.receive(once(text), { agreementId: id, nowMs: NOW, maxBytes: 1_000_000 });
    return await acceptReceipt(through, {
      agreementId: id,
      feed,
      ...received,
      filename: "file",
      idempotencyKey: randomUUID(),
      actor: "k-1",
      acceptedFrom: "test",
      nowMs: NOW,
    });
  }

  async function ledgerOf(id: string): Promise<LedgerEntry["kind"][]> {
    const sealed = await stage.redis.lrangeBuffer(agreementKeys(id).ledger, 0, -1);
    return sealed.map((item) => openEntry(item, sha256).kind);
  }

  async function expectWholeStream(id: string): Promise<void> {
    const { entries } = await readEntries(stage.redis, id, 0, 10_000);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
    const texts = entries.map(({ event }) => JSON.stringify(event));
    expect(new Set(texts).size).toBe(texts.length);
  }

  async function losing(matches: (request: string) => boolean, work: () => Promise<void>): Promise<void> {
    const before = proxy.cuts;
    proxy.cutReplyTo(matches);
    await work();
    expect(proxy.cuts).toBe(before + 1);
  }

  it("of a hand-in makes one receipt and one ledger entry, and says that it was made", async () => {
    const id = await begin();
    await losing(isOperation("accept"), async () => {
      const { receipt, created } = await accept(id, "counts", quarterFile("2026-03-02T09:00", 50), redis);
      expect([receipt.number, created]).toEqual([1, true]);
    });
    expect((await latestReceipts(stage.redis, id, 10)).map(({ number }) => number)).toEqual([1]);
    expect(await ledgerOf(id)).toEqual([...PUT, "receipt-accepted"]);
    await expectWholeStream(id);
  });

  it.each([
    ["intervals", "counts", quarterFile("2026-03-02T09:00", 50)],
    ["contacts", "calls", contactFile([buildContact(), buildContact({ contactId: "c2", waitMs: 30_000 })])],
  ])("of a chunk of %s counts its rows once and calls none a duplicate", async (_, feed, text) => {
    const id = await begin();
    const { receipt } = await accept(id, feed, text, stage.redis);
    const rows = text.trimEnd().split("\n").length - 1;
    await losing(isChunk, async () => await drive({ ...stage.parts, redis }, id));
    expect(await readReceipt(stage.redis, receipt.id)).toMatchObject({
      state: "applied",
      counts: { rows, applied: rows, restated: 0, duplicate: 0 },
    });
    const stored = await readAgreement(stage.redis, id);
    expect(stored === null ? null : (await recountAgreement(stage.redis, stored)).flatMap(({ differences }) => differences)).toEqual([]);
    expect((await ledgerOf(id)).filter((kind) => kind === "receipt-settled").length).toBe(1);
    await expectWholeStream(id);
  });

  it("of a publication raises each alert once, with one transition, one ledger entry and one word on the stream", async () => {
    const id = await begin();
    await accept(id, "counts", quarterFile("2026-03-02T09:00", 50), stage.redis);
    await losing(isOperation("settle"), async () => await drive({ ...stage.parts, redis }, id));
    const snapshot = await readSnapshot(stage.redis, id, NOW);
    expect(snapshot?.alerts).toMatchObject([{ id: "counted.day.2026-03-02.1", seq: 1, history: [{ kind: "raised" }] }]);
    expect(await ledgerOf(id)).toEqual([...PUT, "receipt-accepted", "alert", "receipt-settled"]);
    await expectWholeStream(id);
  });

  it("of an acknowledgement acknowledges once and answers the person with what was done", async () => {
    const id = await begin();
    await stage.handIn(id, "counts", quarterFile("2026-03-02T09:00", 50));
    const alertId = "counted.day.2026-03-02.1";
    await losing(isOperation("act"), async () => {
      const alert = await actAsLead(redis, { agreementId: id, alertId, nowMs: NOW });
      expect(alert).toMatchObject({ status: "acknowledged", seq: 2, acknowledgement: { by: "Q. Lead", note: "on it" } });
    });
    expect((await ledgerOf(id)).filter((kind) => kind === "alert").length).toBe(2);
    await expectWholeStream(id);
  });

  it("of an acknowledgement that the person sends again is the same acknowledgement", async () => {
    const id = await begin();
    await stage.handIn(id, "counts", quarterFile("2026-03-02T09:00", 50));
    const input = { agreementId: id, alertId: "counted.day.2026-03-02.1", operationId: randomUUID(), nowMs: NOW };
    const all = await Promise.all([1, 2, 3].map(async () => await actAsLead(stage.anotherWorker().redis, input)));
    expect(all.map(({ seq, acknowledgement }) => [seq, acknowledgement?.by])).toEqual(Array.from({ length: 3 }, () => [2, "Q. Lead"]));
  });

  it("of the last act that an alert takes is answered as done, too", async () => {
    const id = await begin();
    await stage.handIn(id, "counts", quarterFile("2026-03-02T09:00", 50));
    const alertId = "counted.day.2026-03-02.1";
    const alert = (await readSnapshot(stage.redis, id, NOW))?.alerts.find((each) => each.id === alertId);
    if (alert === undefined) throw new Error("no alert was raised");
    const acts = Array.from(
      { length: 499 },
      (_, i) => ({ seq: i + 2, kind: "rated", atMs: NOW, by: "P", byId: "p", note: "noise" }) as const,
    );
    const busy = { ...alert, seq: 500, history: [...alert.history, ...acts] };
    const { alerts, alertSeq } = agreementKeys(id);
    await stage.redis.multi().hset(alerts, alertId, JSON.stringify(busy)).hset(alertSeq, alertId, 500).exec();
    const input = { agreementId: id, alertId, seenSeq: 500, operationId: randomUUID(), nowMs: NOW };
    for (const _ of [1, 2]) expect(await actAsLead(stage.redis, input)).toMatchObject({ seq: 501, status: "acknowledged" });
    const another = actAsLead(stage.redis, { ...input, seenSeq: 501, operationId: randomUUID() });
    await expect(another).rejects.toThrow("takes no more");
  });

  it("of a signature signs once, and a worker puts the version in force", async () => {
    const id = await begin();
    const version = await proposeNext(stage.redis, id, NOW);
    await signVersion(stage.redis, { ...version, by: CLIENT, operationId: randomUUID() });
    await losing(isOperation("sign"), async () => {
      const signed = await signVersion(redis, { ...version, by: PROVIDER, operationId: randomUUID() });
      expect(signed).toMatchObject({ state: "signed", signatures: [{ by: CLIENT }, { by: PROVIDER }] });
    });
    await losing(isOperation("activate"), async () => await drive({ ...stage.parts, redis }, id));
    expect(await readVersions(stage.redis, id, NOW)).toMatchObject([{ version: 2, state: "in-force", seq: 4 }, { version: 1 }]);
    expect(await ledgerOf(id)).toEqual([...PUT, "version-proposed", "version-signed", "version-signed", "version-in-force"]);
    const states = (await readEntries(stage.redis, id, 0, 100)).entries.flatMap(({ event }) =>
      event.kind === "version:changed" ? [event.state] : [],
    );
    expect(states).toEqual(["proposed", "proposed", "signed", "in-force"]);
  });

  it("of a claim makes one claim, and of its decision one decision", async () => {
    const id = await begin();
    const operationId = randomUUID();
    const window = { fromMs: NOW - 7_200_000, toMs: NOW - 3_600_000 };
    const demand = { agreementId: id, kind: "client-outage", targets: "all", ...window, evidence: "ticket 7", mitigation: "" } as const;
    await losing(isOperation("claim"), async () => {
      const claim = await addClaim(redis, { ...demand, by: PROVIDER, operationId, nowMs: NOW });
      expect(claim).toMatchObject({ id: "c1", state: "claimed", seq: 1 });
    });
    expect((await addClaim(stage.redis, { ...demand, by: PROVIDER, operationId, nowMs: NOW + 1 })).id).toBe("c1");
    await losing(isOperation("claim"), async () => {
      const decision = { expectedSeq: 1, decision: "accepted", note: "agreed" } as const;
      const decided = await decideClaim(redis, {
        agreementId: id,
        claimId: "c1",
        ...decision,
        accepted: [],
        by: CLIENT,
        operationId,
        nowMs: NOW,
      });
      expect(decided).toMatchObject({ state: "accepted", seq: 2 });
    });
    expect((await readClaims(stage.redis, id)).map(({ steps }) => steps.length)).toEqual([2]);
    expect(await ledgerOf(id)).toEqual([...PUT, "claim", "claim"]);
    await expectWholeStream(id);
  });

  it("two files that race for a number get one each, the same bytes in two feeds included", async () => {
    const id = await begin();
    const text = quarterFile("2026-03-02T09:00", 50);
    const through = stage.anotherWorker().redis;
    const results = await Promise.all([
      accept(id, "counts", text, stage.redis),
      accept(id, "calls", text, through),
      accept(id, "counts", quarterFile("2026-03-02T09:15", 50), redis),
    ]);
    expect(results.map(({ created }) => created)).toEqual([true, true, true]);
    expect(results.map(({ receipt }) => receipt.number).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    const stored = await latestReceipts(stage.redis, id, 10);
    expect(stored.map(({ feedId }) => feedId).toSorted()).toEqual([`${id}.calls`, `${id}.counts`, `${id}.counts`]);
    expect((await ledgerOf(id)).filter((kind) => kind === "receipt-accepted").length).toBe(3);
  });
});

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
