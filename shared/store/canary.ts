import type { Redis } from "ioredis";
import { dutyPolicy } from "../alerts/duty-policy.ts";
import { moveBy, standStill } from "../alerts/move.ts";
import type { SignalEvent } from "../alerts/signal-event.ts";
import { subjectKey } from "../alerts/subject.ts";
import { UNTOLD } from "../alerts/track.ts";
import type { StoredAgreement } from "./agreements.ts";
import { readStates } from "./alert-states.ts";
import { alertParts } from "./alert-writes.ts";
import { commit } from "./commit.ts";
import { dutyOf } from "./duty.ts";
import { agreementKeys } from "./keys.ts";

/** What the made-up breaches are about. It is in no list of agreements, so nobody sees it. */
export const CANARY = "~canary";
const SUBJECT = { kind: "canary" } as const;
const MINUTE_MS = 60_000;
const HEADLINE = "A made-up breach did not come through within a minute: news of real ones may reach nobody outside this page";
const OVER = "Made-up breaches come through again";

const PROBED = agreementKeys(CANARY).operation("probed");
const ARRIVED = agreementKeys(CANARY).operation("arrived");

/** Whether this worker is the one that sees to the canary in the minute of `nowMs`. */
export async function winsMinute(redis: Redis, nowMs: number): Promise<boolean> {
  const turn = agreementKeys(CANARY).operation(`minute-${Math.floor(nowMs / MINUTE_MS)}`);
  return (await redis.set(turn, "1", "PX", 5 * MINUTE_MS, "NX")) === "OK";
}

/** `late`: it had its minute and did not come; `null`: that cannot be told. */
export type CanaryWord = "arrived" | "late" | null;

/** What is known of the latest made-up breach. */
export async function hearCanary(redis: Redis, nowMs: number): Promise<CanaryWord> {
  const [probed, arrived] = await Promise.all([redis.get(PROBED), redis.get(ARRIVED)]);
  if (probed === null) return null;
  if (arrived === probed) return "arrived";
  // A worker that was away for long has not waited in vain.
  const age = nowMs - Number(probed);
  return age >= MINUTE_MS && age < 2.5 * MINUTE_MS ? "late" : null;
}

/** Makes up a breach and lets it go the road of real ones, from the alert's machines through the outbox. Nothing of the one before stays. */
export async function sendCanary(redis: Redis, nowMs: number): Promise<void> {
  const keys = agreementKeys(CANARY);
  const { alerts, alertSeq, alertLatest, alertsByChange, alertTracks, alertDue, alertsActive, outbox } = keys;
  const { alertDeliveries, alertDeliveriesDue, alertDeliveryLog, stream } = keys;
  await redis.del(alerts, alertSeq, alertLatest, alertsByChange, alertTracks, alertDue, alertsActive, outbox, stream);
  await redis.del(alertDeliveries, alertDeliveriesDue, alertDeliveryLog);
  const policy = dutyPolicy({ version: 1 }, (fromMs, ms) => fromMs + ms);
  const event: SignalEvent = { agreementId: CANARY, subject: SUBJECT, signal: "critical", headline: "Made up", nowMs };
  const parts = alertParts({ agreementId: CANARY, policy }, [moveBy(standStill(SUBJECT, UNTOLD), event, policy)]);
  const writes = [...parts.writes, ["SET", PROBED, nowMs] as const];
  await commit(redis, { agreementId: CANARY, operationId: `probe-${nowMs}`, nowMs, ...parts, writes, ledger: [] });
}

/** Says that the made-up breach of this instant has come through. */
export async function canaryArrived(redis: Redis, raisedAtMs: number): Promise<void> {
  await redis.set(ARRIVED, raisedAtMs);
}

/**
 * Raises or ends the alert of an agreement that says that telling does not work; where nothing can be told, what stands goes on
 * standing. It goes by the evidence, whatever people have done with the alert: one that was closed while the canary is late ends
 * with it, so that the next time is news. When somebody else moves it at the same instant the next minute sees to it.
 */
export async function tellCanary(redis: Redis, stored: StoredAgreement, word: CanaryWord, nowMs: number): Promise<void> {
  if (word === null) return;
  const { id: agreementId } = stored.agreement;
  const key = subjectKey(SUBJECT);
  const state = (await readStates(redis, agreementId, [key])).get(key) ?? UNTOLD;
  const isLate = word === "late";
  if (state.track.signal === (isLate ? "firing" : "ok")) return;
  const policy = dutyOf(stored);
  const signal = isLate ? ("high" as const) : ("clear" as const);
  const event: SignalEvent = { agreementId, subject: SUBJECT, signal, headline: isLate ? HEADLINE : OVER, nowMs };
  const parts = alertParts({ agreementId, policy }, [moveBy(standStill(SUBJECT, state), event, policy)]);
  await commit(redis, { agreementId, operationId: `canary-${nowMs}`, nowMs, ...parts });
}
