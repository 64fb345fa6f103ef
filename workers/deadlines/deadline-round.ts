import type { Redis } from "ioredis";
import { type DeadlineDate, deadlineDates } from "../../shared/alerts/rules/deadline-dates.ts";
import { deadlineSignal, warnedFromMs } from "../../shared/alerts/rules/deadline-signal.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import { subjectKey } from "../../shared/alerts/subject.ts";
import { settle } from "../../shared/settlement/settle.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { withFamily } from "../../shared/store/alert-family.ts";
import { type KnownState, readAlerts, readStates } from "../../shared/store/alert-states.ts";
import { alertParts } from "../../shared/store/alert-writes.ts";
import { commit } from "../../shared/store/commit.ts";
import { dutyOf } from "../../shared/store/duty.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { readClosings } from "../../shared/store/period-close.ts";
import { readSettlementInput } from "../../shared/store/settlement-input.ts";
import { sha256Hex } from "../../shared/store/sha256.ts";
import { moveAlerts } from "../evaluate/alert-moves.ts";
import type { WorkerParts } from "../parts.ts";

interface Looked {
  /** What the deadlines were worked out from. */
  readonly mark: string;
  /** When the next of them is warned of or over. */
  readonly nextMs: number;
}

const looked = new WeakMap<Redis, Map<string, Looked>>();

/** Claims, closings, versions and the turn of the day: whatever else changes a deadline is seen on the next day. */
async function markOf(redis: Redis, agreementId: string): Promise<string> {
  return JSON.stringify(await redis.hmget(agreementKeys(agreementId).clock, "claims", "closings", "stamp", "evaluated"));
}

function hasDeadlines({ history }: StoredAgreement): boolean {
  return history.versions.some(
    ({ agreement: { deadlines, exclusions, termination } }) =>
      exclusions !== undefined || termination.length > 0 || Object.values(deadlines).some((term) => term !== undefined),
  );
}

async function readDates(redis: Redis, stored: StoredAgreement, nowMs: number): Promise<DeadlineDate[]> {
  const { agreement, zone, sinceMs } = stored;
  const [input, closings] = await Promise.all([readSettlementInput(redis, stored), readClosings(redis, agreement.id)]);
  const source = { agreement, zone, settlement: settle({ ...input, nowMs }), claims: input.claims, closings: closings.values() };
  // What was over before the agreement came onto the board is nobody's alert.
  return deadlineDates(source).filter(({ dueAtMs }) => dueAtMs > sinceMs);
}

/** Somebody has closed the alert of this very deadline: it was seen to. */
function isSeenTo(state: KnownState | undefined): boolean {
  return state?.alert?.status === "resolved" && state.alert.resolution?.by !== undefined;
}

/** Deadlines that are told of and are none any more: decided, signed, or long over. */
async function gone(redis: Redis, { agreement }: StoredAgreement, dates: readonly DeadlineDate[], nowMs: number): Promise<SignalEvent[]> {
  const ids = await redis.smembers(agreementKeys(agreement.id).alertsActive);
  const told = await readAlerts(
    redis,
    agreement.id,
    ids.filter((id) => id.startsWith("deadline.")),
  );
  const known = new Set(dates.map(({ subject }) => subjectKey(subject)));
  return told
    .filter(({ subject }) => !known.has(subjectKey(subject)))
    .map(({ subject, headline }) => ({
      agreementId: agreement.id,
      subject,
      signal: "clear",
      headline: `No longer due. ${headline}`,
      nowMs,
    }));
}

/**
 * Warns of what must be done by a time, claims to decide, credits to ask for, reports and notices, and says when a time is over.
 * Works it out when claims, closings, versions or the day have changed, or one of them is due; twice at once changes nothing.
 */
export async function watchDeadlines({ redis, clock }: Pick<WorkerParts, "redis" | "clock">, agreementId: string): Promise<void> {
  const nowMs = clock();
  const mine = looked.get(redis) ?? new Map<string, Looked>();
  looked.set(redis, mine);
  const mark = await markOf(redis, agreementId);
  const before = mine.get(agreementId);
  if (before?.mark === mark && nowMs < before.nextMs) return;
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null || !hasDeadlines(stored)) return;
  const dates = await readDates(redis, stored, nowMs);
  const over = await gone(redis, stored, dates, nowMs);
  const states = await readStates(
    redis,
    agreementId,
    [...dates, ...over].map(({ subject }) => subjectKey(subject)),
  );
  const signals = [...dates.map((date) => deadlineSignal(date, stored, nowMs, isSeenTo(states.get(subjectKey(date.subject))))), ...over];
  const policy = dutyOf(stored);
  const moves = moveAlerts({ agreementId, states, signals, woken: [], nowMs, policy });
  const parts = alertParts({ agreementId, policy }, await withFamily({ redis, stored, nowMs }, moves));
  if (parts.writes.length > 0) {
    const operationId = `deadlines-${sha256Hex(JSON.stringify(parts.writes))}`;
    const result = await commit(redis, { agreementId, operationId, nowMs, ...parts });
    if (result.kind === "conflict") return;
  }
  const turns = dates.flatMap((date) => [warnedFromMs(date, stored), date.dueAtMs]).filter((atMs) => atMs > nowMs);
  mine.set(agreementId, { mark, nextMs: Math.min(...turns) });
}
