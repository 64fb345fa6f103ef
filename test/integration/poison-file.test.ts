import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Receipt } from "../../shared/protocol/receipt.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { acceptReceipt } from "../../shared/store/receipts.ts";
import { noteRefusal, refusalWaitMs } from "../../shared/store/refusals.ts";
import { blameSender } from "../../workers/ingest/blame-sender.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "../bench/interval-file.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

async function* once(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === "string" ? new TextEncoder().encode(content) : content;
}

describe("a file that takes its worker down every time", () => {
  let stage: WorkerStage;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "accord-poison-"));
    await writeFile(path.join(folder, "agreement.yaml"), benchAgreement("poison"));
    await writeFile(path.join(folder, "feed.yaml"), BENCH_FEED);
    stage = await startWorkerStage(Date.parse("2026-11-21T12:00:00Z"));
    await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
  });
  afterAll(async () => {
    await stage?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("is set aside after three attempts with the counts of what it had applied, and the next file goes on", async () => {
    const keys = agreementKeys("poison");
    const accepted = await stage.accept("poison", "intervals", once(intervalFile({ rows: 96, seed: 1, queues: 1, from: "2026-11-01" })));
    await stage.redis.hset(keys.attempts, String(accepted.number), "3");
    await stage.redis.hset(keys.chunks(accepted.number), "0", "40,0,0,0,40,0,0,0");
    await drive({ ...stage.parts, owner: randomUUID() }, "poison");
    const settled = await stage.settled(accepted.id);
    expect(settled).toMatchObject({ state: "rejected", attempts: 3, counts: { rows: 40, applied: 40 } });
    expect(settled.fileProblems[0]?.rule).toBe("processing-failed");
    // Whoever verifies the record must not take it for a file that was refused although it can be read.
    const entries = await stage.redis.lrange(keys.ledger, 0, -1);
    expect(entries.filter((entry) => entry.includes('"setAside":true'))).toHaveLength(1);
    const next = await stage.handIn("poison", "intervals", intervalFile({ rows: 96, seed: 2, queues: 1, from: "2026-11-02" }));
    expect(next).toMatchObject({ state: "applied", counts: { applied: 96 } });
  });

  it("counts against its sender, once; a small mistake does not", async () => {
    const { redis, rawFiles, nowMs, parts } = stage;
    const handedIn = { sender: "key:of-bombs", agreementId: "poison" };
    const bomb = gzipSync(Buffer.alloc(30_000_000, "\n"), { level: 9 });
    const send = async (bytes: string | Uint8Array): Promise<Receipt> => {
      const names = { feed: "intervals", filename: "f", idempotencyKey: randomUUID(), actor: handedIn.sender, acceptedFrom: "API key" };
      const file = await rawFiles.receive(once(bytes), { agreementId: "poison", nowMs, maxBytes: 1_000_000 });
      const { receipt } = await acceptReceipt(redis, { agreementId: "poison", ...file, ...names, nowMs });
      await drive(parts, "poison");
      return await stage.settled(receipt.id);
    };
    for (let i = 1; i < 10; i++) await noteRefusal(redis, handedIn, { occasion: `earlier ${i}`, nowMs });
    expect((await send("no, such, header\n1,2,3\n")).state).toBe("rejected");
    expect(await refusalWaitMs(redis, handedIn, nowMs)).toBe(0);
    const refused = await send(bomb);
    expect(refused.fileProblems[0]?.rule).toBe("too-large-to-open");
    await blameSender(parts, refused, refused.fileProblems);
    expect(await refusalWaitMs(redis, handedIn, nowMs)).toBe(300_000);
    expect(await refusalWaitMs(redis, handedIn, nowMs + 300_000)).toBe(0);
    expect(await refusalWaitMs(redis, { ...handedIn, sender: "key:another" }, nowMs)).toBe(0);
  });

  it("of thirty keys of one agreement together keeps them all out, and nobody of another", async () => {
    const { redis, nowMs } = stage;
    for (let i = 0; i < 30; i++)
      await noteRefusal(redis, { sender: `key:${i}`, agreementId: "many" }, { occasion: String(i), nowMs: nowMs + i });
    expect(await refusalWaitMs(redis, { sender: "key:new", agreementId: "many" }, nowMs + 1000)).toBe(299_000);
    expect(await refusalWaitMs(redis, { sender: "key:new", agreementId: "other" }, nowMs + 1000)).toBe(0);
    expect(await refusalWaitMs(redis, { sender: "person:new", agreementId: "many" }, nowMs + 1000)).toBe(0);
  });
});
