import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContactRow } from "../../shared/feeds/canonical.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readNamedFacts } from "../../shared/store/record-facts.ts";
import { readShelf, shelfKey } from "../../shared/store/record-shelf.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { contactFile } from "../support/contact-file.ts";
import { buildContact } from "../support/contacts.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-20T12:00:00Z");
const FEED = "calls";
const QUEUES = ["cards", "loans", "Störung: 24/7"];

function calls(from: number, to: number): ContactRow[] {
  return Array.from({ length: to - from }, (_, k) => {
    const i = from + k;
    const startMs = NOW - 86_400_000 * (1 + (i % 10)) - (i % 3600) * 1000;
    return buildContact({ contactId: `call-${i}`, queue: QUEUES[i % 3] ?? "", startMs, waitMs: (i % 90) * 1000 });
  });
}

describe("where facts lie", () => {
  let stage: WorkerStage;
  let stored: StoredAgreement;
  let of: { agreementId: string; feed: string };
  let next = 0;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function put(): Promise<void> {
    const id = `layout-${next++}`;
    const queue = { column: "queue", known: [], unknown: "keep-with-warning" as const };
    const feed = contactFeed({ id: FEED, queue, ignore: ["version"] });
    await putDocuments(stage.redis, { agreement: { ...buildAgreement({ id }), targets: [buildTarget()] }, feeds: [feed], nowMs: NOW });
    const found = await readAgreement(stage.redis, id, NOW);
    if (found === null) throw new Error("no agreement");
    stored = found;
    of = { agreementId: id, feed: FEED };
  }

  const handIn = async (rows: readonly ContactRow[]) => (await stage.handIn(of.agreementId, FEED, contactFile(rows))).counts;

  /** Facts by name, in the order in which they are met. */
  async function known(): Promise<[string, string][]> {
    const facts = (await Array.fromAsync(readNamedFacts(stage.redis, of.agreementId, FEED))).flat();
    return facts.map(({ name, bytes }) => [Buffer.from(name).toString("hex"), Buffer.from(bytes).toString("hex")]);
  }

  async function expectWhole(facts: number): Promise<void> {
    expect(await recountAgreement(stage.redis, stored)).toMatchObject([{ facts, differences: [] }]);
    expect(new Set((await known()).map(([name]) => name)).size).toBe(facts);
  }

  const hashKeys = async (): Promise<string[]> => await stage.redis.keys(agreementKeys(of.agreementId).records(FEED, "n*"));

  /** Puts facts back as a former release kept them: as packed, in one of 4,096 hashes by the beginning of their name. */
  async function turnBack(of: readonly [string, string][]): Promise<void> {
    const bucket = (name: string): string => agreementKeys(stored.agreement.id).records(FEED, name.slice(0, 3));
    for (const [name, bytes] of of) await stage.redis.hset(bucket(name), Buffer.from(name, "hex"), Buffer.from(bytes, "hex"));
  }

  it("the number of hashes follows the facts, and each stays compact", async () => {
    await put();
    await handIn(calls(0, 40));
    expect(await hashKeys()).toHaveLength(1);
    await handIn(calls(20, 2400));
    const keys = await hashKeys();
    expect(keys).toHaveLength(24);
    expect(new Set(await Promise.all(keys.map(async (key) => await stage.redis.object("ENCODING", key))))).toEqual(new Set(["listpack"]));
    expect(await readShelf(stage.redis, of)).toMatchObject({ hashes: 24, facts: 2400, adopted: null });
    await expectWhole(2400);
    expect(await handIn(calls(0, 2400))).toMatchObject({ rows: 2400, applied: 0, duplicate: 2400 });
    const sizes = await Promise.all([...keys, shelfKey(of)].map(async (key) => await stage.redis.memory("USAGE", key, "SAMPLES", 0)));
    expect(sizes.reduce((sum: number, size) => sum + (size ?? 0), 0) / 2400).toBeLessThanOrEqual(40);
  });

  it("who reads while hashes divide meets every fact that was there once", async () => {
    await put();
    await handIn(calls(0, 4000));
    const before = new Set((await known()).map(([name]) => name));
    const met: string[] = [];
    let grown = 4000;
    for await (const some of readNamedFacts(stage.redis, of.agreementId, FEED)) {
      met.push(...some.map(({ name }) => Buffer.from(name).toString("hex")));
      await handIn(calls(grown, (grown += 1500)));
    }
    expect(grown).toBeGreaterThan(6000);
    expect(met.length).toBe(new Set(met).size);
    expect(met.filter((name) => before.has(name))).toHaveLength(4000);
  });

  it("who reads while the store is emptied comes to an end", async () => {
    const reading = readNamedFacts(stage.redis, of.agreementId, FEED);
    await reading.next();
    await stage.redis.del(shelfKey(of), ...(await hashKeys()));
    expect((await Array.fromAsync(reading)).flat()).toEqual([]);
  });

  it("facts of a former release are read where they are, and taken over by the next file", async () => {
    await put();
    const rows = calls(0, 300);
    await handIn(rows);
    const facts = await known();
    await stage.redis.del(...(await hashKeys()), shelfKey(of));
    await turnBack(facts);
    await expectWhole(300);
    expect(new Map(await known())).toEqual(new Map(facts));

    const moved = { ...rows[0], ...buildContact({ contactId: "call-0", queue: "loans", startMs: NOW - 3_600_000 }) };
    expect(await handIn([moved, ...rows.slice(1)])).toMatchObject({ rows: 300, applied: 1, restated: 1, duplicate: 299 });
    await expectWhole(300);
    expect(await readShelf(stage.redis, of)).toMatchObject({ hashes: 3, facts: 300, adopted: null });
    expect(await stage.redis.keys(agreementKeys(of.agreementId).records(FEED, "[0-9a-f][0-9a-f][0-9a-f]"))).toEqual([]);
  });

  it("a worker that died while it took facts over leaves them readable, and the next one goes on", async () => {
    await put();
    const rows = calls(0, 300);
    await handIn(rows);
    const facts = await known();
    const half = facts.slice(0, 150);
    await turnBack(half);
    for (const key of await hashKeys()) await stage.redis.hdel(key, ...half.map(([name]) => Buffer.from(name, "hex")));
    await stage.redis.hset(shelfKey(of), "facts", 150, "adopted", 1);
    await expectWhole(300);
    expect(await handIn([...rows].reverse())).toMatchObject({ rows: 300, applied: 0, duplicate: 300 });
    await expectWhole(300);
    expect(await readShelf(stage.redis, of)).toMatchObject({ facts: 300, adopted: null });
  });
});
