import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreementKeys } from "../../shared/store/keys.ts";
import { RawFiles } from "../../shared/store/raw-files.ts";
import { DiskRawStore, type RawStore } from "../../shared/store/raw-store.ts";
import { acceptReceipt } from "../../shared/store/receipts.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement, buildFeed, FEED_HEADER } from "../support/sample-agreement.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const ID = "north";
type Step = "before it is kept" | "after it is kept" | "after it is accepted";

let stage: WorkerStage;
let folder = "";

beforeAll(async () => {
  stage = await startWorkerStage(NOW);
  folder = await mkdtemp(path.join(tmpdir(), "accord-kept-"));
  await putDocuments(stage.redis, { agreement: buildAgreement({ id: ID }), feeds: [buildFeed()], nowMs: NOW });
});
afterAll(async () => {
  await stage?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A store on disk that dies once, on either side of the step that makes a file durable. */
class DyingStore extends DiskRawStore implements RawStore {
  dies: Step | null = null;

  override async keep(part: string, name: string): Promise<void> {
    if (this.dies === "before it is kept") throw new Error("killed");
    await super.keep(part, name);
    if (this.dies === "after it is kept") throw new Error("killed");
  }
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe("a hand-in that is cut short", () => {
  it.each<Step>(["before it is kept", "after it is kept", "after it is accepted"])(
    "%s is one receipt when it is repeated",
    async (step) => {
      const store = new DyingStore(path.join(folder, "raw"));
      const files = new RawFiles(folder, stage.parts.keyRing, store);
      const text = `${FEED_HEADER}2026-11-20,08:00,${step.length},1,0,1\n`;
      const count = async (): Promise<number> => Number((await stage.redis.get(agreementKeys(ID).receiptCount)) ?? "0");
      const before = await count();
      const handIn = async () => {
        const received = await files.receive(once(text), { agreementId: ID, nowMs: NOW, maxBytes: 1_000_000 });
        const named = { filename: "file", idempotencyKey: step.replaceAll(" ", "-"), actor: "k-1", acceptedFrom: "test", nowMs: NOW };
        const accepted = await acceptReceipt(stage.redis, { agreementId: ID, feed: "calls", ...received, ...named });
        if (store.dies !== null) throw new Error("killed");
        return accepted.receipt;
      };
      store.dies = step;
      await expect(handIn()).rejects.toThrow("killed");
      expect(await count()).toBe(before + (step === "after it is accepted" ? 1 : 0));
      store.dies = null;
      const receipt = await handIn();
      expect([receipt.number, await count()]).toEqual([before + 1, before + 1]);
      expect(Buffer.concat(await Array.fromAsync(files.open(receipt))).toString()).toBe(text);
      expect((await readdir(path.join(folder, "raw"))).filter((name) => name.endsWith(".part"))).toEqual([]);
    },
  );
});
