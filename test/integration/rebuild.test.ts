import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { actOnAlert } from "../../shared/store/alerts.ts";
import { keepCheckpoint, readCheckpoints } from "../../shared/store/checkpoints.ts";
import { addClaim } from "../../shared/store/claims.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { Mirror } from "../../shared/store/mirror.ts";
import { closePeriod, readPeriods } from "../../shared/store/period-close.ts";
import { readReceipt } from "../../shared/store/receipts.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { readRestatements } from "../../shared/store/restatements.ts";
import { readSnapshot, readVerdicts } from "../../shared/store/snapshot.ts";
import { condenseMonths } from "../../workers/condense/condense.ts";
import { createMirrorRound } from "../../workers/deadlines/mirror-round.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { NotEmptyError, rebuild } from "../../workers/rebuild/rebuild.ts";
import { contactFile } from "../support/contact-file.ts";
import { buildContact } from "../support/contacts.ts";
import { quarterFile } from "../support/live-case.ts";
import { CLIENT, EXCLUSIONS, PROVIDER } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { wholeBundle } from "../support/record-history.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed, intervalFeed } from "../support/target-case.ts";
import { verifyBytes } from "../support/verify-bytes.ts";
import { until } from "../support/until.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-05T12:00:00Z");
const ID = "north";
const COUNTS = ["answered", "abandoned", "answered-within-20000"] as const;

let stage: WorkerStage;

beforeEach(async () => {
  stage = await startWorkerStage(NOW);
});
afterEach(() => stage.stop());

/** SHA-256 over every field of every key of facts and counters, by key. */
async function factsHash(redis: Redis): Promise<string> {
  const hash = createHash("sha256");
  for (const key of (await redis.keys(`{a:${ID}}:[IF]:*`)).toSorted()) {
    const fields = Object.entries(await redis.hgetallBuffer(key)).toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [field, value] of fields) hash.update(`${key}\0${field}\0`).update(value);
  }
  return hash.digest("hex");
}

async function everything(redis: Redis) {
  const keys = agreementKeys(ID);
  const [ledger, receipts, versions, claims, bySha, byKey, alerts, queues, verdicts] = await Promise.all([
    redis.lrangeBuffer(keys.ledger, 0, -1),
    redis.hgetall(keys.receipts),
    redis.hgetall(keys.versions),
    redis.hgetall(keys.claims),
    redis.hgetall(keys.bySha),
    redis.hgetall(keys.byIdempotencyKey),
    redis.hgetall(keys.alerts),
    redis.smembers(keys.queues("counts")),
    redis.hgetall(keys.verdicts),
  ]);
  return {
    ledger: ledger.map((item) => item.toString("base64")),
    receipts,
    versions,
    claims,
    bySha,
    byKey,
    alerts,
    queues: queues.toSorted(),
    verdicts,
    facts: await factsHash(redis),
    count: await redis.get(keys.receiptCount),
    doc: await redis.hgetall(keys.doc),
    feeds: await redis.hgetall(keys.feeds),
  };
}

const mirrorNow = async (): Promise<void> => await createMirrorRound(stage.parts).catchUp();

/** Contacts and intervals, a correction, a repeated file, one with a broken row, one refused whole, a claim, an alert taken on. */
async function live(): Promise<void> {
  const feeds = [contactFeed({ ignore: ["version"] }), intervalFeed(COUNTS, { id: "counts", timeZone: "UTC" })];
  const agreement = {
    ...buildAgreement({ id: ID }),
    timeZone: "UTC",
    exclusions: EXCLUSIONS,
    targets: [buildTarget({ id: "counted", feed: "counts", windows: ["day", "month"] }), buildTarget({ windows: ["day"] })],
  };
  await putDocuments(stage.redis, { agreement, feeds, nowMs: NOW - 3 * 86_400_000 });
  await stage.handIn(ID, "counts", quarterFile("2026-03-02T09:00", 50));
  await stage.handIn(ID, "calls", contactFile([buildContact(), buildContact({ contactId: "c2", waitMs: 40_000 })]));
  stage.nowMs += 60_000;
  await stage.handIn(ID, "counts", quarterFile("2026-03-02T09:00", 10));
  await stage.handIn(ID, "calls", contactFile([buildContact({ contactId: "c2", waitMs: 10_000 })]));
  await stage.handIn(ID, "counts", quarterFile("2026-03-03T10:00", 5).replace(/\n$/u, "\nnonsense,row\n"));
  await stage.handIn(ID, "counts", "no such columns\n1\n");
  const claim = {
    kind: "client-outage" as const,
    targets: "all" as const,
    fromMs: Date.parse("2026-03-02T09:00Z"),
    toMs: Date.parse("2026-03-02T10:00Z"),
    evidence: "Ticket 77",
    mitigation: "None",
    operationId: "op-claim",
  };
  await addClaim(stage.redis, { ...claim, agreementId: ID, by: PROVIDER, nowMs: stage.nowMs });
  await drive(stage.parts, ID);
  const shown = await readSnapshot(stage.redis, ID, stage.nowMs);
  const open = shown?.alerts.find(({ status }) => status !== "resolved");
  if (open !== undefined)
    await actOnAlert(stage.redis, {
      agreementId: ID,
      alertId: open.id,
      seenSeq: open.seq,
      act: { do: "acknowledge", note: "On it" },
      operationId: "op-ack",
      who: CLIENT,
      nowMs: stage.nowMs,
    });
  await drive(stage.parts, ID);
}

