import type { Redis } from "ioredis";
import { act, type ActResult, type AlertAct } from "../alerts/act.ts";
import type { Alert } from "../alerts/alert.ts";
import { type AlertMove, moveTo, standStill } from "../alerts/move.ts";
import { subjectKey } from "../alerts/subject.ts";
import { inPresentWords, UNTOLD } from "../alerts/track.ts";
import { AppError } from "../protocol/errors.ts";
import type { PartyActor } from "../settlement/party.ts";
import { readAgreement, type StoredAgreement } from "./agreements.ts";
import { lateAnswer, staleAnswer } from "./alert-answers.ts";
import { withFamily } from "./alert-family.ts";
import { readAlert, readStates } from "./alert-states.ts";
import { alertParts } from "./alert-writes.ts";
import { commit } from "./commit.ts";
import { dutyOf } from "./duty.ts";
import { agreementKeys } from "./keys.ts";

/** A browser that was asleep may send its act again days later. */
const REMEMBER_SECONDS = 7 * 86_400;
const CONFLICT_RETRIES = 8;
/** More has no reader, and everybody who watches the agreement is sent the whole story each time. */
const MOST_ACTS = 500;

export interface PersonsAct {
  readonly agreementId: string;
  readonly alertId: string;
  /** The sequence number of the alert the person was looking at. */
  readonly seenSeq: number;
  readonly act: AlertAct;
  /** Made by the person's browser, so that a repeated send has one effect. */
  readonly operationId: string;
  readonly who: PartyActor;
  /** Whether alerts for the provider alone do not exist for this person. */
  readonly sharedOnly?: boolean;
  readonly nowMs: number;
}

function noSuchAlert(): AppError {
  return new AppError("not-found", "There is no such alert.", "Check the address.");
}

interface Found {
  readonly stored: StoredAgreement;
  /** What was due of its fingerprint before the person acted, each at its own time. */
  readonly passed: AlertMove;
  readonly alert: Alert;
  /** It was followed by another episode: nothing is due of it any more. */
  readonly isPast: boolean;
}

async function find(redis: Redis, { agreementId, alertId, sharedOnly, nowMs }: PersonsAct): Promise<Found> {
  const [stored, alert] = await Promise.all([readAgreement(redis, agreementId, nowMs), readAlert(redis, agreementId, alertId)]);
  if (stored === null || alert === null || (sharedOnly === true && alert.audience !== undefined)) throw noSuchAlert();
  const key = subjectKey(alert.subject);
  const state = (await readStates(redis, agreementId, [key])).get(key) ?? UNTOLD;
  if (state.alert?.id !== alertId) return { stored, alert, passed: standStill(alert.subject, { ...UNTOLD, alert }), isPast: true };
  const passed = moveTo(standStill(alert.subject, state), agreementId, nowMs, dutyOf(stored));
  return { stored, alert: passed.after.alert ?? state.alert, passed, isPast: false };
}

type Ending = "done" | "repeated" | "conflict";

async function write(redis: Redis, input: PersonsAct, { stored, passed, isPast }: Found, done: { operation: string; alert: Alert }) {
  const { agreementId, nowMs } = input;
  const after = inPresentWords(passed.after, { ...passed.after, alert: done.alert });
  const moves = await withFamily({ redis, stored, nowMs }, [{ ...passed, after }]);
  const parts = alertParts({ agreementId, policy: dutyOf(stored), isPast }, moves);
  const operation = { agreementId, operationId: done.operation, rememberSeconds: REMEMBER_SECONDS, nowMs };
  const outcome = await commit(redis, { ...operation, ...parts });
  if (outcome.kind === "fenced") throw new Error("a person's act carries no fence");
  const ending: Ending = outcome.kind;
  return { ending, alert: moves[0]?.after.alert ?? done.alert };
}

const FULL: ActResult = {
  kind: "refused",
  why: `People have acted on this alert ${MOST_ACTS} times; it takes no more.`,
  remedy: "Close it.",
};

function isFull({ history }: Alert): boolean {
  return history.filter(({ byId }) => byId !== undefined).length >= MOST_ACTS;
}

/** What came of an act on what is no longer there to act on. */
async function unheard(redis: Redis, input: PersonsAct, found: Found, result: ActResult): Promise<Alert | "again"> {
  const { agreementId, alertId, operationId, seenSeq, nowMs } = input;
  // It may have moved by this very operation, sent a moment ago; then the person learns what it did.
  const operation = agreementKeys(agreementId).operation(operationOf(alertId, operationId));
  if ((await redis.exists(operation)) === 1) return (await readAlert(redis, agreementId, alertId)) ?? found.alert;
  if (result.kind === "refused") throw new AppError("conflict", result.why, result.remedy);
  if (result.kind === "stale") throw staleAnswer(result.alert, seenSeq, nowMs);
  if (result.alert !== found.alert && !isFull(found.alert)) {
    const { ending } = await write(redis, input, found, { operation: `late-${alertId}-${operationId}`, alert: result.alert });
    if (ending === "conflict") return "again";
  }
  throw lateAnswer(found.alert, nowMs);
}

function operationOf(alertId: string, operationId: string): string {
  return `act-${alertId}-${operationId}`;
}

async function attempt(redis: Redis, input: PersonsAct): Promise<Alert | "again"> {
  const { agreementId, alertId, operationId } = input;
  const found = await find(redis, input);
  const result = act(found.alert, input.act, input, dutyOf(found.stored));
  if (result.kind !== "done") return await unheard(redis, input, found, result);
  if (result.alert === found.alert) return found.alert;
  if (isFull(found.alert) && input.act.do !== "close") return await unheard(redis, input, found, FULL);
  const { ending, alert } = await write(redis, input, found, { operation: operationOf(alertId, operationId), alert: result.alert });
  if (ending === "done") return alert;
  return ending === "conflict" ? "again" : ((await readAlert(redis, agreementId, alertId)) ?? alert);
}

/**
 * A person does something to an alert; applied once however often it is sent. What was due before is done first, so that a
 * late wake-up changes nothing of the answer. When the alert moves in between without changing the ground of the decision,
 * the act is done on the moved one.
 *
 * @throws AppError `not-found` for an unknown alert; `conflict` when somebody was faster, it got worse or it is over (saying
 *   who, what and how long before), or when the act breaks a rule.
 */
export async function actOnAlert(redis: Redis, input: PersonsAct): Promise<Alert> {
  for (let retry = 0; retry < CONFLICT_RETRIES; retry++) {
    const alert = await attempt(redis, input);
    if (alert !== "again") return alert;
  }
  throw new AppError("unavailable", "Others keep changing this alert.", "Send it again in a moment.");
}
