import { nextDueMs } from "../alerts/advance.ts";
import type { Alert } from "../alerts/alert.ts";
import type { DutyPolicy } from "../alerts/duty-policy.ts";
import { type AlertMove, changedAlerts, sinceSeq } from "../alerts/move.ts";
import { everyNoticeOf } from "../alerts/notice.ts";
import { subjectKey } from "../alerts/subject.ts";
import { isUntold } from "../alerts/track.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { Commit, Write } from "./commit.ts";
import { inPieces } from "./in-pieces.ts";
import { agreementKeys } from "./keys.ts";
import { sha256Hex } from "./sha256.ts";

export type AlertParts = Required<Pick<Commit, "expect" | "writes" | "ledger" | "events">>;

export interface MoveContext {
  readonly agreementId: string;
  readonly policy: DutyPolicy;
  /** Fingerprints that were looked at because something was due: when they are due next is written in any case. */
  readonly woken?: ReadonlySet<string>;
  /** An act on an episode that was followed by another: nothing is due of it, and no evidence speaks of it. */
  readonly isPast?: boolean;
}

function alertWrites(agreementId: string, alert: Alert, since: number): Write[] {
  const keys = agreementKeys(agreementId);
  return [
    ["HSET", keys.alerts, alert.id, JSON.stringify(alert)],
    ["HSET", keys.alertSeq, alert.id, alert.seq],
    ...(since === 0 ? [["HSET", keys.alertLatest, subjectKey(alert.subject), alert.id] as const] : []),
    ["ZADD", keys.alertsByChange, alert.changedAtMs, alert.id],
    [alert.status === "resolved" ? "SREM" : "SADD", keys.alertsActive, alert.id],
  ];
}

function ledgerOf(agreementId: string, alert: Alert, since: number): LedgerEntry[] {
  return alert.history
    .filter(({ seq }) => seq > since)
    .map(({ seq, kind, atMs, note, byId }) => ({
      v: 1,
      kind: "alert",
      agreement: agreementId,
      atMs,
      actor: byId ?? "accord",
      alert: alert.id,
      seq,
      transition: kind,
      noteSha256: sha256Hex(note),
    }));
}

function trackWrites(agreementId: string, { subject, before, after }: AlertMove): Write[] {
  const { alertTracks } = agreementKeys(agreementId);
  const key = subjectKey(subject);
  if (isUntold(after.track)) return isUntold(before.track) ? [] : [["HDEL", alertTracks, key]];
  const text = JSON.stringify(after.track);
  if (text === JSON.stringify(before.track)) return [];
  return [["HSET", alertTracks, key, JSON.stringify({ ...after.track, subject })]];
}

function dueWrite({ agreementId, policy }: MoveContext, { subject, after }: AlertMove): Write {
  const { alertDue } = agreementKeys(agreementId);
  const dueMs = nextDueMs(after, { agreementId, subject }, policy);
  return dueMs === null ? ["ZREM", alertDue, subjectKey(subject)] : ["ZADD", alertDue, dueMs, subjectKey(subject)];
}

function partsOf(context: MoveContext, move: AlertMove): AlertParts {
  const { agreementId, policy, woken, isPast = false } = context;
  const keys = agreementKeys(agreementId);
  const changed = changedAlerts(move).map((alert) => ({ alert, since: sinceSeq(move, alert) }));
  const writes = changed.flatMap(({ alert, since }) => alertWrites(agreementId, alert, since));
  if (!isPast) writes.push(...trackWrites(agreementId, move));
  if (!isPast && (writes.length > 0 || woken?.has(subjectKey(move.subject)) === true)) writes.push(dueWrite(context, move));
  const notices = changed.flatMap(({ alert, since }) => everyNoticeOf(alert, since, policy)).map((notice) => JSON.stringify(notice));
  return {
    expect: changed.map(({ alert, since }) => ({ key: keys.alertSeq, field: alert.id, is: since === 0 ? "" : String(since) })),
    writes: [...writes, ...inPieces(notices).map((some): Write => ["RPUSH", keys.outbox, ...some])],
    ledger: changed.flatMap(({ alert, since }) => ledgerOf(agreementId, alert, since)),
    events: changed.map(({ alert }) => ({ kind: "alert:changed", alert })),
  };
}

/**
 * What must be true and what is written when alerts move: the sequence number of each is the guard; every transition has
 * its ledger entry, every changed alert its stream entry, and who is to be told stands in the outbox by the same step.
 */
export function alertParts(context: MoveContext, moves: readonly AlertMove[]): AlertParts {
  const parts = moves.map((move) => partsOf(context, move));
  const moved = new Set(moves.map(({ subject }) => subjectKey(subject)));
  // A hint about what does not exist would wake somebody each second.
  const orphans = [...(context.woken ?? [])].filter((key) => !moved.has(key));
  const { alertDue } = agreementKeys(context.agreementId);
  return {
    expect: parts.flatMap(({ expect }) => expect),
    writes: [...parts.flatMap(({ writes }) => writes), ...inPieces(orphans).map((some): Write => ["ZREM", alertDue, ...some])],
    ledger: parts.flatMap(({ ledger }) => ledger),
    events: parts.flatMap(({ events }) => events),
  };
}
