import type { Redis } from "ioredis";
import type { Agreement } from "../agreement/agreement.ts";
import { createHistory } from "../agreement/history.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { AppError } from "../protocol/errors.ts";
import type { Finding, VersionView } from "../protocol/version.ts";
import type { PartyActor } from "../settlement/party.ts";
import { readAgreement, readFeeds } from "./agreements.ts";
import { commit } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS, wasDone } from "./person-step.ts";
import { sha256Hex } from "./sha256.ts";
import { pendingWrite, readStoredVersions, type StoredVersion, versionView } from "./stored-version.ts";

export interface Proposal {
  readonly agreementId: string;
  /** The document as read from `text`, checked against the agreement's feeds. */
  readonly agreement: Agreement;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly by: PartyActor;
  readonly operationId: string;
  readonly nowMs: number;
}

/** What a version may not change, because counts and days are stored under it. */
function changedGround(before: Agreement, after: Agreement): AppError | null {
  if (after.id !== before.id) return new AppError("bad-request", `The document is of agreement "${after.id}".`, `Write id: ${before.id}.`);
  if (after.timeZone !== before.timeZone)
    return new AppError("bad-request", `The time zone is ${before.timeZone} in every version: days are never cut anew.`, "Keep timeZone.");
  if (after.intervalMinutes !== before.intervalMinutes)
    return new AppError(
      "bad-request",
      `Contacts are counted in intervals of ${before.intervalMinutes} minutes in every version.`,
      "Keep intervalMinutes.",
    );
  return null;
}

/** A version that cannot be compiled would be signed and then never be in force. */
function uncompiled(versions: readonly StoredVersion[], feeds: readonly FeedDefinition[], agreement: Agreement): AppError | null {
  const governing = versions.filter(({ state }) => state === "in-force").map((version) => version.agreement);
  try {
    createHistory([...governing, agreement].map((document) => ({ agreement: document, feeds })));
    return null;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return new AppError("bad-request", thrown.message, "Mend the document; `accord check` names its problems.", { cause: thrown });
  }
}

function refusal(versions: readonly StoredVersion[], feeds: readonly FeedDefinition[], { agreement }: Proposal): AppError | null {
  const latest = versions.at(-1);
  if (latest === undefined) return new AppError("not-found", "There is no such agreement.", "Check the address.");
  if (latest.state === "proposed" || latest.state === "signed")
    return new AppError(
      "conflict",
      `Version ${latest.version} is ${latest.state === "proposed" ? "proposed and waits for signatures" : "signed and about to be in force"}.`,
      "One version at a time: sign it, decline it or withdraw it first.",
    );
  if (agreement.version !== latest.version + 1)
    return new AppError(
      "conflict",
      `The next version is ${latest.version + 1}, not ${agreement.version}.`,
      `Write version: ${latest.version + 1}; a number that was declined or withdrawn is not used again.`,
    );
  return changedGround(latest.agreement, agreement) ?? uncompiled(versions, feeds, agreement);
}

function recordOf({ agreement, text, findings, by, nowMs }: Proposal): StoredVersion {
  return {
    version: agreement.version,
    state: "proposed",
    seq: 1,
    agreement,
    text,
    sha256: sha256Hex(text),
    proposedBy: by,
    proposedAtMs: nowMs,
    signatures: [],
    ended: null,
    findings: [...findings],
    paper: null,
  };
}

/**
 * Proposes the next version of an agreement to the other side. Proposing is not signing.
 *
 * @throws AppError `not-found`; `bad-request` where it changes what no version may; `conflict` when it is not the next
 *   number or another version is still open.
 */
export async function proposeVersion(redis: Redis, input: Proposal): Promise<VersionView> {
  const { agreementId, by, nowMs } = input;
  const operation = personalOperation(`propose-${input.agreement.version}`, input);
  const [versions, feeds, stored] = await Promise.all([
    readStoredVersions(redis, agreementId),
    readFeeds(redis, agreementId),
    readAgreement(redis, agreementId, nowMs),
  ]);
  const history = stored?.history ?? null;
  const refused = refusal(versions, feeds ?? [], input);
  if (refused !== null) {
    const known = versions.find(({ version }) => version === input.agreement.version);
    if (known !== undefined && (await wasDone(redis, agreementId, operation))) return versionView(known, history);
    throw refused;
  }
  const record = recordOf(input);
  const keys = agreementKeys(agreementId);
  const result = await commit(redis, {
    agreementId,
    operationId: operation,
    rememberSeconds: REMEMBER_SECONDS,
    nowMs,
    expect: [{ key: keys.versions, field: String(record.version), is: "" }],
    writes: [["HSET", keys.versions, record.version, JSON.stringify(record)], pendingWrite(agreementId, record)],
    ledger: [
      {
        v: 1,
        kind: "version-proposed",
        agreement: agreementId,
        atMs: nowMs,
        actor: by.id,
        version: record.version,
        party: by.party,
        sha256: record.sha256,
      },
    ],
    events: [{ kind: "version:changed", version: record.version, state: "proposed" }],
  });
  if (result.kind === "conflict" || result.kind === "fenced")
    throw new AppError("conflict", `Version ${record.version} was proposed by somebody else a moment ago.`, "Look at it first.");
  return versionView(record, history);
}
