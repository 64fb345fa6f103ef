import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import { openEntry } from "../../shared/ledger/entry.ts";
import { readAgreement, readListed } from "../../shared/store/agreements.ts";
import { endVersion } from "../../shared/store/end-version.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { proposeVersion } from "../../shared/store/propose-version.ts";
import { putAgreement } from "../../shared/store/put-agreement.ts";
import { sha256, sha256Hex } from "../../shared/store/sha256.ts";
import { signVersion } from "../../shared/store/sign-version.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { readVersions } from "../../shared/store/versions.ts";
import { sweep } from "../../workers/deadlines/rounds.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { quarterFile } from "../support/live-case.ts";
import { CLIENT, proposeNext, PROVIDER, signNext } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { ADMINISTRATOR, buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const FEED = intervalFeed(["answered", "abandoned", "answered-within-20000"], { timeZone: "UTC" });

describe("versions of an agreement", () => {
  let stage: WorkerStage;
  let agreements = 0;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  function document(): Agreement {
    return { ...buildAgreement({ id: `v-${agreements++}` }), timeZone: "UTC", targets: [buildTarget()] };
  }

  async function begin(): Promise<Agreement> {
    const agreement = document();
    await putDocuments(stage.redis, { agreement, feeds: [FEED], nowMs: NOW });
    return agreement;
  }

  async function propose(agreement: Agreement, operationId = randomUUID()): Promise<unknown> {
    const input = {
      agreementId: agreement.id,
      agreement,
      text: JSON.stringify(agreement),
      findings: [],
      by: CLIENT,
      operationId,
      nowMs: NOW,
    };
    return await proposeVersion(stage.redis, input);
  }

  const step = (agreementId: string, version: number) => ({ agreementId, version, operationId: randomUUID(), nowMs: NOW });

  it("put with signatures on paper is in force at once, signed by both, with the date that was attested", async () => {
    const { id } = await begin();
    const [version] = await readVersions(stage.redis, id, NOW);
    const signed = { onPaper: true, atMs: Date.parse("2025-12-01T00:00:00Z") };
    expect(version).toMatchObject({ version: 1, state: "in-force", term: { from: "2026-01-01", to: null } });
    expect(version?.signatures).toMatchObject([
      { ...signed, by: { name: "C. Lient", party: "client" } },
      { ...signed, by: { name: "P. Rovider", party: "provider" } },
    ]);
  });

  it("put without them waits: it is listed, has no state to show, and is in force when both have signed", async () => {
    const agreement = document();
    const text = JSON.stringify(agreement);
    const input = { agreement, feeds: [FEED], agreementText: text, feedTexts: [JSON.stringify(FEED)], by: ADMINISTRATOR, nowMs: NOW };
    await putAgreement(stage.redis, { ...input, signedOnPaper: null });
    const { id } = agreement;
    expect(await readListed(stage.redis, id, NOW)).toMatchObject({ agreement: { id }, waits: true });
    expect([await readAgreement(stage.redis, id, NOW), await readSnapshot(stage.redis, id, NOW)]).toEqual([null, null]);
    await tick(stage.parts, id);
    for (const by of [PROVIDER, CLIENT]) await signVersion(stage.redis, { ...step(id, 1), by, sha256: sha256Hex(text) });
    await tick(stage.parts, id);
    expect(await readListed(stage.redis, id, NOW)).toMatchObject({ waits: false });
    expect(await readAgreement(stage.redis, id, NOW)).toMatchObject({ sinceMs: NOW, stamp: "1" });
    expect(await stage.handIn(id, "calls", quarterFile("2026-03-02T09:00", 50))).toMatchObject({ state: "applied" });
  });

  it("are proposed one at a time, under the next number, which is spent when it is declined or withdrawn", async () => {
    const agreement = await begin();
    const { id } = agreement;
    await expect(propose({ ...agreement, version: 3 })).rejects.toThrow("The next version is 2, not 3.");
    await proposeNext(stage.redis, id, NOW);
    await expect(propose({ ...agreement, version: 3 })).rejects.toThrow("Version 2 is proposed and waits for signatures.");
    await endVersion(stage.redis, { ...step(id, 2), by: PROVIDER, note: "too dear" });
    await expect(propose({ ...agreement, version: 2 })).rejects.toThrow("The next version is 3, not 2.");
    await proposeNext(stage.redis, id, NOW);
    await endVersion(stage.redis, { ...step(id, 3), by: CLIENT, note: "a mistake" });
    expect((await readVersions(stage.redis, id, NOW)).map(({ version, state }) => [version, state])).toEqual([
      [3, "withdrawn"],
      [2, "declined"],
      [1, "in-force"],
    ]);
    expect((await readSnapshot(stage.redis, id, NOW))?.pendingVersions).toEqual([]);
  });

  it("keep the agreement's id, zone and intervals, and can be compiled", async () => {
    const agreement = await begin();
    const next = { ...agreement, version: 2 };
    const unfit = [buildTarget({ expected: "20 s" })];
    await expect(propose({ ...next, targets: unfit })).rejects.toMatchObject({ code: "bad-request" });
    const changed = [{ timeZone: "Europe/Lisbon" }, { intervalMinutes: 30 as const }];
    for (const change of changed) await expect(propose({ ...next, ...change })).rejects.toMatchObject({ code: "bad-request" });
    await expect(
      proposeVersion(stage.redis, { ...step(agreement.id, 2), agreement: { ...next, id: "other" }, text: "", findings: [], by: CLIENT }),
    ).rejects.toMatchObject({ code: "bad-request" });
  });

  it("are signed once by each side, over the text that was read", async () => {
    const { id } = await begin();
    const proposed = await proposeNext(stage.redis, id, NOW);
    const by = PROVIDER;
    await expect(signVersion(stage.redis, { ...step(id, 2), by, sha256: "0".repeat(64) })).rejects.toMatchObject({ code: "conflict" });
    expect(await signVersion(stage.redis, { ...proposed, ...step(id, 2), by })).toMatchObject({ state: "proposed", seq: 2 });
    expect((await readSnapshot(stage.redis, id, NOW))?.pendingVersions).toEqual([{ version: 2, state: "proposed" }]);
    await expect(signVersion(stage.redis, { ...proposed, ...step(id, 2), by })).rejects.toThrow("P. Rovider has signed for the provider");
    await signVersion(stage.redis, { ...proposed, ...step(id, 2), by: CLIENT });
    await expect(endVersion(stage.redis, { ...step(id, 2), by, note: "wait" })).rejects.toThrow("Version 2 is signed.");
  });

  it("two signers at the same moment both sign, and the same click sent again is the same signature", async () => {
    const { id } = await begin();
    const proposed = await proposeNext(stage.redis, id, NOW);
    const [first, second] = [stage.anotherWorker().redis, stage.anotherWorker().redis];
    const mine = { ...proposed, ...step(id, 2), by: CLIENT };
    await Promise.all([
      signVersion(first, mine),
      signVersion(second, { ...proposed, ...step(id, 2), by: PROVIDER }),
      signVersion(stage.redis, mine),
    ]);
    const [version] = await readVersions(stage.redis, id, NOW);
    expect(version).toMatchObject({ state: "signed", seq: 3 });
    expect(version?.signatures.map(({ by }) => by.party).toSorted()).toEqual(["client", "provider"]);
    const ledger = (await stage.redis.lrangeBuffer(agreementKeys(id).ledger, 0, -1)).map((item) => openEntry(item, sha256));
    expect(ledger.filter(({ kind }) => kind === "version-signed").length).toBe(2 + 2);
  });

  it("are put in force by the sweep although every hint was lost", async () => {
    const { id } = await begin();
    await signNext(stage.redis, id, NOW, { effectiveFrom: "2026-03-01" });
    await sweep(stage.parts);
    expect((await readVersions(stage.redis, id, NOW)).map(({ state, term }) => [state, term])).toEqual([
      ["in-force", { from: "2026-03-01", to: null }],
      ["in-force", { from: "2026-01-01", to: "2026-02-28" }],
    ]);
  });
});
