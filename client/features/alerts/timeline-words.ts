import type { AlertTransition, TransitionKind } from "../../../shared/alerts/alert.ts";
import { BY_SYSTEM } from "../../../shared/alerts/push.ts";

const KIND_WORDS: Readonly<Record<TransitionKind, string>> = {
  raised: "Raised",
  worsened: "Worse",
  eased: "Eased",
  changed: "Another reason",
  recovering: "Recovering",
  "firing-again": "Bad again before it had recovered",
  frozen: "No evidence any more",
  thawed: "Evidence again",
  resolved: "Over by the evidence",
  reopened: "Came again",
  cleared: "Evidence says it is over, after it was resolved",
  "flap-started": "Goes up and down",
  "flap-ended": "No longer goes up and down",
  confirmed: "Confirmed by corrected data",
  voided: "Void by corrected data",
  "version-changed": "Goes on under a new version of the agreement",
  "rule-changed": "Ended by a new version of the agreement",
  escalated: "Went to the next level",
  "acknowledgement-expired": "Update overdue, open again",
  "snooze-ended": "Snooze ended",
  acknowledged: "Acknowledged",
  "released-by-owner": "Given back",
  "late-acknowledgement": "Acknowledged too late",
  commented: "Comment",
  assigned: "Assigned",
  snoozed: "Snoozed",
  closed: "Resolved",
  rated: "Rated",
  attached: "Attached to another alert",
  released: "Stands by itself again",
};

/** What happens rather than changes: filled in the timeline. */
const KEY_KINDS: ReadonlySet<TransitionKind> = new Set([
  "raised",
  "worsened",
  "changed",
  "reopened",
  "escalated",
  "acknowledgement-expired",
]);

export interface Told {
  readonly what: string;
  /** Who did it, where it was a person. */
  readonly by: string | null;
  readonly note: string;
  readonly isKey: boolean;
}

/** One transition in plain words. */
export function toldOf({ kind, by, note }: AlertTransition): Told {
  const isOurs = by === "" || by.toLowerCase() === BY_SYSTEM.toLowerCase();
  return { what: KIND_WORDS[kind], by: isOurs ? null : by, note, isKey: KEY_KINDS.has(kind) };
}

/** Whether a transition is told at first sight; the quiet ones are folded away. */
export function isLoud({ quiet, seq }: AlertTransition): boolean {
  return quiet !== true || seq === 1;
}
