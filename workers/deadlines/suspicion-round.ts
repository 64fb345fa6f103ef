import type { Alert } from "../../shared/alerts/alert.ts";
import { onSignal, type SignalEvent, subjectKey } from "../../shared/alerts/transition.ts";
import { suspicionWords } from "../../shared/agreement/suspicion-words.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { alertWrites } from "../../shared/store/alerts.ts";
import { commit } from "../../shared/store/commit.ts";
import { readSuspicions } from "../../shared/store/feed-report.ts";
import { readLatestAlerts } from "../evaluate/alert-moves.ts";
import type { WorkerParts } from "../parts.ts";

/**
 * Looks through the last weeks of the feeds that hand in counts, and raises one alert for each that asks for an
 * explanation; it ends when the counts no longer do. Twice at once changes nothing: the alert's number is the guard.
 */
export async function questionFeeds({ redis, clock }: Pick<WorkerParts, "redis" | "clock">, agreementId: string): Promise<void> {
  const nowMs = clock();
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) return;
  const subjects = stored.feeds.map(({ id }) => subjectKey({ kind: "feed-suspect", feed: id }));
  const latest = subjects.length === 0 ? new Map<string, Alert>() : await readLatestAlerts(redis, agreementId, subjects);
  for (const feed of stored.feeds) {
    const [found] = await readSuspicions(redis, stored, feed, nowMs);
    const subject = { kind: "feed-suspect", feed: feed.id } as const;
    const headline =
      found === undefined
        ? `Feed "${feed.name}" has ordinary counts again`
        : `Feed "${feed.name}": ${suspicionWords(found, stored.zone).question}`;
    const event: SignalEvent = { agreementId, subject, signal: found === undefined ? "clear" : "warning", headline, nowMs };
    const moved = onSignal(latest.get(subjectKey(subject)) ?? null, event);
    if (moved === null) continue;
    const operationId = `suspect-${moved.id}-${moved.seq}`;
    await commit(redis, { agreementId, operationId, nowMs, ...alertWrites(moved), events: [{ kind: "alert:changed", alert: moved }] });
  }
}
