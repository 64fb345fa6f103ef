import type { Redis } from "ioredis";
import { headlineOf } from "../../shared/agreement/headline.ts";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { Alert, type AlertSubject } from "../../shared/alerts/alert.ts";
import { onSignal, type SignalEvent, signalOf, subjectKey } from "../../shared/alerts/transition.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { inPieces } from "../../shared/store/in-pieces.ts";

/** What a verdict says to the alert of its target and window. */
export function verdictSignal(agreementId: string, compiled: CompiledTarget, verdict: Verdict, nowMs: number): SignalEvent {
  const subject: AlertSubject = { kind: "target", targetId: verdict.targetId, window: verdict.window.kind, start: verdict.window.start };
  return { agreementId, subject, signal: signalOf(verdict.status), headline: headlineOf(compiled, verdict), nowMs };
}

/** The latest episode of each subject, by its key; a subject that never had one is left out. */
export async function readLatestAlerts(redis: Redis, agreementId: string, subjects: readonly string[]): Promise<Map<string, Alert>> {
  const keys = agreementKeys(agreementId);
  const ids = (await Promise.all(inPieces(subjects).map(async (some) => await redis.hmget(keys.alertLatest, ...some)))).flat();
  const known = subjects.flatMap((subject, i) => (typeof ids[i] === "string" ? [{ subject, id: ids[i] }] : []));
  const texts = (
    await Promise.all(inPieces(known.map(({ id }) => id)).map(async (some) => await redis.hmget(keys.alerts, ...some)))
  ).flat();
  return new Map(
    known.flatMap(({ subject }, i) => (typeof texts[i] === "string" ? [[subject, Alert.parse(JSON.parse(texts[i]))] as const] : [])),
  );
}

/** The alerts that a set of signals moves, as they are after the move. */
export function moveAlerts(latest: ReadonlyMap<string, Alert>, signals: readonly SignalEvent[]): Alert[] {
  return signals.flatMap((event) => {
    const moved = onSignal(latest.get(subjectKey(event.subject)) ?? null, event);
    return moved === null ? [] : [moved];
  });
}
