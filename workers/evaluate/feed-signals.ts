import type { SignalEvent } from "../../shared/alerts/transition.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { clockIn } from "./clock-words.ts";
import type { FeedState } from "./feed-health.ts";

type Says = Pick<SignalEvent, "signal" | "headline" | "audience">;

function says({ zone }: StoredAgreement, { feed, cadence, health }: FeedState, nowMs: number): Says | null {
  const { lastReceiptAtMs: last, trouble } = health;
  if (cadence.state === "silent") {
    const data = last === null ? "nothing has ever arrived" : `last data ${clockIn(zone, last, nowMs)}`;
    return { signal: "critical", headline: `Feed "${feed.name}" is silent: ${data}` };
  }
  if (trouble !== null) return { signal: "warning", audience: "provider", headline: `Feed "${feed.name}" cannot be fetched: ${trouble}` };
  if (cadence.state === "late") {
    const due = cadence.dueAtMs === null ? "" : `: due ${clockIn(zone, cadence.dueAtMs, nowMs)}`;
    const told = cadence.graceEndsMs === null ? "" : `; the client is told at ${clockIn(zone, cadence.graceEndsMs, nowMs)}`;
    return { signal: "warning", audience: "provider", headline: `Feed "${feed.name}" is late${due}${told}` };
  }
  // At opening time a feed that fell silent the day before is not due yet; that is no evidence that it delivers again.
  if (cadence.state !== "fresh" || !cadence.delivers) return null;
  return { signal: "clear", headline: `Feed "${feed.name}" delivers again` };
}

/** What the health of feeds says to their alerts: the provider is warned first, silence is told to both sides. */
export function feedSignals(stored: StoredAgreement, states: readonly FeedState[], nowMs: number): SignalEvent[] {
  return states.flatMap((state) => {
    const said = says(stored, state, nowMs);
    return said === null ? [] : [{ agreementId: stored.agreement.id, subject: { kind: "feed", feed: state.feed.id }, nowMs, ...said }];
  });
}
