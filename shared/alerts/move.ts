import { advance } from "./advance.ts";
import type { Alert } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { observe } from "./observe.ts";
import type { SignalEvent } from "./signal-event.ts";
import type { AlertSubject } from "./subject.ts";
import type { AlertState } from "./track.ts";

/** What one step makes of one fingerprint. */
export interface AlertMove {
  readonly subject: AlertSubject;
  readonly before: AlertState;
  readonly after: AlertState;
  /** Episodes that ended in this step and were followed by another. */
  readonly past: readonly Alert[];
}

export function standStill(subject: AlertSubject, state: AlertState): AlertMove {
  return { subject, before: state, after: state, past: [] };
}

function onto(move: AlertMove, after: AlertState): AlertMove {
  const { alert } = move.after;
  const isFollowed = alert !== null && after.alert?.id !== alert.id && alert.seq > sinceSeq(move, alert);
  return { ...move, after, past: isFollowed ? [...move.past, alert] : move.past };
}

/** Lets time pass on what the step has made so far. */
export function moveTo(move: AlertMove, agreementId: string, nowMs: number, policy: DutyPolicy): AlertMove {
  return onto(move, advance(move.after, { agreementId, subject: move.subject }, nowMs, policy));
}

/** Moves on by one piece of evidence. What was due before is an own step, because it may end an episode. */
export function moveBy(move: AlertMove, event: SignalEvent, policy: DutyPolicy): AlertMove {
  const passed = moveTo(move, event.agreementId, event.nowMs, policy);
  return onto(passed, observe(passed.after, event, policy));
}

/** The last transition of an alert that had happened before the step; 0 if it did not exist. */
export function sinceSeq({ before }: AlertMove, { id }: Alert): number {
  return before.alert?.id === id ? before.alert.seq : 0;
}

/** The alerts to which something happened, in the order in which they began. */
export function changedAlerts(move: AlertMove): Alert[] {
  const { after, past } = move;
  return [...past, ...(after.alert === null ? [] : [after.alert])].filter((alert) => alert.seq > sinceSeq(move, alert));
}
