import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agreement } from "../../shared/agreement/agreement.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { ExclusionClaim } from "../../shared/settlement/claim.ts";
import { addClaim, decideClaim, readClaims, withdrawClaim } from "../../shared/store/claims.ts";
import { putForecast, readForecasts } from "../../shared/store/forecasts.ts";
import { readSettlementInput } from "../../shared/store/settlement-input.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { readSnapshot, readVerdicts } from "../../shared/store/snapshot.ts";
import { readEntries } from "../../shared/store/stream.ts";
import { tick } from "../../workers/deadlines/tick.ts";
import { drive } from "../../workers/ingest/drive.ts";
import { CLIENT, EXCLUSIONS, PROVIDER } from "../support/parties.ts";
import { putDocuments } from "../support/put-documents.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import { buildTarget, intervalFeed } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const NOW = Date.parse("2026-03-03T12:00:00Z");
const COUNTERS = ["offered", "answered", "abandoned", "answered-within-20000", "handle-ms"] as const;
const VOLUME = {
  feed: "calls",
  unit: "day",
  upper: "110 %",
  above: "exclude",
  below: "keep",
  lockDaysBefore: 10,
  forecastBy: "client",
} as const;
/** 2 March: 10 of 50 in time from 9:00 to 9:15, 90 of 100 after it. */
const FILE = [
  "date,time,offered,answered,abandoned,answered-within-20000,handle-ms",
  "2026-03-02,09:00,50,50,0,10,9000",
  "2026-03-02,09:15,100,100,0,90,9000",
  "",
].join("\n");
const OUTAGE = { fromMs: Date.parse("2026-03-02T09:00:00Z"), toMs: Date.parse("2026-03-02T09:15:00Z") };

