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
  "released-by-owner",
  "late-acknowledgement",
  "rated",
  "attached",
]);

/** Appends one transition: the next sequence number, the change, and the line of the history are one thing. */
export function push(alert: Alert, transition: Omit<AlertTransition, "seq" | "quiet">, change: Partial<Alert> = {}): Alert {
  const seq = alert.seq + 1;
  const isQuiet = QUIET.has(transition.kind) || alert.parent !== null;
  return {
    ...alert,
    ...change,
    seq,
    changedAtMs: transition.atMs,
    history: [...alert.history, { ...transition, seq, ...(isQuiet ? { quiet: true as const } : {}) }],
  };
}
