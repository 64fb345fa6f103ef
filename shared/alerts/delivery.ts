import { z } from "zod";
import { AlertSeverity } from "../agreement/alert-clauses.ts";
import { Party } from "../settlement/party.ts";
import { TransitionKind } from "./alert.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after each refusal it is tried again; after the last of them it has failed. */
const RETRY_AFTER_MS = [MINUTE_MS / 2, 5 * MINUTE_MS, 30 * MINUTE_MS, 3 * HOUR_MS, 12 * HOUR_MS] as const;
const TRIED_WITHIN_MS = 24 * HOUR_MS;
/** Twice as long as any attempt may take: whoever has not said by then how it ended will not say it any more. */
export const LOST_AFTER_MS = 90_000;
const ATTEMPTS_KEPT = 30;

/**
 * One attempt to hand a message over. `refused`: the other side has certainly not taken it; `unknown`: it may have. Attempts
 * of a later `round` were asked for by a person.
 */
export const DeliveryAttempt = z.strictObject({
  number: z.int().min(1),
  round: z.int().min(1),
  atMs: z.int(),
  endedAtMs: z.int().nullable(),
  result: z.enum(["sent", "refused", "unknown"]).nullable(),
  detail: z.string(),
});
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

/**
 * One transition of an alert on its way to one channel. It is begun at most once per round unless the other side certainly
 * refused it: what was begun and never ended becomes `unknown`, and only a person may have it sent again.
 *
 * planned -> sending -> sent | unknown | planned (refused, tried again) | failed; planned -> dropped (no longer of use).
 */
export const AlertDelivery = z.strictObject({
  /** `<alert>:<seq>:<channel>`, the idempotency key. */
  key: z.string(),
  alertId: z.string(),
  seq: z.int().min(1),
  kind: TransitionKind,
  severity: AlertSeverity,
  headline: z.string(),
  /** A side's channel by its id, or `mail.<person>`. */
  channel: z.string(),
  party: Party,
  /** Whom or what it goes to, as people of that side may see it. */
  to: z.string(),
  plannedAtMs: z.int(),
  state: z.enum(["planned", "sending", "sent", "failed", "unknown", "dropped"]),
  /** When it is to be begun, or, once begun, given up as lost. */
  dueMs: z.int().nullable(),
  /** Why it waits, was dropped or has failed. */
  reason: z.string().default(""),
  round: z.int().min(1).default(1),
  roundAtMs: z.int(),
  /** The key of the first of those that go out as one message; those stay together. */
  message: z.string().nullable().default(null),
  attempts: z.array(DeliveryAttempt).default([]),
});
export type AlertDelivery = z.infer<typeof AlertDelivery>;

/** How an attempt ended. `unanswered`: it was the other side that said nothing. `permanent`: another would end the same. `gone`: the channel itself has ended. */
export type SendOutcome =
  | { readonly kind: "sent"; readonly detail: string }
  | { readonly kind: "unknown"; readonly detail: string; readonly unanswered?: true }
  | {
      readonly kind: "refused";
      readonly detail: string;
      readonly permanent: boolean;
      readonly retryAfterMs?: number | undefined;
      readonly gone?: true;
    };

export function deliveryKey(alertId: string, seq: number, channel: string): string {
  return `${alertId}:${seq}:${channel}`;
}

/** Begins an attempt, as part of the message that `message` names; `null` if it is not due. */
export function beginDelivery(delivery: AlertDelivery, message: string, nowMs: number): AlertDelivery | null {
  const { state, dueMs, attempts, round } = delivery;
  if (state !== "planned" || dueMs === null || dueMs > nowMs) return null;
  const attempt: DeliveryAttempt = {
    number: (attempts.at(-1)?.number ?? 0) + 1,
    round,
    atMs: nowMs,
    endedAtMs: null,
    result: null,
    detail: "",
  };
  return {
    ...delivery,
    state: "sending",
    dueMs: nowMs + LOST_AFTER_MS,
    reason: "",
    message,
    attempts: [...attempts, attempt].slice(-ATTEMPTS_KEPT),
  };
}

function ended(delivery: AlertDelivery, { kind, detail }: SendOutcome, nowMs: number): AlertDelivery {
  const attempts = delivery.attempts.map((one, i, all) =>
    i === all.length - 1 ? { ...one, endedAtMs: nowMs, result: kind, detail } : one,
  );
  return { ...delivery, attempts };
}

function refused(delivery: AlertDelivery, outcome: Extract<SendOutcome, { kind: "refused" }>, nowMs: number): AlertDelivery {
  const { round, roundAtMs, attempts } = delivery;
  const tries = attempts.filter((one) => one.round === round).length;
  const wait = RETRY_AFTER_MS[tries - 1];
  const dueMs = wait === undefined ? Number.POSITIVE_INFINITY : nowMs + Math.max(wait, outcome.retryAfterMs ?? 0);
  if (outcome.permanent || dueMs > roundAtMs + TRIED_WITHIN_MS)
    return { ...delivery, state: "failed", dueMs: null, reason: outcome.detail };
  return { ...delivery, state: "planned", dueMs, reason: outcome.detail };
}

/**
 * Ends the attempt of this number; `null` if that is over. Whoever comes late still says how it was, unless it was begun anew.
 */
export function endDelivery(delivery: AlertDelivery, attempt: number, outcome: SendOutcome, nowMs: number): AlertDelivery | null {
  const isOpen = delivery.state === "sending" || (delivery.state === "unknown" && outcome.kind !== "unknown");
  if (!isOpen || delivery.attempts.at(-1)?.number !== attempt) return null;
  const known = ended(delivery, outcome, nowMs);
  switch (outcome.kind) {
    case "sent":
      return { ...known, state: "sent", dueMs: null, reason: "" };
    case "unknown":
      return { ...known, state: "unknown", dueMs: null, reason: outcome.detail };
    case "refused":
      return refused(known, outcome, nowMs);
  }
}

/** What a worker left behind that ended in the middle: it may have been sent, so nobody sends it again unasked. */
export function loseDelivery(delivery: AlertDelivery, nowMs: number): AlertDelivery | null {
  const { state, dueMs, attempts } = delivery;
  if (state !== "sending" || dueMs === null || dueMs > nowMs) return null;
  const detail = "Accord stopped while it was being sent, so it may have arrived";
  return endDelivery(delivery, attempts.at(-1)?.number ?? 0, { kind: "unknown", detail }, nowMs);
}

/** Says of one that has not been begun why it will not be. */
export function dropDelivery(delivery: AlertDelivery, reason: string): AlertDelivery | null {
  return delivery.state === "planned" ? { ...delivery, state: "dropped", dueMs: null, reason } : null;
}

/** Puts one off that has not been begun; the time in which it is tried begins then. */
export function holdDelivery(delivery: AlertDelivery, untilMs: number, reason: string): AlertDelivery | null {
  return delivery.state === "planned" ? { ...delivery, dueMs: untilMs, roundAtMs: untilMs, reason } : null;
}

/** A person has it sent once more; `null` while it is on its way by itself. */
export function replayDelivery(delivery: AlertDelivery, by: string, nowMs: number): AlertDelivery | null {
  const { state, round } = delivery;
  if (state === "planned" || state === "sending") return null;
  return { ...delivery, state: "planned", dueMs: nowMs, round: round + 1, roundAtMs: nowMs, message: null, reason: `Sent again by ${by}` };
}
