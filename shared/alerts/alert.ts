import { z } from "zod";
import { WindowKind } from "../calendar/window-kind.ts";

export const AlertSeverity = z.enum(["warning", "critical"]);
export const AlertStatus = z.enum(["open", "acknowledged", "resolved"]);
export type AlertStatus = z.infer<typeof AlertStatus>;

/**
 * What an alert is about: a target in one window, a feed that is late or fell silent, a feed whose rows look made rather than
 * measured, a time in which Accord itself was away, a receipt that turned verdicts of closed windows, or a feed whose
 * corrections lean to one side.
 */
export const AlertSubject = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("target"), targetId: z.string(), window: WindowKind, start: z.iso.date() }),
  z.strictObject({ kind: z.literal("feed"), feed: z.string() }),
  z.strictObject({ kind: z.literal("feed-suspect"), feed: z.string() }),
  z.strictObject({ kind: z.literal("pipeline"), fromMs: z.int(), toMs: z.int() }),
  z.strictObject({ kind: z.literal("restatement"), receipt: z.int() }),
  z.strictObject({ kind: z.literal("corrections"), feed: z.string() }),
]);
export type AlertSubject = z.infer<typeof AlertSubject>;

export const TransitionKind = z.enum(["raised", "worsened", "eased", "acknowledged", "resolved"]);

export const AlertTransition = z.strictObject({
  seq: z.int().min(1),
  kind: TransitionKind,
  atMs: z.int(),
  by: z.string(),
  note: z.string(),
});
export type AlertTransition = z.infer<typeof AlertTransition>;

/** One episode of one alert. Its history has exactly one transition per `seq`, without gaps. */
export const Alert = z.strictObject({
  id: z.string(),
  agreementId: z.string(),
  subject: AlertSubject,
  episode: z.int().min(1),
  status: AlertStatus,
  severity: AlertSeverity,
  /** Whom it is for, where that is one side only: a provider is warned before its client is told. */
  audience: z.literal("provider").optional(),
  seq: z.int().min(1),
  /** The finding in plain words, e.g. "Service level 72.4 % today, agreed at least 80 %". */
  headline: z.string(),
  raisedAtMs: z.int(),
  changedAtMs: z.int(),
  acknowledgement: z.strictObject({ by: z.string(), atMs: z.int(), note: z.string() }).nullable(),
  resolution: z.strictObject({ atMs: z.int(), reason: z.string() }).nullable(),
  history: z.array(AlertTransition),
});
export type Alert = z.infer<typeof Alert>;
