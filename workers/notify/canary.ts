import type { SendOutcome } from "../../shared/alerts/delivery.ts";
import type { AlertMessage } from "../../shared/alerts/message.ts";
import { listAgreements, readAgreement } from "../../shared/store/agreements.ts";
import { CANARY, canaryArrived, hearCanary, sendCanary, tellCanary, winsMinute } from "../../shared/store/canary.ts";
import type { NotifyParts } from "../parts.ts";

/** The end of the road: what came here would have gone out. */
export async function receiveCanary({ redis }: NotifyParts, { news: [{ alert }] }: AlertMessage): Promise<SendOutcome> {
  await canaryArrived(redis, alert.raisedAtMs);
  return { kind: "sent", detail: "" };
}

/**
 * Once a minute, by one worker of all: if the made-up breach of the minute before has not come through, every agreement gets an
 * alert that says so, which ends when one has; then the next one is sent on its way. When no worker lives, the gap in their pulse says it afterwards.
 */
export async function canaryRound(parts: NotifyParts): Promise<void> {
  const { redis, clock } = parts;
  const nowMs = clock();
  if (!(await winsMinute(redis, nowMs))) return;
  const word = await hearCanary(redis, nowMs);
  if (word === "late")
    parts.logger.error({ event: "canary-late", agreementId: CANARY }, "a made-up breach did not come through: alerts may not be told");
  for (const id of await listAgreements(redis)) {
    const stored = await readAgreement(redis, id, nowMs);
    if (stored !== null) await tellCanary(redis, stored, word, nowMs);
  }
  await sendCanary(redis, nowMs);
}
