import type { Redis } from "ioredis";
import { AppError } from "../protocol/errors.ts";
import type { VersionView } from "../protocol/version.ts";
import { sha256Hex } from "./sha256.ts";
import { stepVersion, type VersionMove, type VersionStep } from "./step-version.ts";
import type { StoredVersion } from "./stored-version.ts";

export interface Ending extends VersionStep {
  readonly note: string;
}

function end(record: StoredVersion, { agreementId, by, note, nowMs }: Ending): VersionMove {
  if (record.state !== "proposed")
    return new AppError(
      "conflict",
      `Version ${record.version} is ${record.state}.`,
      "Only a proposed version can be declined or withdrawn.",
    );
  const state = record.proposedBy.party === by.party ? "withdrawn" : "declined";
  return {
    record: { ...record, seq: record.seq + 1, state, ended: { by, atMs: nowMs, note } },
    ledger: {
      v: 1,
      kind: "version-ended",
      agreement: agreementId,
      atMs: nowMs,
      actor: by.id,
      version: record.version,
      party: by.party,
      state,
      noteSha256: sha256Hex(note),
    },
  };
}

/**
 * Withdraws one's own side's proposal or declines the other's; its number is spent.
 *
 * @throws AppError `not-found`; `conflict` when both have signed or it has ended.
 */
export async function endVersion(redis: Redis, input: Ending): Promise<VersionView> {
  return await stepVersion(redis, { ...input, name: "end" }, (record) => end(record, input));
}
