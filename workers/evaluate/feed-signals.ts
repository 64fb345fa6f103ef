import type { SignalEvent } from "../../shared/alerts/transition.ts";
import type { Zone } from "../../shared/calendar/zone.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { FeedState } from "./feed-health.ts";

/** A wall clock reading with its city, e.g. "19:56 Lisbon". */
function clockIn(zone: Zone, ms: number): string {
  const minutes = Math.floor(zone.clockAt(ms) / 60_000);
  const two = (part: number): string => String(part).padStart(2, "0");
  const city = zone.timeZone.slice(zone.timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ${city}`;
}

/** What the health of feeds says to their alerts. */
export function feedSignals({ agreement, zone }: StoredAgreement, states: readonly FeedState[], nowMs: number): SignalEvent[] {
  const agreementId = agreement.id;
  return (
    states
      // At opening time a feed that fell silent the day before is not due yet; that is no evidence that it delivers again.
      .filter(({ cadence }) => cadence.state === "silent" || (cadence.state === "fresh" && cadence.delivers))
      .map(({ feed, cadence, health }) => {
        const silent = cadence.state === "silent";
        const headline = silent
          ? `Feed "${feed.name}" is silent: last data ${clockIn(zone, health.lastReceiptAtMs ?? nowMs)}`
          : `Feed "${feed.name}" delivers again`;
        return { agreementId, subject: { kind: "feed", feed: feed.id }, signal: silent ? "critical" : "clear", headline, nowMs };
      })
  );
}