describe("claims that time be left out", () => {
  let stage: WorkerStage;
  let agreements = 0;
  beforeAll(async () => {
    stage = await startWorkerStage(NOW);
  });
  afterAll(async () => await stage?.stop());

  async function begin(changes: Partial<Agreement> = {}): Promise<string> {
    stage.nowMs = NOW;
    const speed = buildTarget({ id: "handling", measure: { metric: "aht" }, direction: "at-most", expected: "3:00", windows: ["day"] });
    const targets = [buildTarget({ windows: ["day"] }), speed];
    const agreement = { ...buildAgreement({ id: `c-${agreements++}` }), timeZone: "UTC", exclusions: EXCLUSIONS, targets, ...changes };
    await putDocuments(stage.redis, {
      agreement,
      feeds: [intervalFeed(COUNTERS, { timeZone: "UTC" })],
      nowMs: Date.parse("2026-03-02T06:00:00Z"),
    });
    return agreement.id;
  }

  async function claim(agreementId: string, targets: "all" | string[] = ["service-level"]): Promise<ExclusionClaim> {
    const demand = { agreementId, kind: "client-outage", targets, ...OUTAGE, evidence: "ticket 7", mitigation: "called back" } as const;
    const made = await addClaim(stage.redis, { ...demand, by: PROVIDER, operationId: randomUUID(), nowMs: stage.nowMs });
    await drive(stage.parts, agreementId);
    return made;
  }

  async function decide(agreementId: string, claimId: string, decision: "accepted" | "rejected" = "accepted"): Promise<ExclusionClaim> {
    const answer = { agreementId, claimId, expectedSeq: 1, decision, accepted: [], note: "so be it" };
    const decided = await decideClaim(stage.redis, { ...answer, by: CLIENT, operationId: randomUUID(), nowMs: stage.nowMs });
    await drive(stage.parts, agreementId);
    return decided;
  }

  const day = async (id: string, targetId = "service-level"): Promise<Verdict | undefined> =>
    (await readVerdicts(stage.redis, id)).find((one) => one.targetId === targetId && one.window.start === "2026-03-02");

  it("change the verdicts of their targets alone, and every count stays in sight", async () => {
    const id = await begin();
    await stage.handIn(id, "calls", FILE);
    const other = await day(id, "handling");
    expect(await day(id)).toMatchObject({ status: "missed", value: { num: 100, den: 150 }, recomputed: null, ifAllAccepted: null });
    const { id: claimId } = await claim(id);
    const [asRecomputed, without] = [
      { value: { num: 100, den: 150 }, n: 150, status: "missed" },
      { value: { num: 90, den: 100 }, n: 100, status: "met" },
    ];
    expect(await day(id)).toMatchObject({ status: "missed", value: { num: 100, den: 150 }, recomputed: null, ifAllAccepted: without });
    await decide(id, claimId);
    expect(await day(id)).toMatchObject({ ...without, recomputed: asRecomputed, ifAllAccepted: null });
    expect(await day(id, "handling")).toEqual(other);
    const snapshot = await readSnapshot(stage.redis, id, NOW);
    expect(snapshot?.claims).toEqual(await readClaims(stage.redis, id));
    expect(snapshot?.alerts.map(({ id: alertId, status }) => [alertId, status])).toEqual([["service-level.day.2026-03-02.1", "resolved"]]);
  });

  it("that come before the data count as soon as it comes", async () => {
    const id = await begin();
    await decide(id, (await claim(id, "all")).id);
    expect(await readVerdicts(stage.redis, id)).toEqual([]);
    await stage.handIn(id, "calls", FILE);
    expect(await day(id)).toMatchObject({ status: "met", value: { num: 90, den: 100 }, recomputed: { status: "missed" } });
  });

  it("are the other side's to decide and the own side's to withdraw, in the state that was read", async () => {
    const id = await begin();
    await stage.handIn(id, "calls", FILE);
    const { id: claimId } = await claim(id);
    const step = { agreementId: id, claimId, expectedSeq: 1, note: "no", operationId: randomUUID(), nowMs: NOW };
    const answer = { ...step, decision: "rejected" as const, accepted: [] };
    await expect(decideClaim(stage.redis, { ...answer, by: PROVIDER })).rejects.toMatchObject({ code: "conflict" });
    await expect(withdrawClaim(stage.redis, { ...step, by: CLIENT })).rejects.toMatchObject({ code: "conflict" });
    await expect(withdrawClaim(stage.redis, { ...step, claimId: "c9", by: PROVIDER })).rejects.toMatchObject({ code: "not-found" });
    expect(await withdrawClaim(stage.redis, { ...step, by: PROVIDER })).toMatchObject({ state: "withdrawn", seq: 2 });
    expect(await withdrawClaim(stage.redis, { ...step, by: PROVIDER })).toMatchObject({ state: "withdrawn", seq: 2 });
    await expect(decideClaim(stage.redis, { ...answer, by: CLIENT })).rejects.toThrow("The claim is already withdrawn.");
    await drive(stage.parts, id);
    expect(await day(id)).toMatchObject({ ifAllAccepted: null });
  });

  it("are refused for an unknown target, a kind or a time that the agreement does not excuse", async () => {
    const id = await begin();
    const demand = {
      agreementId: id,
      kind: "client-outage",
      targets: "all",
      ...OUTAGE,
      evidence: "e",
      mitigation: "",
      by: PROVIDER,
    } as const;
    const add = async (change: object) => await addClaim(stage.redis, { ...demand, operationId: randomUUID(), nowMs: NOW, ...change });
    await expect(add({ targets: ["nobody"] })).rejects.toThrow("There is no target nobody.");
    await expect(add({ kind: "volume" })).rejects.toMatchObject({ code: "bad-request" });
    await expect(add({ toMs: 8e15 })).rejects.toMatchObject({ code: "bad-request" });
    const plain = await begin({ exclusions: undefined });
    await expect(add({ agreementId: plain })).rejects.toThrow("This agreement allows no exclusions.");
  });

  it("two at the same moment get a number each", async () => {
    const id = await begin();
    const demand = { agreementId: id, kind: "third-party", targets: "all", ...OUTAGE, mitigation: "" } as const;
    const add = async (evidence: string) =>
      await addClaim(stage.anotherWorker().redis, { ...demand, evidence, by: PROVIDER, operationId: randomUUID(), nowMs: NOW });
    await Promise.all(["one", "two", "three"].map(add));
    expect((await readClaims(stage.redis, id)).map((one) => one.id)).toEqual(["c3", "c2", "c1"]);
  });

  it("that nobody decides lapse by the clock, once, and what they would have left out counts again", async () => {
    const id = await begin();
    await stage.handIn(id, "calls", FILE);
    const made = await claim(id);
    expect(await day(id)).toMatchObject({ ifAllAccepted: { status: "met" } });
    stage.nowMs = made.decideByMs - 1;
    await tick(stage.parts, id);
    expect((await readClaims(stage.redis, id)).map(({ state }) => state)).toEqual(["claimed"]);
    stage.nowMs = made.decideByMs;
    await Promise.all([tick(stage.parts, id), tick(stage.anotherWorker(), id)]);
    await tick(stage.parts, id);
    expect(await readClaims(stage.redis, id)).toMatchObject([{ state: "lapsed", seq: 2, steps: [{}, { state: "lapsed", by: null }] }]);
    expect(await day(id)).toMatchObject({ status: "missed", ifAllAccepted: null });
    const { entries } = await readEntries(stage.redis, id, 0, 10_000);
    expect(entries.filter(({ event }) => event.kind === "claim:changed").length).toBe(2);
  });

  it("are part of what the money is settled from", async () => {
    const id = await begin();
    await stage.handIn(id, "calls", FILE);
    await claim(id);
    const stored = await readAgreement(stage.redis, id, NOW);
    const input = stored === null ? null : await readSettlementInput(stage.redis, stored);
    expect(input).toMatchObject({ versions: [{ term: { from: "2026-01-01", to: null } }], claims: [{ id: "c1" }] });
    expect(input?.verdicts.length).toBe((await readVerdicts(stage.redis, id)).length);
  });

  it("forecasts are replaced until they lock, and bind from then on", async () => {
    const id = await begin({ volume: VOLUME });
    const days = (count: number) => ({ "2026-04-01": count });
    const input = { agreementId: id, month: "2026-04", by: CLIENT };
    const put = async (count: number, nowMs: number, change: object = {}) =>
      await putForecast(stage.redis, { ...input, days: days(count), operationId: randomUUID(), nowMs, ...change });
    const locksAtMs = Date.parse("2026-03-22T00:00:00Z");
    expect(await put(100, NOW)).toMatchObject({ month: "2026-04", locksAtMs });
    expect(await put(120, locksAtMs - 1)).toMatchObject({ days: days(120) });
    await expect(put(140, locksAtMs)).rejects.toMatchObject({ code: "conflict" });
    await expect(put(140, NOW, { month: "2026-03", days: { "2026-03-05": 1 } })).rejects.toThrow("is locked since");
    await expect(put(140, NOW, { by: PROVIDER })).rejects.toMatchObject({ code: "not-allowed" });
    await expect(put(140, NOW, { days: { "2026-05-01": 1 } })).rejects.toMatchObject({ code: "bad-request" });
    expect(await readForecasts(stage.redis, id)).toMatchObject([{ month: "2026-04", days: days(120) }]);
    stage.nowMs = Date.parse("2026-04-02T12:00:00Z");
    await stage.handIn(id, "calls", FILE.replaceAll("2026-03-02", "2026-04-01"));
    const verdict = (await readVerdicts(stage.redis, id)).find(({ window }) => window.start === "2026-04-01");
    expect(verdict).toMatchObject({ n: 0, recomputed: { n: 150 } });
  });
});
