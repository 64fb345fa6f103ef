import type { Redis } from "ioredis";
import type { Agreement } from "../agreement/agreement.ts";
import { utcStartOf } from "../calendar/day.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import { canonicalText } from "../ledger/canonical.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { AppError } from "../protocol/errors.ts";
import type { StreamEvent } from "../protocol/live.ts";
import type { Finding } from "../protocol/version.ts";
import type { PartyActor } from "../settlement/party.ts";
import { stampOf } from "./agreements.ts";
import { commit, type Write } from "./commit.ts";
import { AGREEMENTS, agreementKeys } from "./keys.ts";
import { sha256Hex } from "./sha256.ts";
import { type Paper, pendingWrite, type StoredVersion } from "./stored-version.ts";

export interface NewAgreement {
  readonly agreement: Agreement;
  readonly feeds: readonly FeedDefinition[];
  readonly agreementText: string;
  readonly feedTexts: readonly string[];
  readonly findings?: readonly Finding[];
  /** The administrator, who proposes it for the client. */
  readonly by: PartyActor;
  /** With it the version is in force at once; `null`: both sides have still to sign. */
  readonly signedOnPaper: Paper | null;
  readonly nowMs: number;
}

function recordOf(input: NewAgreement): StoredVersion {
  const { agreement, agreementText, by, signedOnPaper, nowMs } = input;
  const signature = (party: "client" | "provider", paper: Paper) => ({
    by: { id: by.id, name: paper[party], party },
    atMs: utcStartOf(paper.date),
    onPaper: true,
  });
  return {
    version: agreement.version,
    state: signedOnPaper === null ? "proposed" : "in-force",
    seq: 1,
    agreement,
    text: agreementText,
    sha256: sha256Hex(agreementText),
    proposedBy: by,
    proposedAtMs: nowMs,
    signatures: signedOnPaper === null ? [] : [signature("client", signedOnPaper), signature("provider", signedOnPaper)],
    ended: null,
    findings: [...(input.findings ?? [])],
    paper: signedOnPaper,
  };
}

function ledgerOf({ agreement, feeds, feedTexts, by, signedOnPaper: paper, nowMs }: NewAgreement, sha256: string): LedgerEntry[] {
  const common = { v: 1, agreement: agreement.id, atMs: nowMs, actor: by.id, version: agreement.version, sha256 } as const;
  const first: LedgerEntry = {
    ...common,
    kind: "agreement-version",
    feeds: feeds.map((feed, i) => ({ feed: feed.id, sha256: sha256Hex(feedTexts[i] ?? JSON.stringify(feed)) })),
  };
  if (paper === null) return [first, { ...common, kind: "version-proposed", party: by.party }];
  const { client, provider, date } = paper;
  const paperSha256 = sha256Hex(canonicalText({ client: client.toWellFormed(), provider: provider.toWellFormed(), date }));
  return [
    first,
    { ...common, kind: "version-signed", party: "client", paperSha256 },
    { ...common, kind: "version-signed", party: "provider", paperSha256 },
    { ...common, kind: "version-in-force", from: agreement.effectiveFrom },
  ];
}

/**
 * Adds an agreement with its feeds and its first version: in force where both sides have signed on paper, else proposed.
 *
 * @throws AppError `conflict` when an agreement of that id exists: versions are immutable.
 */
export async function putAgreement(redis: Redis, input: NewAgreement): Promise<void> {
  const { agreement, feeds, feedTexts, nowMs } = input;
  const { version, id } = agreement;
  const keys = agreementKeys(id);
  const record = recordOf(input);
  const inForce: Write[] = [["HSET", keys.doc, "since", nowMs, "stamp", stampOf([record])]];
  const events: StreamEvent[] = [{ kind: "version:changed", version, state: record.state }];
  // The list lies in another slot, so it comes first: an id that is listed without an agreement harms nobody.
  await redis.sadd(AGREEMENTS, id);
  const result = await commit(redis, {
    agreementId: id,
    operationId: `agreement-v${version}-${record.sha256.slice(0, 16)}-${nowMs}`,
    nowMs,
    expect: [{ key: keys.doc, field: "feeds", is: "" }],
    writes: [
      ["HSET", keys.doc, "feeds", JSON.stringify(feeds), "feed-texts", JSON.stringify(feedTexts)],
      ["HSET", keys.versions, version, JSON.stringify(record)],
      pendingWrite(id, record),
      ...(record.state === "in-force" ? inForce : []),
    ],
    ledger: ledgerOf(input, record.sha256),
    events: record.state === "in-force" ? [{ kind: "agreement:changed", version }] : events,
  });
  if (result.kind === "conflict")
    throw new AppError(
      "conflict",
      `There is already an agreement "${id}".`,
      "Choose another id, or propose the next version to both sides; versions are never overwritten.",
    );
}
