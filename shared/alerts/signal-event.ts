import type { AlertSeverity } from "../agreement/alert-clauses.ts";
import type { VerdictStatus } from "../agreement/verdict.ts";
import type { Party } from "../settlement/party.ts";
import type { AlertSubject } from "./subject.ts";

/**
 * What the evidence says now. `frozen` is no evidence: it never raises and never resolves. `between` is past the level that
 * raises and short of the level that recovers: it changes nothing that stands.
 */
export type Signal = "clear" | "between" | AlertSeverity | "frozen";

export interface SignalEvent {
  readonly agreementId: string;
  readonly subject: AlertSubject;
  readonly signal: Signal;
  readonly headline: string;
  /** Whom a warning is for, where that is one side only. What is worse is for both. */
  readonly audience?: "provider";
  /** Why, where one thing can be wrong for several reasons: each is told once an episode. */
  readonly reason?: string;
  /** The side that must act, where only one of them can: it is asked first. */
  readonly party?: Party;
  readonly nowMs: number;
  /** The version of the agreement that was applied. */
  readonly version?: number;
  /** Given when the window has closed: names the figures the finding rests on, so that a correction can be told from a repetition. */
  readonly final?: string;
}

/** Which signal a verdict gives. Silence and small samples freeze an alert; only evidence resolves it. */
export function signalOf(status: VerdictStatus): Signal {
  switch (status) {
    case "met":
    case "not-counted":
      return "clear";
    case "at-risk":
      return "warning";
    case "missed":
      return "critical";
    case "not-proven":
    case "no-data":
    case "not-derivable":
      return "frozen";
  }
}

const RANKS: Readonly<Record<AlertSeverity, number>> = { warning: 1, high: 2, critical: 3 };

/** Whether one severity is worse than another. */
export function isWorse(one: AlertSeverity, other: AlertSeverity): boolean {
  return RANKS[one] > RANKS[other];
}
