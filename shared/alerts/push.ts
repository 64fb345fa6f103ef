import type { Alert, AlertTransition, TransitionKind } from "./alert.ts";

/** What happens by evidence and time happens by this name. */
export const BY_SYSTEM = "Accord";

/** For the screen only: nobody is woken by it. */
const QUIET: ReadonlySet<TransitionKind> = new Set([
  "eased",
  "recovering",
  "firing-again",
  "frozen",
  "thawed",
  "cleared",
  "flap-ended",
  "confirmed",
  "version-changed",
  "late-acknowledgement",
  "rated",
  "attached",
]);

/**
 * Appends one transition: the next sequence number, the change, and the line of the history are one thing. Machines whose
 * clocks differ do not put the history out of order: nothing happens before what happened before it.
 */
export function push(alert: Alert, transition: Omit<AlertTransition, "seq" | "quiet">, change: Partial<Alert> = {}): Alert {
  const seq = alert.seq + 1;
  const parent = change.parent === undefined ? alert.parent : change.parent;
  const isQuiet = QUIET.has(transition.kind) || parent !== null;
  const atMs = Math.max(transition.atMs, alert.changedAtMs);
  return {
    ...alert,
    ...change,
    seq,
    changedAtMs: atMs,
    history: [...alert.history, { ...transition, atMs, seq, ...(isQuiet ? { quiet: true as const } : {}) }],
  };
}
