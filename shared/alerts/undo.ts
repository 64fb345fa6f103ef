import type { AlertTransition, TransitionKind } from "./alert.ts";

/** An acknowledgement can be taken back for ten seconds on the screen; the rest is for the way there and back. */
const UNDO_MS = 20_000;

/** What changes the ground a decision was made on. What is for the screen only does not. */
export const MATTERS: ReadonlySet<TransitionKind> = new Set([
  "worsened",
  "changed",
  "reopened",
  "resolved",
  "voided",
  "closed",
  "rule-changed",
  "acknowledged",
  "snoozed",
  "assigned",
  "released-by-owner",
]);

/**
 * Whether giving back only undoes an acknowledgement that the same person made a moment before, and of which nothing has come.
 * What stood by itself since then cannot go back to a time in which nobody was asked about it.
 *
 * @param giving the giving back, which may be in the history already.
 */
export function isUndo(history: readonly AlertTransition[], giving: Pick<AlertTransition, "seq" | "byId" | "atMs">): boolean {
  const { seq, byId, atMs } = giving;
  const last = history.findLast((earlier) => earlier.seq < seq && (MATTERS.has(earlier.kind) || earlier.kind === "released"));
  return last?.kind === "acknowledged" && last.byId !== undefined && last.byId === byId && atMs - last.atMs <= UNDO_MS;
}
