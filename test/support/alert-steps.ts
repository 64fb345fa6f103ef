import { act, type AlertAct } from "../../shared/alerts/act.ts";
import { advance } from "../../shared/alerts/advance.ts";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { DutyPolicy } from "../../shared/alerts/duty-policy.ts";
import { noticesOf } from "../../shared/alerts/notice.ts";
import { observe } from "../../shared/alerts/observe.ts";
import type { Signal } from "../../shared/alerts/signal-event.ts";
import type { AlertState } from "../../shared/alerts/track.ts";
import type { Party, PartyActor } from "../../shared/settlement/party.ts";
import { ABOUT, policyOf } from "./alert-history.ts";

/** The usual terms. */
export const POLICY = policyOf();

export function hear(
  state: AlertState,
  signal: Signal,
  nowMs: number,
  more: { audience?: "provider"; party?: Party; reason?: string } = {},
  policy = POLICY,
): AlertState {
  return observe(state, { ...ABOUT, signal, headline: `${signal} at ${nowMs}`, nowMs, ...more }, policy);
}

export function alertOf({ alert }: AlertState): Alert {
  if (alert === null) throw new Error("an alert was expected");
  return alert;
}

/** What comes of an act that must be taken. */
export function done(state: AlertState, what: AlertAct, nowMs: number, who: PartyActor): AlertState {
  const alert = alertOf(advance(state, ABOUT, nowMs, POLICY));
  const result = act(alert, what, { who, seenSeq: alert.seq, nowMs }, POLICY);
  if (result.kind !== "done") throw new Error(`${what.do} was ${result.kind}`);
  return { track: state.track, alert: result.alert };
}

/** Whom the last step told, and of what. */
export function told(from: AlertState, to: AlertState, policy: DutyPolicy = POLICY): unknown[] {
  const alert = alertOf(to);
  return noticesOf(alert, from.alert?.id === alert.id ? from.alert.seq : 0, policy).map(({ seq, roles, people }) => [
    alert.history[seq - 1]?.kind,
    roles,
    people,
  ]);
}
