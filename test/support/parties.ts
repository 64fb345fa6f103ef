import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { Agreement } from "../../shared/agreement/agreement.ts";
import type { ExclusionRules } from "../../shared/agreement/money-clauses.ts";
import type { PartyActor } from "../../shared/settlement/party.ts";
import { proposeVersion } from "../../shared/store/propose-version.ts";
import { signVersion } from "../../shared/store/sign-version.ts";
import { readVersions } from "../../shared/store/versions.ts";

export const CLIENT: PartyActor = { id: "person:c", name: "C. Lient", party: "client" };
export const PROVIDER: PartyActor = { id: "person:p", name: "P. Rovider", party: "provider" };

/** Claims of either kind of outage, answered within a week, else lapsed. */
export const EXCLUSIONS: ExclusionRules = {
  kinds: ["client-outage", "third-party"],
  noticeWithin: "P30D",
  decideWithin: "P7D",
  undecided: "lapsed",
};

/** What a signature is about. */
export interface Proposed {
  readonly agreementId: string;
  readonly version: number;
  readonly sha256: string;
  readonly nowMs: number;
}

/** The client proposes the next version of an agreement: the latest one with some changes. */
export async function proposeNext(redis: Redis, agreementId: string, nowMs: number, changes: Partial<Agreement> = {}): Promise<Proposed> {
  const [latest] = await readVersions(redis, agreementId, nowMs);
  if (latest === undefined) throw new Error(`there is no agreement ${agreementId}`);
  const agreement: Agreement = { ...latest.agreement, ...changes, version: latest.version + 1 };
  const text = JSON.stringify(agreement);
  const input = { agreementId, agreement, text, findings: [], by: CLIENT, operationId: randomUUID(), nowMs };
  const { version, sha256 } = await proposeVersion(redis, input);
  return { agreementId, version, sha256, nowMs };
}

/** The same, signed by both sides; a worker has still to put it in force. */
export async function signNext(redis: Redis, agreementId: string, nowMs: number, changes: Partial<Agreement>): Promise<Proposed> {
  const proposed = await proposeNext(redis, agreementId, nowMs, changes);
  for (const by of [CLIENT, PROVIDER]) await signVersion(redis, { ...proposed, by, operationId: randomUUID() });
  return proposed;
}
