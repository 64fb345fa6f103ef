import { headlineOf } from "../../shared/agreement/headline.ts";
import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { DutyPolicy } from "../../shared/alerts/duty-policy.ts";
import { type AlertMove, moveBy, moveTo, standStill } from "../../shared/alerts/move.ts";
import { type SignalEvent, signalOf } from "../../shared/alerts/signal-event.ts";
import { type AlertSubject, subjectKey } from "../../shared/alerts/subject.ts";
import { isUntold, UNTOLD } from "../../shared/alerts/track.ts";
import type { KnownState } from "../../shared/store/alert-states.ts";

/** What a verdict says to the alert of its target and window; final when the window has closed. */
export function verdictSignal(agreementId: string, compiled: CompiledTarget, verdict: Verdict, nowMs: number): SignalEvent {
  const { targetId, window, version, hash } = verdict;
  const subject: AlertSubject = { kind: "target", targetId, window: window.kind, start: window.start };
  const said = { agreementId, subject, signal: signalOf(verdict.status), headline: headlineOf(compiled, verdict), nowMs, version };
  return window.open ? said : { ...said, final: hash };
}

/** Nothing is known of it, and what is said now gives no reason to know more. */
function isIdle(state: KnownState, { signal }: SignalEvent): boolean {
  return (signal === "clear" || signal === "between" || signal === "frozen") && isUntold(state.track) && state.alert === null;
}

export interface Evidence {
  readonly agreementId: string;
  /** Of every fingerprint that is spoken of or woken. */
  readonly states: ReadonlyMap<string, KnownState>;
  readonly signals: readonly SignalEvent[];
  /** Fingerprints of which something is due. */
  readonly woken: Iterable<string>;
  readonly nowMs: number;
  readonly policy: DutyPolicy;
}

/** What evidence and time make of fingerprints, one move for each. */
export function moveAlerts({ agreementId, states, signals, woken, nowMs, policy }: Evidence): AlertMove[] {
  const moves = new Map<string, AlertMove>();
  for (const event of signals) {
    const key = subjectKey(event.subject);
    const state = states.get(key);
    const before = moves.get(key);
    if (before === undefined && state !== undefined && isIdle(state, event)) continue;
    moves.set(key, moveBy(before ?? standStill(event.subject, state ?? UNTOLD), event, policy));
  }
  for (const key of woken) {
    const state = states.get(key);
    if (moves.has(key) || state === undefined || state.subject === null) continue;
    moves.set(key, moveTo(standStill(state.subject, state), agreementId, nowMs, policy));
  }
  return [...moves.values()];
}
