import type { Redis } from "ioredis";
import { headlineOf } from "../../shared/agreement/headline.ts";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { Alert, type AlertSubject } from "../../shared/alerts/alert.ts";
import { onSignal, type SignalEvent, signalOf, subjectKey } from "../../shared/alerts/transition.ts";
import { agreementKeys } from "../../shared/store/keys.ts";

/** What a verdict says to the alert of its target and window. */
export function verdictSignal(agreementId: string, compiled: CompiledTarget, verdict: Verdict, nowMs: number): SignalEvent {
  const subject: AlertSubject = { kind: "target", targetId: verdict.targetId, window: verdict.window.kind, start: verdict.window.start };
  return { agreementId, subject, signal: signalOf(verdict.status), headline: headlineOf(compiled, verdict), nowMs };
}

async function latestOf(redis: Redis, agreementId: string, subjects: readonly AlertSubject[]): Promise<(Alert | null)[]> {
  if (subjects.length === 0) return [];
  const keys = agreementKeys(agreementId);
  const ids = await redis.hmget(keys.alertLatest, ...subjects.map(subjectKey));
  return await Promise.all(
    ids.map(async (id) => {
      const stored = id === null ? null : await redis.hget(keys.alerts, id);
      return stored === null ? null : Alert.parse(JSON.parse(stored));
    }),
  );
}

/** The alerts that a set of signals moves, as they are after the move. */
export async function moveAlerts(redis: Redis, agreementId: string, signals: readonly SignalEvent[]): Promise<Alert[]> {
  const telling = signals.filter(({ signal }) => signal !== "frozen");
  const latest = await latestOf(
    redis,
    agreementId,
    telling.map(({ subject }) => subject),
  );
  return telling.flatMap((event, i) => {
    const moved = onSignal(latest[i] ?? null, event);
    return moved === null ? [] : [moved];
  });
}
