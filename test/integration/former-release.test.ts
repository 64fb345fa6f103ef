import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAgreements, readAgreement, readListed } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { recountAgreement } from "../../shared/store/recount.ts";
import { readSnapshot, readVerdicts } from "../../shared/store/snapshot.ts";
import { readVersions } from "../../shared/store/versions.ts";
import { sweep } from "../../workers/deadlines/rounds.ts";
import { contactFile } from "../support/contact-file.ts";
import { buildContact } from "../support/contacts.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-20T12:00:00Z");

const CALLS = Array.from({ length: 200 }, (_, i) =>
  buildContact({
    contactId: `c${i}`,
    queue: "cards",
    startMs: NOW - (i + 1) * 3_600_000,
    outcome: i % 9 === 0 ? "abandoned" : "answered",
    waitMs: (i % 40) * 1000,
  }),
);

describe("data of the release before agreements had versions", () => {
  let stage: WorkerStage;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  /** Keeps an agreement as the former release did: one document, contacts counted in another order, verdicts with fewer fields. */
  async function turnBack(id: string): Promise<void> {
    const { redis } = stage;
    const keys = agreementKeys(id);
    const record = JSON.parse((await redis.hget(keys.versions, "1")) ?? "{}");
    await redis.hset(keys.doc, "agreement", JSON.stringify(record.agreement), "text", record.text);
    await redis.hdel(keys.doc, "stamp", "pending");
    await redis.del(keys.versions, keys.days("service-level", 1));
    for (const key of await redis.keys(`${keys.interval("calls", "cards", "").slice(0, -1)}*`)) {
      for (const field of await redis.hkeys(key)) await redis.hset(key, field, Buffer.from([0x00, 0x92, 0x01, 0x01]));
    }
    for (const field of await redis.hkeys(keys.verdicts)) await redis.hset(keys.verdicts, field, '{"targetId":"service-level"}');
  }

  it("is adopted by a worker with every verdict as it was, and nothing of it is shown before", async () => {
    const agreement = { ...buildAgreement({ id: "former" }), timeZone: "UTC", targets: [buildTarget({ windows: ["day", "month"] })] };
    await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ ignore: ["version"] })], nowMs: NOW });
    await stage.handIn("former", "calls", contactFile(CALLS));
    const before = await readVerdicts(stage.redis, "former");
    expect(before.length).toBeGreaterThan(9);
    await turnBack("former");

    expect(await readSnapshot(stage.redis, "former", NOW)).toBeNull();
    expect(await readListed(stage.redis, "former", NOW)).toMatchObject({ waits: true, agreement: { name: agreement.name } });
    expect(await listAgreements(stage.redis)).toContain("former");

    await sweep(stage.parts);
    expect(await readVerdicts(stage.redis, "former")).toEqual(before);
    const [version] = await readVersions(stage.redis, "former", NOW);
    expect(version).toMatchObject({ version: 1, state: "in-force", signatures: [{ onPaper: true }, { onPaper: true }] });
    const stored = await readAgreement(stage.redis, "former", NOW);
    if (stored === null) throw new Error("the agreement is gone");
    expect((await recountAgreement(stage.redis, stored)).map(({ differences }) => differences)).toEqual([[]]);
    expect(await readSnapshot(stage.redis, "former", NOW)).not.toBeNull();

    const ledger = await stage.redis.llen(agreementKeys("former").ledger);
    await sweep(stage.parts);
    expect(await stage.redis.llen(agreementKeys("former").ledger)).toBe(ledger);
  });
});
