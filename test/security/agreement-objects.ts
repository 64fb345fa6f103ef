import { randomUUID } from "node:crypto";
import { evaluateAll } from "../../shared/agreement/evaluate-all.ts";
import { verdictKey } from "../../shared/agreement/verdict.ts";
import type { RouteName } from "../../shared/protocol/routes.ts";
import type { PartyActor } from "../../shared/settlement/party.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { addClaim } from "../../shared/store/claims.ts";
import { endVersion } from "../../shared/store/end-version.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { proposeVersion } from "../../shared/store/propose-version.ts";
import { readVersions } from "../../shared/store/versions.ts";
import { buildAgreement } from "../support/sample-agreement.ts";
import type { TestServer } from "../support/server.ts";
import type { Principal } from "./policy-table.ts";
import { bodyOfCalibrationRoute } from "./calibration-objects.ts";
import { bodyOfChannelRoute } from "./channel-objects.ts";

const CLIENT: PartyActor = { id: "person:stage-client", name: "Stage client", party: "client" };
const PROVIDER: PartyActor = { id: "person:stage-provider", name: "Stage provider", party: "provider" };

/** The side for which a principal of the stage acts, where it may act at all. */
export function sideOf(principal: Principal): PartyActor {
  return principal === "provider" || principal === "stranger" ? PROVIDER : CLIENT;
}

export function otherSide(side: PartyActor): PartyActor {
  return side === CLIENT ? PROVIDER : CLIENT;
}

async function claimBy(server: TestServer, agreementId: string, by: PartyActor): Promise<string> {
  const toMs = Date.now() - 3_600_000;
  const claim = await addClaim(server.redis, {
    agreementId,
    kind: "client-outage",
    targets: "all",
    fromMs: toMs - 3_600_000,
    toMs,
    evidence: "Ticket 1",
    mitigation: "",
    operationId: randomUUID(),
    by,
    nowMs: Date.now(),
  });
  return claim.id;
}

/** A claim that the principal may decide. */
export async function addClaimAgainst(server: TestServer, agreementId: string, principal: Principal): Promise<string> {
  return await claimBy(server, agreementId, otherSide(sideOf(principal)));
}

/** A claim that the principal may withdraw. */
export async function addOwnClaim(server: TestServer, agreementId: string, principal: Principal): Promise<string> {
  return await claimBy(server, agreementId, sideOf(principal));
}

export interface NextVersion {
  readonly version: number;
  readonly text: string;
}

function textOf(agreementId: string, version: number): string {
  return JSON.stringify({ ...buildAgreement({ id: agreementId }), version, effectiveFrom: "2030-01-01" });
}

/** The text of the next version, with nothing else proposed. */
export async function nextVersion(server: TestServer, agreementId: string): Promise<NextVersion> {
  const versions = await readVersions(server.redis, agreementId);
  for (const { version, state } of versions) {
    if (state !== "proposed") continue;
    await endVersion(server.redis, { agreementId, version, note: "next cell", operationId: randomUUID(), by: CLIENT, nowMs: Date.now() });
  }
  const version = (versions[0]?.version ?? 0) + 1;
  return { version, text: textOf(agreementId, version) };
}

/** A version that waits for signatures. */
export async function proposeNext(server: TestServer, agreementId: string): Promise<{ version: number; sha256: string }> {
  const { text, version } = await nextVersion(server, agreementId);
  const agreement = buildAgreement({ id: agreementId });
  return await proposeVersion(server.redis, {
    agreementId,
    agreement: { ...agreement, version, effectiveFrom: "2030-01-01" },
    text,
    findings: [],
    by: PROVIDER,
    operationId: randomUUID(),
    nowMs: Date.now(),
  });
}

const COACHING = { targetId: "service-level", kind: "script", cohort: { queues: ["main"] }, days: 28, words: "New greeting" };

/** What is sent to a route about claims, forecasts or comparisons. */
export function bodyOfAgreementRoute(name: RouteName): { readonly body?: unknown } {
  const operationId = randomUUID();
  const toMs = Date.now() - 3_600_000;
  switch (name) {
    case "addClaim":
      return {
        body: { kind: "client-outage", targets: "all", fromMs: toMs - 3_600_000, toMs, evidence: "Ticket 1", mitigation: "", operationId },
      };
    case "decideClaim":
      return { body: { expectedSeq: 1, decision: "rejected", accepted: [], note: "No outage is known", operationId } };
    case "withdrawClaim":
      return { body: { expectedSeq: 1, note: "Not ours", operationId } };
    case "putForecast":
      return { body: { days: { "2031-01-01": 100 }, operationId } };
    case "addCoaching":
      return { body: { ...COACHING, startDay: new Date().toISOString().slice(0, 10), operationId } };
    case "endVersion":
      return { body: { note: "Not like this", operationId } };
    default:
      return { ...bodyOfCalibrationRoute(name), ...bodyOfChannelRoute(name) };
  }
}

/** Publishes one day's verdict of an agreement of the stage, as a worker would. */
export async function publishVerdict(server: TestServer, agreementId: string): Promise<void> {
  const stored = await readAgreement(server.redis, agreementId);
  if (stored === null) throw new Error(`${agreementId} is not in force`);
  const startMs = Date.parse("2026-11-20T07:00:00Z");
  const { counters } = stored.layout("calls");
  const queues = [{ queue: "main", intervals: [{ revision: 1, startMs, counters: counters.map(() => 8), claims: [] }] }];
  const facts = new Map([["calls", { queues, span: { firstMs: startMs, lastMs: startMs } }]]);
  const verdicts = evaluateAll(stored.history, facts, { nowMs: startMs, exclusions: [], forecast: new Map() });
  const fields = verdicts.flatMap((verdict) => [verdictKey(verdict.targetId, verdict.window), JSON.stringify(verdict)]);
  await server.redis.hset(agreementKeys(agreementId).verdicts, ...fields);
}
