import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentsOf, verifySignature } from "../../server/cli/verify.ts";
import { openBundle } from "../../shared/ledger/bundle.ts";
import { verifyBundle } from "../../shared/ledger/verify-bundle.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import { putDocuments } from "../support/put-documents.ts";
import { wholeBundle } from "../support/record-history.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, contactFeed } from "../support/target-case.ts";
import { verifyBytes } from "../support/verify-bytes.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const HEADER = "id,start,queue,outcome,wait,handle,agent\n";
const row = (id: string, start: string): string => `${id},2026-01-19T${start}:00Z,sales,answered,9,100,Ana\n`;

describe("the record of an archive of several members, as log rotation makes them", () => {
  let stage: WorkerStage;
  let bundle: Uint8Array;
  beforeAll(async () => {
    stage = await startWorkerStage(Date.parse("2026-01-20T12:00:00Z"));
    const agreement = { ...buildAgreement({ id: "packed" }), timeZone: "UTC", targets: [buildTarget({ windows: ["day"] })] };
    await putDocuments(stage.redis, { agreement, feeds: [contactFeed({ agent: { column: "agent" } })], nowMs: stage.nowMs });
    const members = [HEADER + row("a", "09:00"), row("b", "09:15"), row("c", "23:45")].map((text) => gzipSync(text));
    const receipt = await stage.handIn("packed", "calls", Buffer.concat(members));
    expect(receipt).toMatchObject({ state: "applied", counts: { rows: 3, applied: 3 } });
    bundle = await wholeBundle(stage, "packed");
  });
  afterAll(async () => await stage?.stop());

  it("is whole where it is opened as the live system opens it", async () => {
    const verified = await verifyBytes(bundle);
    expect(verified.findings).toEqual([]);
    expect(verified.replayed).toMatchObject({ rows: 3, derived: 1 });
  });

  it("cannot be checked to its end by what a browser has, and is not called tampered with", async () => {
    const opened = await openBundle({ bytes: bundle.length, read: async (from, n) => bundle.subarray(from, from + n) });
    const startHash = () => createHash("sha256");
    const documents = documentsOf(opened);
    const verified = await verifyBundle({ bundle: opened, held: [], documents, sha256, startHash, verify: verifySignature });
    expect(verified.findings.map(({ severity, kind }) => [severity, kind])).toEqual([["incomplete", "receipt-settled"]]);
  });
});
