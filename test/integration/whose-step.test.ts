import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PartyActor } from "../../shared/settlement/party.ts";
import { addClaim, decideClaim, lapseClaims, readClaims } from "../../shared/store/claims.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { signVersion } from "../../shared/store/sign-version.ts";
import { readVersions } from "../../shared/store/versions.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { CLIENT, EXCLUSIONS, proposeNext, PROVIDER } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const DAY_MS = 86_400_000;
const FEED = intervalFeed(["answered", "abandoned", "answered-within-20000"], { timeZone: "UTC" });

describe("whose step it is", () => {
  let stage: WorkerStage;
  let agreements = 0;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function begin(): Promise<string> {
    const agreement = { ...buildAgreement({ id: `w-${agreements++}` }), timeZone: "UTC", exclusions: EXCLUSIONS, targets: [buildTarget()] };
    await putDocuments(stage.redis, { agreement, feeds: [FEED], nowMs: NOW });
    return agreement.id;
  }

  async function claim(agreementId: string, by: PartyActor, rest: { operationId?: string; evidence?: string } = {}) {
    const window = { fromMs: NOW - 2 * DAY_MS, toMs: NOW - DAY_MS };
    const demand = { agreementId, kind: "client-outage", targets: "all", ...window, evidence: "ticket", mitigation: "" } as const;
    return await addClaim(stage.redis, { ...demand, by, operationId: randomUUID(), nowMs: NOW, ...rest });
  }

  it("is said by the person, not by the operation's id alone: two who send the same one make two claims", async () => {
    const [id, operationId] = [await begin(), randomUUID()];
    const mine = await claim(id, PROVIDER, { operationId, evidence: "mine" });
    const theirs = await claim(id, CLIENT, { operationId, evidence: "theirs" });
    expect((await claim(id, PROVIDER, { operationId, evidence: "mine" })).id).toBe(mine.id);
    expect((await readClaims(stage.redis, id)).map((known) => [known.id, known.evidence])).toEqual([
      [theirs.id, "theirs"],
      [mine.id, "mine"],
    ]);
  });

  it("makes a version's second signature a second one, whatever its operation is called", async () => {
    const [id, operationId] = [await begin(), randomUUID()];
    const proposed = await proposeNext(stage.redis, id, NOW);
    for (const by of [CLIENT, PROVIDER]) await signVersion(stage.redis, { ...proposed, by, operationId });
    expect((await readVersions(stage.redis, id, NOW))[0]).toMatchObject({
      state: "signed",
      signatures: [{ by: CLIENT }, { by: PROVIDER }],
    });
  });

  it("is never that of one person for both sides, even if the person changes sides in between", async () => {
    const id = await begin();
    const turncoat: PartyActor = { ...CLIENT, party: "provider" };
    const proposed = await proposeNext(stage.redis, id, NOW);
    await signVersion(stage.redis, { ...proposed, by: CLIENT, operationId: randomUUID() });
    const signing = signVersion(stage.redis, { ...proposed, by: turncoat, operationId: randomUUID() });
    await expect(signing).rejects.toThrow("You have signed for the other side already.");
    const { id: claimId } = await claim(id, CLIENT);
    const decision = { agreementId: id, claimId, expectedSeq: 1, decision: "accepted" as const, accepted: [], note: "yes" };
    const deciding = decideClaim(stage.redis, { ...decision, by: turncoat, operationId: randomUUID(), nowMs: NOW });
    await expect(deciding).rejects.toThrow("You made this claim for the other side.");
  });

  it("is nobody's once the time is over: 450 claims lapse some hundred a tick", async () => {
    const id = await begin();
    for (let i = 0; i < 450; i++) await claim(id, PROVIDER);
    const stored = await readAgreement(stage.redis, id, NOW);
    if (stored === null) throw new Error("the agreement is there");
    const open = async (): Promise<number> => (await readClaims(stage.redis, id)).filter(({ state }) => state === "claimed").length;
    const late = NOW + 9 * DAY_MS;
    expect([await lapseClaims(stage.redis, stored, late), await open()]).toEqual([true, 250]);
    stage.nowMs = late;
    for (let i = 0; i < 2; i++) await tick(stage.parts, id);
    expect(await open()).toBe(0);
    expect(await stage.redis.scard(agreementKeys(id).dirty)).toBe(0);
  });
});
