import { formatCount } from "../../shared/metrics/format.ts";
import { failsHeadline, unfetchedHeadline } from "../../shared/alerts/feed-words.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { clockIn } from "./clock-words.ts";
import type { FeedState } from "./feed-health.ts";

type Says = Pick<SignalEvent, "signal" | "headline" | "audience" | "reason">;

function refusedWords({ refused }: FeedState["health"]): string {
  if (refused === undefined || refused.of === 0) return "its last file was refused as a whole";
  return `${formatCount(refused.rows)} of the ${formatCount(refused.of)} rows of its last file were refused`;
}

function says({ zone }: StoredAgreement, { feed, cadence, health, reading }: FeedState, nowMs: number): Says | null {
  const { lastReceiptAtMs: last, trouble } = health;
  if (cadence.state === "silent") {
    const data = last === null ? "nothing has ever arrived" : `last data ${clockIn(zone, last, nowMs)}`;
    return { signal: "critical", reason: "silent", headline: `Feed "${feed.name}" is silent: ${data}` };
  }
  const warning = { signal: "warning", audience: "provider" } as const;
  if (typeof trouble === "string") return { ...warning, reason: "trouble", headline: unfetchedHeadline(feed.name, trouble) };
  if (reading === "fails") return { ...warning, reason: "refused", headline: failsHeadline(feed.name, refusedWords(health)) };
  if (cadence.state === "late") {
    const due = cadence.dueAtMs === null ? "" : `: due ${clockIn(zone, cadence.dueAtMs, nowMs)}`;
    const told = cadence.graceEndsMs === null ? "" : `; the client is told at ${clockIn(zone, cadence.graceEndsMs, nowMs)}`;
    return { ...warning, reason: "late", headline: `Feed "${feed.name}" is late${due}${told}` };
  }
  if (reading === "mended") return { signal: "clear", headline: `Feed "${feed.name}" can be read again` };
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

/**
 * All feeds of a provider silent at once are one thing that happened, not as many as there are feeds. One that delivers ends
 * it; closed hours say nothing.
 */
export function providerSignals(stored: StoredAgreement, states: readonly FeedState[], nowMs: number): SignalEvent[] {
  const expected = states.filter(({ feed }) => feed.expected !== undefined);
  if (expected.length < 2) return [];
  const { id, parties } = stored.agreement;
  const about = { agreementId: id, subject: { kind: "provider" }, nowMs } as const;
  if (expected.every(({ cadence }) => cadence.state === "silent")) {
    const lastMs = Math.max(...expected.map(({ health }) => health.lastReceiptAtMs ?? 0));
    const data = lastMs === 0 ? "nothing has ever arrived" : `last data ${clockIn(stored.zone, lastMs, nowMs)}`;
    return [{ ...about, signal: "critical", headline: `All ${expected.length} feeds of ${parties.provider} are silent: ${data}` }];
  }
  if (!expected.some(({ cadence }) => cadence.state === "fresh" && cadence.delivers)) return [];
  return [{ ...about, signal: "clear", headline: `${parties.provider} delivers again` }];
}
