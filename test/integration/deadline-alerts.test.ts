import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberRole } from "../../shared/protocol/role.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { addClaim, decideClaim } from "../../shared/store/claims.ts";
import { dutyOf } from "../../shared/store/duty.ts";
import { addPerson } from "../../shared/store/people.ts";
import { readSnapshot } from "../../shared/store/snapshot.ts";
import { noteVacancies } from "../../shared/store/vacancies.ts";
import { watchDeadlines } from "../../workers/deadlines/deadline-round.ts";
import { type LiveCase, startLiveCase } from "../support/live-case.ts";
import { CLIENT, EXCLUSIONS, PROVIDER } from "../support/parties.ts";
import { buildTarget } from "../support/target-case.ts";
import { actAsLead } from "../support/test-alert.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

/** The report of March is due by the end of Sunday 5 April, in half of five days before that it is warned of. */
const REPORT = "deadline.report.2026-04-05";

let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(Date.parse("2026-03-30T00:00:00Z"));
});
afterAll(async () => await stage?.stop());

async function march(id: string): Promise<LiveCase> {
  const agreement = { targets: [buildTarget({ windows: ["month"] })], deadlines: { reportWithin: "P5D" }, exclusions: EXCLUSIONS };
  const live = await startLiveCase(stage, { id, now: "2026-03-30T00:00:00Z", agreement });
  await live.quarter("2026-03-29T09:45", 90);
  return live;
}

async function look(live: LiveCase, iso: string): Promise<void> {
  live.at(iso);
  await live.tick();
  await watchDeadlines(stage.parts, live.id);
}

async function told(live: LiveCase, subject: string): Promise<string[]> {
  return (await live.alerts())
    .filter(({ id }) => id.startsWith(subject))
    .map(({ status, severity, audience }) => `${status} ${severity} ${audience ?? "both"}`);
}

describe("a deadline of a living agreement", () => {
  it("is told to whoever must act while there is time, and to both sides when it is over", async () => {
    const live = await march("report");
    await look(live, "2026-04-03T11:59:00Z");
    expect(await told(live, REPORT)).toEqual([]);
    await look(live, "2026-04-03T12:00:00Z");
    expect(await told(live, REPORT)).toEqual(["open warning provider"]);
    await look(live, "2026-04-06T00:00:00Z");
    expect(await told(live, REPORT)).toEqual(["open critical both"]);
    await look(live, "2026-05-08T00:00:00Z");
    expect(await told(live, REPORT)).toEqual(["resolved critical both"]);
  });

  it("that somebody has closed is not told of again when it is over", async () => {
    const live = await march("closed");
    await look(live, "2026-04-03T12:00:00Z");
    const act = { do: "close", cause: "other", note: "the report went out" } as const;
    await actAsLead(stage.redis, { agreementId: live.id, alertId: `${REPORT}.1`, nowMs: stage.nowMs, act });
    for (const iso of ["2026-04-04T00:00:00Z", "2026-04-06T00:00:00Z", "2026-04-07T00:00:00Z"]) await look(live, iso);
    expect(await told(live, REPORT)).toEqual(["resolved warning provider"]);
  });

  it("to decide a claim ends with the decision", async () => {
    const live = await march("claim");
    const [fromMs, toMs] = [Date.parse("2026-03-29T09:00:00Z"), Date.parse("2026-03-29T10:00:00Z")];
    const demand = { kind: "client-outage", targets: "all", fromMs, toMs, evidence: "the switch was down", mitigation: "none" } as const;
    const claim = await addClaim(stage.redis, {
      agreementId: live.id,
      by: PROVIDER,
      nowMs: stage.nowMs,
      operationId: randomUUID(),
      ...demand,
    });
    const subject = `deadline.claim.${claim.id}`;
    await look(live, "2026-03-30T12:00:00Z");
    expect(await told(live, subject)).toEqual([]);
    await look(live, new Date(claim.decideByMs - 3_600_000).toISOString());
    expect(await told(live, subject)).toEqual(["open warning both"]);
    const asked = (await live.alerts()).find(({ id }) => id.startsWith(subject));
    expect([asked?.party, asked?.told]).toEqual(["client", ["client-manager"]]);
    const decision = { decision: "accepted", note: "we agree", expectedSeq: claim.seq } as const;
    await decideClaim(stage.redis, {
      agreementId: live.id,
      claimId: claim.id,
      by: CLIENT,
      nowMs: stage.nowMs,
      operationId: randomUUID(),
      accepted: [],
      ...decision,
    });
    await look(live, new Date(claim.decideByMs - 3_500_000).toISOString());
    expect(await told(live, subject)).toEqual(["resolved warning both"]);
  });
});

describe("an unanswered alert", () => {
  it("goes to the client's manager where there is no QA lead, and to the QA lead again when there is one", async () => {
    const live = await startLiveCase(stage, { id: "vacant", now: "2026-03-02T10:00:00Z" });
    await live.quarter("2026-03-02T09:45", 50);
    const join = async (role: MemberRole): Promise<void> => {
      const person = { id: randomUUID(), name: role, administrator: false, memberships: [{ agreementId: live.id, role }] };
      await addPerson(stage.redis, { ...person, email: `${person.id}@example.com`, password: "" });
      await noteVacancies(stage.redis);
    };
    const vacant = async () => (await readSnapshot(stage.redis, live.id, stage.nowMs))?.agreement.vacant;
    expect(await vacant()).toBeUndefined();
    await join("provider");
    await join("client-manager");
    expect(await vacant()).toEqual(["qa-lead"]);
    live.at("2026-03-02T14:00:00Z");
    await live.tick();
    const asked = await live.alert("service-level.day.2026-03-02");
    expect([asked?.told, asked?.history.at(-1)?.note]).toEqual([
      ["provider", "client-manager"],
      "Unanswered. Told the client manager as well, because nobody is the QA lead.",
    ]);
    await join("qa-lead");
    expect(await vacant()).toBeUndefined();
    const stored = await readAgreement(stage.redis, live.id, stage.nowMs);
    expect(
      stored &&
        dutyOf(stored)
          .chain("warning")
          .map(({ to }) => to),
    ).toEqual(["provider", "qa-lead"]);
  });
});
