import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import { Verdict } from "../../shared/agreement/verdict.ts";
import { Variants } from "../../shared/protocol/compare.ts";
import { VersionView } from "../../shared/protocol/version.ts";
import { ExclusionClaim } from "../../shared/settlement/claim.ts";
import { Settlement } from "../../shared/settlement/settlement.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import type { HttpClient } from "../support/http-client.ts";
import { quarterFile } from "../support/live-case.ts";
import { EXCLUSIONS } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { addTestPerson, signedIn } from "../support/stage.ts";
import { buildTarget, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const FEED = intervalFeed(["answered", "abandoned", "answered-within-20000"], { timeZone: "UTC" });
const BASE = "/api/v1/agreements/odd";
const LEFT = buildTarget({ id: "left", name: "<script>alert(1)</script>", expected: "60 %" });

function document(): Agreement {
  return {
    ...buildAgreement({ id: "odd", exclusions: EXCLUSIONS }),
    timeZone: "UTC",
    fees: { currency: "EUR", amount: "1000", per: "month" },
    credits: {
      period: "month",
      atRisk: "10 %",
      peaks: [],
      scheme: { kind: "allocation", categories: [{ id: "all", pool: "100 %", targets: { "service-level": "100 %" } }] },
    },
    targets: [buildTarget(), LEFT],
  };
}

describe("an agreement whose people try everything", () => {
  let server: TestServer;
  let stage: WorkerStage;
  let client: HttpClient;
  let provider: HttpClient;
  let version = 1;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
    server = await startServer({ redisServer: stage.redisServer, clock: () => stage.nowMs });
    for (const id of ["odd", "other"]) await putDocuments(stage.redis, { agreement: { ...document(), id }, feeds: [FEED], nowMs: NOW });
    for (const day of ["2026-03-02", "2026-03-04"]) await stage.handIn("odd", "calls", quarterFile(`${day}T09:00`, 50));
    await addTestPerson(server, "c", [
      { agreementId: "other", role: "provider" },
      { agreementId: "odd", role: "client-manager" },
    ]);
    await addTestPerson(server, "p", [
      { agreementId: "other", role: "client-manager" },
      { agreementId: "odd", role: "provider" },
    ]);
    [client, provider] = [await signedIn(server, "c"), await signedIn(server, "p")];
  });
  afterAll(async () => {
    await server?.stop();
    await stage?.stop();
  });

  async function agree(changes: Partial<Agreement>): Promise<VersionView> {
    version++;
    const text = JSON.stringify({ ...document(), version, reason: "because", ...changes });
    const proposed = (await client.post(`${BASE}/versions`, { text, operationId: randomUUID() })).as(VersionView);
    const sign = async (person: HttpClient, sha256: string) =>
      await person.post(`${BASE}/versions/${version}/sign`, { sha256, operationId: randomUUID() });
    expect((await sign(provider, "0".repeat(64))).status).toBe(409);
    expect((await sign(provider, proposed.sha256)).as(VersionView).signatures).toMatchObject([{ by: { party: "provider" } }]);
    expect((await sign(provider, proposed.sha256)).error().message).toContain("has signed for the provider already");
    expect((await sign(client, proposed.sha256)).as(VersionView)).toMatchObject({ state: "signed" });
    const next = { text: text.replace(`"version":${version}`, `"version":${version + 1}`), operationId: randomUUID() };
    expect((await provider.post(`${BASE}/versions`, next)).error().message).toContain("is signed and about to be in force");
    await tick(stage.parts, "odd");
    expect(await stage.redis.scard(agreementKeys("odd").dirty)).toBe(0);
    const found = (await client.get(`${BASE}/versions`)).as(z.array(VersionView))[0];
    if (found === undefined) throw new Error("the version is listed");
    return found;
  }

  const verdicts = async (): Promise<Verdict[]> => (await client.get(`${BASE}/verdicts`)).as(z.array(Verdict));
  const settlement = async (): Promise<Settlement> => (await client.get(`${BASE}/settlement`)).as(Settlement);

  it.each([
    ["9999-11-01", undefined, 1],
    ["0001-01-01", undefined, 3],
    ["0001-01-01", "9999-12-31", 4],
  ])("is in force from %s to %s within a tick, and only days with data are judged again", async (effectiveFrom, effectiveTo, governs) => {
    const view = await agree({ effectiveFrom, ...(effectiveTo === undefined ? {} : { effectiveTo }) });
    expect(view).toMatchObject({ state: "in-force", term: { from: effectiveFrom, to: effectiveTo ?? null } });
    const day = (await verdicts()).find(({ window }) => window.kind === "day" && window.start === "2026-03-02");
    expect(day).toMatchObject({ version: governs, status: "missed" });
    expect((await settlement()).periods).toMatchObject([{ version: governs, open: true, atStake: 10_000, credit: 0 }]);
  });

  it("may lose all targets but one, and its money with them", async () => {
    await agree({ effectiveFrom: "2026-03-03", targets: [LEFT], credits: undefined });
    const found = (await verdicts()).filter(({ window, status }) => window.kind === "day" && status !== "not-counted");
    expect(found.map(({ targetId, version: by, window }) => [targetId, by, window.start])).toEqual(
      expect.arrayContaining([
        ["service-level", 4, "2026-03-02"],
        ["left", 5, "2026-03-04"],
      ]),
    );
    expect(found.some(({ targetId, window }) => targetId === "service-level" && window.start >= "2026-03-03")).toBe(false);
    expect((await settlement()).periods.map(({ version: by, atRisk }) => [by, atRisk > 0])).toEqual([
      [4, true],
      [5, false],
    ]);
  });

  it("answers for a span of 400 days and no more", async () => {
    const ask = async (from: string, to: string) => await client.get(`${BASE}/targets/left/variants?kind=day&from=${from}&to=${to}`);
    expect((await ask("2025-03-01", "2026-03-04")).as(Variants).rows.length).toBe(8);
    for (const [from, to] of [
      ["2025-01-01", "2026-03-04"],
      ["0001-01-01", "9999-12-31"],
      ["2026-03-04", "2026-03-01"],
    ] as const)
      expect((await ask(from, to)).status).toBe(400);
  });

  it("takes a claim of all its time, decided once; what came of it cannot be taken back", async () => {
    const demand = { kind: "client-outage", targets: "all", fromMs: 0, toMs: NOW, evidence: "\u202E<script>", mitigation: "" };
    const claim = (await provider.post(`${BASE}/claims`, { ...demand, operationId: randomUUID() })).as(ExclusionClaim);
    await tick(stage.parts, "odd");
    const step = async (person: HttpClient, name: string, body: object) =>
      await person.post(`${BASE}/claims/${claim.id}/${name}`, { expectedSeq: 1, note: "so", operationId: randomUUID(), ...body });
    expect((await step(provider, "decide", { decision: "accepted" })).status).toBe(409);
    const [decided] = await Promise.all([step(client, "decide", { decision: "accepted" }), tick(stage.parts, "odd")]);
    expect(decided.as(ExclusionClaim).state).toBe("accepted");
    expect((await step(provider, "withdraw", { expectedSeq: 2 })).error().message).toContain("already accepted");
    await tick(stage.parts, "odd");
    const days = (await verdicts()).filter(({ window }) => window.kind === "day" && ["2026-03-02", "2026-03-04"].includes(window.start));
    const counted = days.filter(({ recomputed }) => recomputed !== null);
    expect(counted.length).toBe(3);
    for (const { recomputed, value, ifAllAccepted } of counted)
      expect([recomputed?.value ?? null, value, ifAllAccepted]).toEqual([{ num: 50, den: 100 }, null, null]);
  });

  it("is still readable when the clock has gone back a month", async () => {
    stage.nowMs = NOW - 30 * 86_400_000;
    await tick(stage.parts, "odd");
    expect((await settlement()).currency).toBe("EUR");
    expect((await provider.get(`${BASE}/claims`)).as(z.array(ExclusionClaim))).toMatchObject([{ state: "accepted" }]);
  });
});