describe("a rebuild", () => {
  it("makes a lost Redis what it was: facts and counters bit for bit, ledger byte for byte, verdicts equal", async () => {
    await live();
    await mirrorNow();
    const before = await everything(stage.redis);
    expect(before.ledger.length).toBeGreaterThan(15);
    await stage.redis.flushall();
    const lines: string[] = [];
    const [report] = await rebuild(stage.parts, (line) => lines.push(line));
    expect(report).toMatchObject({ agreementId: ID, receipts: 6, lost: [], otherVerdicts: [] });
    expect(report?.equalVerdicts).toBeGreaterThan(0);
    expect(lines.length).toBeGreaterThan(5);
    const after = await everything(stage.redis);
    // Windows that are open today are judged besides, as the day's first tick does.
    expect(after.verdicts).toMatchObject(before.verdicts);
    expect({ ...after, verdicts: {} }).toEqual({ ...before, verdicts: {} });
    const stored = await readAgreement(stage.redis, ID, NOW);
    for (const { differences } of stored === null ? [] : await recountAgreement(stage.redis, stored)) expect(differences).toEqual([]);
    // The mirror goes on where it was, and the next file is the next receipt.
    const next = await stage.handIn(ID, "counts", quarterFile("2026-03-04T10:00", 7));
    expect([next.number, next.state]).toEqual([7, "applied"]);
    await mirrorNow();
    expect((await new Mirror(stage.parts.stateDir, stage.parts.keyRing, ID).read()).ledger.length).toBe(
      await stage.redis.llen(agreementKeys(ID).ledger),
    );
  });

  it("refuses a Redis that holds agreements", async () => {
    await live();
    await mirrorNow();
    await expect(rebuild(stage.parts, () => undefined)).rejects.toThrow(NotEmptyError);
  });

  it("says which receipt's bytes are gone, and rebuilds the others", async () => {
    await live();
    await mirrorNow();
    const first = await readReceipt(stage.redis, `${ID}.r1`);
    if (first === null) throw new Error("no receipt");
    await stage.rawFiles.remove(first);
    await stage.redis.flushall();
    const [report] = await rebuild(stage.parts, () => undefined);
    expect(report?.lost).toHaveLength(1);
    expect(report?.lost[0]).toContain("r1");
    expect((await readReceipt(stage.redis, `${ID}.r5`))?.counts.applied).toBeGreaterThan(0);
  });

  it("brings closed periods, their adjustments and the cards of corrections back, and a record that is whole", async () => {
    const money = {
      fees: { currency: "EUR", amount: "100000", per: "month" },
      credits: {
        period: "month",
        atRisk: "10 %",
        scheme: { kind: "allocation", categories: [{ id: "all", pool: "100 %", targets: { counted: "100 %" } }] },
      },
    };
    const targets = [buildTarget({ id: "counted", feed: "counts", windows: ["day", "month"] })];
    const agreement = Agreement.parse({ ...buildAgreement({ id: ID }), timeZone: "UTC", targets, ...money });
    await putDocuments(stage.redis, { agreement, feeds: [intervalFeed(COUNTS, { id: "counts", timeZone: "UTC" })], nowMs: NOW });
    await stage.handIn(ID, "counts", quarterFile("2026-02-10T09:00", 50));
    await closeAll();
    await stage.handIn(ID, "counts", quarterFile("2026-02-10T09:00", 1));
    await keepCheckpoint(stage.redis, stage.parts.keyRing, ID, NOW);
    const held = (await readCheckpoints(stage.redis, ID)).map(({ note }) => note);
    await mirrorNow();
    const [periods, cards, verdicts] = [await periodsNow(), await readRestatements(stage.redis, ID), await readVerdicts(stage.redis, ID)];
    expect(periods[0]).toMatchObject({ closing: { state: "closed" } });
    expect([periods[0]?.adjustments?.verdicts.length, cards.length, held.length]).toEqual([2, 1, 1]);
    await stage.redis.flushall();
    expect((await rebuild(stage.parts, () => undefined))[0]).toMatchObject({ lost: [], otherVerdicts: [] });
    expect(await periodsNow()).toEqual(periods);
    expect(await readRestatements(stage.redis, ID)).toEqual(cards);
    const isClosed = ({ window }: { window: { open: boolean } }): boolean => !window.open;
    expect((await readVerdicts(stage.redis, ID)).filter(isClosed)).toEqual(verdicts.filter(isClosed));
    expect((await verifyBytes(await wholeBundle(stage, ID), held)).findings).toEqual([]);
  });

  it("applies of a file that was set aside what had been applied of it, from the file and from its rows", async () => {
    const feed = intervalFeed(COUNTS, { id: "counts", timeZone: "UTC" });
    const targets = [buildTarget({ id: "counted", feed: "counts", windows: ["day"] })];
    await putDocuments(stage.redis, { agreement: { ...buildAgreement({ id: ID }), timeZone: "UTC", targets }, feeds: [feed], nowMs: NOW });
    const rows = Array.from({ length: 1300 }, (_, i) => {
      const start = new Date(Date.parse("2026-02-01T00:00Z") + i * 900_000).toISOString();
      return quarterFile(start.slice(0, 16), i % 9)
        .split("\n")[1]
        ?.replace(/$/u, i === 7 ? ",one cell too many" : "");
    });
    const header = quarterFile("2026-02-01T00:00", 1).split("\n")[0];
    const receipt = await stage.accept(ID, "counts", pieces([header, ...rows, ""].join("\n")));
    await expect(drive({ ...stage.parts, redis: dyingAfter(2) }, ID)).rejects.toThrow("taken down");
    expect(await stage.redis.hlen(agreementKeys(ID).chunks(1))).toBe(2);
    await stage.redis.hset(agreementKeys(ID).attempts, String(receipt.number), "3");
    await drive({ ...stage.anotherWorker(), owner: "two" }, ID);
    const settled = await stage.settled(receipt.id);
    expect(settled).toMatchObject({ state: "rejected" });
    expect(settled.counts.applied).toBeGreaterThan(400);
    expect(settled.counts.applied).toBeLessThan(1299);
    const before = await factsHash(stage.redis);
    for (const condensed of [false, true]) {
      if (condensed) await condenseMonths(stage.parts, ID, () => true);
      await mirrorNow();
      expect((await verifyBytes(await wholeBundle(stage, ID))).findings).toEqual([]);
      await stage.redis.flushall();
      expect((await rebuild(stage.parts, () => undefined))[0]).toMatchObject({ lost: [], otherVerdicts: [] });
      expect(await factsHash(stage.redis)).toBe(before);
    }
  });
});

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** The connection of a worker that is taken down in the middle of the file: when so many chunks of the first receipt are applied. */
function dyingAfter(applied: number): Redis {
  const redis = stage.redisServer.connect();
  const send = redis.sendCommand.bind(redis);
  const chunks = agreementKeys(ID).chunks(1);
  let sent = 0;
  const takenDown = async (): Promise<never> => {
    await until(async () => (await stage.redis.hlen(chunks)) === applied, "the chunks before are applied");
    throw new Error("taken down");
  };
  redis.sendCommand = (command, stream) => {
    // A script that Redis does not know yet is sent again by `eval`.
    const isTaken = command.name === "evalsha" && command.args.includes(chunks) && ++sent > applied;
    return isTaken ? takenDown() : send(command, stream);
  };
  return redis;
}

async function periodsNow() {
  const stored = await readAgreement(stage.redis, ID, NOW);
  return stored === null ? [] : await readPeriods(stage.redis, stored, NOW);
}

async function closeAll(): Promise<void> {
  for (const { id, figures } of await periodsNow())
    for (const by of [PROVIDER, CLIENT])
      await closePeriod(stage.redis, {
        agreementId: ID,
        periodId: id,
        by,
        sha256: figures.sha256,
        note: "",
        operationId: `${id}-${by.party}`,
        nowMs: NOW,
      });
}
