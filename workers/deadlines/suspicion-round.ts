import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import { subjectKey } from "../../shared/alerts/subject.ts";
import { suspicionWords } from "../../shared/agreement/suspicion-words.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { withFamily } from "../../shared/store/alert-family.ts";
import { readStates } from "../../shared/store/alert-states.ts";
import { alertParts } from "../../shared/store/alert-writes.ts";
import { commit } from "../../shared/store/commit.ts";
import { dutyOf } from "../../shared/store/duty.ts";
import { readSuspicions } from "../../shared/store/feed-report.ts";
import { sha256Hex } from "../../shared/store/sha256.ts";
import { moveAlerts } from "../evaluate/alert-moves.ts";
import type { WorkerParts } from "../parts.ts";

async function signalOf(redis: WorkerParts["redis"], stored: StoredAgreement, feed: FeedDefinition, nowMs: number): Promise<SignalEvent> {
  const [found] = await readSuspicions(redis, stored, feed, nowMs);
  const about = { agreementId: stored.agreement.id, subject: { kind: "feed-suspect", feed: feed.id }, nowMs } as const;
  if (found === undefined) return { ...about, signal: "clear", headline: `Feed "${feed.name}" has ordinary counts again` };
  return { ...about, signal: "warning", headline: `Feed "${feed.name}": ${suspicionWords(found, stored.zone).question}` };
}

/**
 * Looks through the last weeks of the feeds that hand in counts, and raises one alert for each that asks for an
 * explanation; it ends when the counts no longer do. Twice at once changes nothing: the alert's number is the guard.
 */
export async function questionFeeds({ redis, clock }: Pick<WorkerParts, "redis" | "clock">, agreementId: string): Promise<void> {
  const nowMs = clock();
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) return;
  const policy = dutyOf(stored);
  for (const feed of stored.feeds) {
    const event = await signalOf(redis, stored, feed, nowMs);
    const key = subjectKey(event.subject);
    const states = await readStates(redis, agreementId, [key]);
    const moved = moveAlerts({ agreementId, states, signals: [event], woken: [], nowMs, policy });
    const parts = alertParts({ agreementId, policy }, await withFamily({ redis, stored, nowMs }, moved));
    if (parts.writes.length === 0) continue;
    const operationId = `suspect-${key}-${sha256Hex(JSON.stringify(parts.writes))}`;
    await commit(redis, { agreementId, operationId, nowMs, ...parts });
  }
}
