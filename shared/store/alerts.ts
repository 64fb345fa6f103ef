import type { Redis } from "ioredis";
import { Alert } from "../alerts/alert.ts";
import { acknowledge } from "../alerts/transition.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { AppError } from "../protocol/errors.ts";
import { commit, type Expectation, type Write } from "./commit.ts";
import { agreementKeys } from "./keys.ts";
import { sha256 } from "./sha256.ts";
import { subjectKey } from "../alerts/transition.ts";

/** A browser that was asleep may send its acknowledgement again days later. */
const REMEMBER_SECONDS = 7 * 86_400;

export interface Acknowledgement {
  readonly agreementId: string;
  readonly alertId: string;
  readonly expectedSeq: number;
  readonly note: string;
  /** Made by the person's browser, so that a repeated send has one effect. */
  readonly operationId: string;
  /** The person as the ledger keeps them for ever: an id, never a name. */
  readonly actor: string;
  /** The same as people read it on the screen. */
  readonly by: string;
  /** Whether alerts for the provider alone do not exist for this person. */
  readonly sharedOnly?: boolean;
  readonly nowMs: number;
}

export async function readAlert(redis: Redis, agreementId: string, alertId: string): Promise<Alert | null> {
  const stored = await redis.hget(agreementKeys(agreementId).alerts, alertId);
  return stored === null ? null : Alert.parse(JSON.parse(stored));
}

/** What must be true and what is written when an alert moves by one transition; the sequence number is the guard. */
export function alertWrites(alert: Alert, actor = "accord"): { expect: Expectation[]; writes: Write[]; ledger: LedgerEntry[] } {
  const keys = agreementKeys(alert.agreementId);
  const last = alert.history.at(-1);
  return {
    expect: [{ key: keys.alertSeq, field: alert.id, is: alert.seq === 1 ? "" : String(alert.seq - 1) }],
    writes: [
      ["HSET", keys.alerts, alert.id, JSON.stringify(alert)],
      ["HSET", keys.alertSeq, alert.id, alert.seq],
      ["HSET", keys.alertLatest, subjectKey(alert.subject), alert.id],
      ["ZADD", keys.alertsByChange, alert.changedAtMs, alert.id],
    ],
    ledger: [
      {
        v: 1,
        kind: "alert",
        agreement: alert.agreementId,
        atMs: alert.changedAtMs,
        actor,
        alert: alert.id,
        seq: alert.seq,
        transition: last?.kind ?? "",
        noteSha256: Buffer.from(sha256(new TextEncoder().encode(last?.note ?? ""))).toString("hex"),
      },
    ],
  };
}

function clock(ms: number): string {
  return new Date(ms).toISOString();
}

function staleAnswer(alert: Alert): AppError {
  if (alert.status === "resolved")
    return new AppError(
      "conflict",
      `The alert resolved at ${clock(alert.resolution?.atMs ?? alert.changedAtMs)}.`,
      "There is nothing left to acknowledge.",
    );
  if (alert.acknowledgement !== null) {
    return new AppError(
      "conflict",
      `${alert.acknowledgement.by} acknowledged it at ${clock(alert.acknowledgement.atMs)}.`,
      "Look at the present state before you act.",
    );
  }
  return new AppError("conflict", "The alert has changed since you looked.", "Look at the present state, then acknowledge again.");
}

/**
 * A person acknowledges an alert; applied once however often it is sent.
 *
 * @throws AppError `not-found` for an unknown alert, `conflict` (saying who and when) when it moved meanwhile.
 */
export async function acknowledgeAlert(redis: Redis, input: Acknowledgement): Promise<Alert> {
  const { agreementId, alertId, operationId, nowMs } = input;
  const operation = `ack-${alertId}-${operationId}`;
  const alert = await readAlert(redis, agreementId, alertId);
  if (alert === null || (input.sharedOnly === true && alert.audience !== undefined))
    throw new AppError("not-found", "There is no such alert.", "Check the address.");
  const result = acknowledge(alert, input.by, input.note, { expectedSeq: input.expectedSeq, nowMs });
  if (result.kind !== "done") {
    // It may have moved by this very operation, sent a moment ago; then the person learns what it did.
    const repeated = (await redis.exists(agreementKeys(agreementId).operation(operation))) === 1;
    if (repeated) return (await readAlert(redis, agreementId, alertId)) ?? alert;
    throw staleAnswer(result.alert);
  }
  const moved = result.alert;
  const outcome = await commit(redis, {
    agreementId,
    operationId: operation,
    rememberSeconds: REMEMBER_SECONDS,
    nowMs,
    ...alertWrites(moved, input.actor),
    events: [{ kind: "alert:changed", alert: moved }],
  });
  if (outcome.kind === "done") return moved;
  const present = (await readAlert(redis, agreementId, alertId)) ?? moved;
  if (outcome.kind === "repeated") return present;
  throw staleAnswer(present);
}
