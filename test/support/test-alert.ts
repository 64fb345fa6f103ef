import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { AlertAct } from "../../shared/alerts/act.ts";
import { moveBy, standStill } from "../../shared/alerts/move.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import { subjectKey } from "../../shared/alerts/subject.ts";
import { UNTOLD } from "../../shared/alerts/track.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { readStates } from "../../shared/store/alert-states.ts";
import { alertParts } from "../../shared/store/alert-writes.ts";
import { actOnAlert } from "../../shared/store/alerts.ts";
import { commit } from "../../shared/store/commit.ts";
import { dutyOf } from "../../shared/store/duty.ts";

/** Moves one fingerprint by one piece of evidence, on the stream as well. */
export async function observeTest(redis: Redis, event: SignalEvent): Promise<Alert> {
  const { agreementId, subject, nowMs } = event;
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) throw new Error(`there is no agreement ${agreementId}`);
  const policy = dutyOf(stored);
  const key = subjectKey(subject);
  const state = (await readStates(redis, agreementId, [key])).get(key) ?? UNTOLD;
  const move = moveBy(standStill(subject, state), event, policy);
  const result = await commit(redis, { agreementId, operationId: randomUUID(), nowMs, ...alertParts({ agreementId, policy }, [move]) });
  if (result.kind !== "done" || move.after.alert === null) throw new Error(`the alert did not move: ${result.kind}`);
  return move.after.alert;
}

/** Raises an alert about a silent feed of its own. */
export async function raiseTestAlert(
  server: { readonly redis: Redis },
  agreementId: string,
  says: Pick<SignalEvent, "signal" | "audience"> = { signal: "critical" },
  nowMs = Date.now(),
): Promise<Alert> {
  const subject = { kind: "feed", feed: `feed-${randomUUID()}` } as const;
  return await observeTest(server.redis, { agreementId, subject, headline: "The feed is silent", nowMs, ...says });
}

export const QA_LEAD = { id: "person:q", name: "Q. Lead", party: "client" } as const;

/** What a test says of an act; the rest is usual: a QA lead who acknowledges "on it", having seen the first transition. */
export interface TestAct {
  readonly agreementId: string;
  readonly alertId: string;
  readonly nowMs: number;
  readonly seenSeq?: number;
  readonly act?: AlertAct;
  readonly operationId?: string;
}

export async function actAsLead(redis: Redis, input: TestAct): Promise<Alert> {
  return await actOnAlert(redis, {
    seenSeq: 1,
    act: { do: "acknowledge", note: "on it" },
    operationId: randomUUID(),
    who: QA_LEAD,
    ...input,
  });
}
