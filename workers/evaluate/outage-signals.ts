import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import { subjectKey } from "../../shared/alerts/subject.ts";
import type { Range } from "../../shared/calendar/range.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { KnownState } from "../../shared/store/alert-states.ts";
import { cityOf, clockIn, clockOf } from "./clock-words.ts";

/** Older ones have been told, or were before this release. */
const TOLD_FOR_MS = 24 * 3_600_000;

/**
 * One alert for each time in which Accord itself was away, for both sides, in place of one for every feed that nobody could
 * hand in. Told once it is over: until then nobody could read it, and nobody knows how long it is.
 */
export function outageSignals(stored: StoredAgreement, away: readonly Range[], nowMs: number): SignalEvent[] {
  const { agreement, zone, feeds, sinceMs } = stored;
  if (!feeds.some(({ expected }) => expected !== undefined)) return [];
  return away
    .filter(({ fromMs, toMs }) => toMs <= nowMs && toMs > nowMs - TOLD_FOR_MS && fromMs >= sinceMs)
    .map(({ fromMs, toMs }) => {
      const sameDay = zone.localDay(fromMs) === zone.localDay(toMs);
      const span = sameDay
        ? `${clockOf(zone, fromMs)}-${clockOf(zone, toMs)} ${cityOf(zone)}`
        : `${clockIn(zone, fromMs, toMs)} to ${clockIn(zone, toMs, toMs)}`;
      const headline = `Accord was away ${span}; silence in that time proves nothing`;
      return { agreementId: agreement.id, subject: { kind: "pipeline", fromMs, toMs }, signal: "warning", headline, nowMs };
    });
}

/** Whether a subject never had an alert. */
export function isNew(states: ReadonlyMap<string, KnownState>): (event: SignalEvent) => boolean {
  return ({ subject }) => (states.get(subjectKey(subject))?.alert ?? null) === null;
}
