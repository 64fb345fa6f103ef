import type { Alert, AlertTransition, TransitionKind } from "./alert.ts";

const ANSWERS: ReadonlySet<TransitionKind> = new Set(["acknowledged", "snoozed", "closed"]);
const ENDS: ReadonlySet<TransitionKind> = new Set(["resolved", "voided", "closed", "rule-changed"]);

/** An episode as its history tells it. */
export interface Passage {
  readonly alert: Alert;
  /** Whether people were told of it at all; what is attached to another alert is answered there. */
  readonly told: boolean;
  /** Who first acknowledged, snoozed or closed it, and when. */
  readonly answer: AlertTransition | null;
  /** How it ended; `null` while it stands. */
  readonly end: AlertTransition | null;
  /** When the evidence that ended it first came; `null` unless evidence ended it. */
  readonly clearedAtMs: number | null;
  /** Whether the next step of the chain was told before anybody answered. */
  readonly escalated: boolean;
}

/** While the end is held, a recovery may have been waiting for it. */
function clearedAt(history: readonly AlertTransition[], end: AlertTransition): number {
  const before = history.findLast(({ seq, kind }) => seq < end.seq && (kind === "recovering" || kind === "firing-again"));
  return before?.kind === "recovering" ? before.atMs : end.atMs;
}

/** Reads from an episode's history how it was answered and how it ended. */
export function passageOf(alert: Alert): Passage {
  const { history, status } = alert;
  const answer = history.find(({ kind, byId }) => ANSWERS.has(kind) && byId !== undefined) ?? null;
  const end = status === "resolved" ? (history.findLast(({ kind }) => ENDS.has(kind)) ?? null) : null;
  const escalatedAt = history.find(({ kind }) => kind === "escalated")?.seq ?? Infinity;
  return {
    alert,
    told: history.some(({ kind, quiet }) => (kind === "raised" || kind === "released" || kind === "worsened") && quiet !== true),
    answer,
    end,
    clearedAtMs: end?.kind === "resolved" ? clearedAt(history, end) : null,
    escalated: escalatedAt < (answer?.seq ?? Infinity),
  };
}
