import type { Redis } from "ioredis";
import { AppError } from "../protocol/errors.ts";
import type { VersionView } from "../protocol/version.ts";
import { stepVersion, type VersionMove, type VersionStep } from "./step-version.ts";
import type { StoredVersion } from "./stored-version.ts";

export interface Signing extends VersionStep {
  /** Of the text that the signer has read. */
  readonly sha256: string;
}

function refusal(record: StoredVersion, { by, sha256 }: Signing): AppError | null {
  if (record.state !== "proposed")
    return new AppError("conflict", `Version ${record.version} is ${record.state}.`, "Only a proposed version can be signed.");
  const own = record.signatures.find((signature) => signature.by.party === by.party);
  if (own !== undefined) return new AppError("conflict", `${own.by.name} has signed for the ${by.party} already.`, "Each side signs once.");
  if (record.signatures.some((signature) => signature.by.id === by.id))
    return new AppError("conflict", "You have signed for the other side already.", "Each side is signed for by a person of its own.");
  if (sha256 !== record.sha256)
    return new AppError("conflict", "The text that you signed is not the text of this version.", "Read the version again, then sign it.");
  return null;
}

function sign(record: StoredVersion, input: Signing): VersionMove {
  const refused = refusal(record, input);
  if (refused !== null) return refused;
  const { agreementId, version, by, nowMs } = input;
  const signatures = [...record.signatures, { by, atMs: nowMs, onPaper: false }];
  return {
    record: { ...record, seq: record.seq + 1, state: signatures.length === 2 ? "signed" : "proposed", signatures },
    ledger: {
      v: 1,
      kind: "version-signed",
      agreement: agreementId,
      atMs: nowMs,
      actor: by.id,
      version,
      party: by.party,
      sha256: record.sha256,
      paperSha256: null,
    },
  };
}

/**
 * Signs a proposed version for one side. With the second signature it is `signed`: a worker makes its counters and puts
 * it in force; wake one with the usual hint.
 *
 * @throws AppError `not-found`; `conflict` when it is not open any more, this side has signed, or another text was read.
 */
export async function signVersion(redis: Redis, input: Signing): Promise<VersionView> {
  return await stepVersion(redis, { ...input, name: "sign" }, (record) => sign(record, input));
}
