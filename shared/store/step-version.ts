import type { Redis } from "ioredis";
import type { LedgerEntry } from "../ledger/entry.ts";
import { AppError } from "../protocol/errors.ts";
import type { VersionView } from "../protocol/version.ts";
import type { PartyActor } from "../settlement/party.ts";
import { readAgreement } from "./agreements.ts";
import { commit } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS, STEP_ATTEMPTS, tooBusy, wasDone } from "./person-step.ts";
import { pendingWrite, StoredVersion, versionView } from "./stored-version.ts";

/** Who takes a step with which version. */
export interface VersionStep {
  readonly agreementId: string;
  readonly version: number;
  readonly by: PartyActor;
  readonly operationId: string;
  readonly nowMs: number;
}

/** What a step makes of a version, or why it cannot be taken. */
export type VersionMove = { readonly record: StoredVersion; readonly ledger: LedgerEntry } | AppError;

async function attempt(
  redis: Redis,
  { agreementId, version, nowMs }: VersionStep,
  operation: string,
  move: (record: StoredVersion) => VersionMove,
): Promise<StoredVersion | null> {
  const { versions } = agreementKeys(agreementId);
  const text = await redis.hget(versions, String(version));
  if (text === null) throw new AppError("not-found", "There is no such version.", "Check the address.");
  const present = StoredVersion.parse(JSON.parse(text));
  const moved = move(present);
  if (moved instanceof AppError) {
    if (await wasDone(redis, agreementId, operation)) return present;
    throw moved;
  }
  const { record, ledger } = moved;
  const result = await commit(redis, {
    agreementId,
    operationId: operation,
    rememberSeconds: REMEMBER_SECONDS,
    nowMs,
    expect: [{ key: versions, field: String(version), is: text }],
    writes: [["HSET", versions, version, JSON.stringify(record)], pendingWrite(agreementId, record)],
    ledger: [ledger],
    events: [{ kind: "version:changed", version, state: record.state }],
  });
  return result.kind === "done" || result.kind === "repeated" ? record : null;
}

/**
 * Takes one step with a version in one commit, anew where somebody else's step came in between.
 *
 * @throws AppError what `move` answers, unless this very operation was carried out before; `not-found` for an unknown version.
 */
export async function stepVersion(
  redis: Redis,
  step: VersionStep & { readonly name: string },
  move: (record: StoredVersion) => VersionMove,
): Promise<VersionView> {
  const operation = personalOperation(`${step.name}-${step.version}`, step);
  for (let i = 0; i < STEP_ATTEMPTS; i++) {
    const record = await attempt(redis, step, operation, move);
    if (record !== null) return versionView(record, (await readAgreement(redis, step.agreementId, step.nowMs))?.history ?? null);
  }
  throw tooBusy();
}
