import { z } from "zod";
import { AlertSeverity } from "../agreement/alert-clauses.ts";
import { Party } from "../settlement/party.ts";
import type { Alert } from "./alert.ts";

/** How many evaluations are remembered to tell flapping. */
export const REMEMBERED_EVALUATIONS = 20;

/**
 * The signal of one fingerprint: what the evidence has said, episode or not. Driven by evidence and time only; people
 * never touch it.
 */
export const Track = z.strictObject({
  signal: z.enum(["ok", "pending", "firing", "recovering"]),
  /** When the present signal began, moved on by the time without evidence: timers stand still then. */
  sinceMs: z.int(),
  /** Of the evidence that is pending. */
  severity: AlertSeverity.nullable(),
  headline: z.string(),
  audience: z.literal("provider").optional(),
  party: Party.optional(),
  /** Of those that the evidence gave, the ones that were told in this episode. */
  reasons: z.array(z.string()).optional(),
  /** The last evaluations with evidence, oldest first: b breach, c clear. */
  recent: z.string().regex(/^[bc]{0,20}$/u),
  /** When evidence last turned from one to the other. */
  turnedAtMs: z.int(),
  frozenSinceMs: z.int().nullable(),
  flapping: z.boolean(),
  /** What was said of the window when it had closed, and on which figures. */
  final: z.strictObject({ is: z.enum(["breach", "clear"]), evidence: z.string() }).nullable(),
  /** The version of the agreement whose rule spoke last. */
  version: z.int(),
});
export type Track = z.infer<typeof Track>;

/** One fingerprint: its signal and the latest of its episodes. */
export interface AlertState {
  readonly track: Track;
  readonly alert: Alert | null;
}

/** A fingerprint about which nothing has been said. */
export const UNTOLD: AlertState = {
  track: {
    signal: "ok",
    sinceMs: 0,
    severity: null,
    headline: "",
    recent: "",
    turnedAtMs: 0,
    frozenSinceMs: null,
    flapping: false,
    final: null,
    version: 0,
  },
  alert: null,
};

/** Whether a track says no more than its absence would: then it need not be stored. */
export function isUntold({ signal, recent, final }: Track): boolean {
  return signal === "ok" && final?.is !== "breach" && !recent.includes("b");
}

/**
 * What something has happened to speaks of now: an alert that moved, and still stands by the same severity, says what the evidence
 * last said of it. An alert to which nothing happens is left alone, however its figures change.
 */
export function inPresentWords(before: AlertState, after: AlertState): AlertState {
  const { track, alert } = after;
  if (alert === null || alert.status === "resolved" || (alert.id === before.alert?.id && alert.seq === before.alert.seq)) return after;
  if (track.signal !== "firing" || track.severity !== alert.severity || track.headline === alert.headline) return after;
  return { track, alert: { ...alert, headline: track.headline } };
}
