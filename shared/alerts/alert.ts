import { z } from "zod";
import { AlertSeverity, DutyRole } from "../agreement/alert-clauses.ts";
import { Party, PartyActor } from "../settlement/party.ts";
import { AlertSubject } from "./subject.ts";

/** Handling, by people. `resolved` is the end of an episode. */
export const AlertStatus = z.enum(["open", "acknowledged", "snoozed", "resolved"]);
export type AlertStatus = z.infer<typeof AlertStatus>;

/** What the evidence says of an episode: `recovering` is past its recovery level but not long enough; `clear` is its end. */
export const AlertSignal = z.enum(["firing", "recovering", "clear"]);
export type AlertSignal = z.infer<typeof AlertSignal>;

export const AlertCause = z.enum(["staffing", "volume", "client-system", "provider-system", "process", "data", "other"]);
export type AlertCause = z.infer<typeof AlertCause>;

export const Rating = z.enum(["useful", "noise"]);
export type Rating = z.infer<typeof Rating>;

/**
 * Everything that can happen to an episode. By evidence: raised to rule-changed (`changed` has another reason, `version-changed` goes on under a new version of
 * the agreement, `rule-changed` ends by it). By time: escalated, acknowledgement-expired, snooze-ended. By people: acknowledged
 * to rated. By other alerts: attached, released.
 */
export const TransitionKind = z.enum([
  "raised",
  "worsened",
  "eased",
  "changed",
  "recovering",
  "firing-again",
  "frozen",
  "thawed",
  "resolved",
  "reopened",
  "cleared",
  "flap-started",
  "flap-ended",
  "confirmed",
  "voided",
  "version-changed",
  "rule-changed",
  "escalated",
  "acknowledgement-expired",
  "snooze-ended",
  "acknowledged",
  "released-by-owner",
  "late-acknowledgement",
  "commented",
  "assigned",
  "snoozed",
  "closed",
  "rated",
  "attached",
  "released",
]);
export type TransitionKind = z.infer<typeof TransitionKind>;

export const AlertTransition = z.strictObject({
  seq: z.int().min(1),
  kind: TransitionKind,
  atMs: z.int(),
  /** The person's name as shown then, or "Accord". */
  by: z.string(),
  /** Who that is, where it was a person. */
  byId: z.string().optional(),
  note: z.string(),
  /** Nobody is notified of it: it happened while the alert was attached to another, or flapping, or is for the screen only. */
  quiet: z.literal(true).optional(),
});
export type AlertTransition = z.infer<typeof AlertTransition>;

/** `dueMs`: when the next update is due; without one it is open again. `forMs`: how long after a sign of life the next is due. */
const Acknowledgement = z.strictObject({
  by: z.string(),
  byId: z.string().optional(),
  atMs: z.int(),
  note: z.string(),
  dueMs: z.int().nullable().default(null),
  forMs: z.int().optional(),
});

/** `untilMs` null: until it clears. */
const Snooze = z.strictObject({ by: z.string(), atMs: z.int(), untilMs: z.int().nullable(), reason: z.string() });

/** How it was answered before an acknowledgement, for whoever takes that back at once. */
const Handling = z.strictObject({
  status: AlertStatus,
  owner: PartyActor.nullable(),
  cause: AlertCause.nullable(),
  acknowledgement: Acknowledgement.nullable(),
  snooze: Snooze.nullable(),
  escalateAtMs: z.int().nullable(),
});
export type Handling = z.infer<typeof Handling>;

/** One episode of one alert. Its history has exactly one transition per `seq`, without gaps. */
export const Alert = z.strictObject({
  id: z.string(),
  agreementId: z.string(),
  subject: AlertSubject,
  episode: z.int().min(1),
  status: AlertStatus,
  signal: AlertSignal.default("firing"),
  severity: AlertSeverity,
  /** The worst it has been. */
  peak: AlertSeverity.optional(),
  /** Whom it is for, where that is one side only: a provider is warned before its client is told. */
  audience: z.literal("provider").optional(),
  /** The side that must act, where only one of them can: its chain begins there. */
  party: Party.optional(),
  seq: z.int().min(1),
  /** The finding in plain words, e.g. "Service level 72.4 % today, agreed at least 80 %". */
  headline: z.string(),
  raisedAtMs: z.int(),
  changedAtMs: z.int(),
  /** Since when no evidence has come: its figures are of then. */
  frozenSinceMs: z.int().nullable().default(null),
  flapping: z.boolean().default(false),
  reopened: z.int().min(0).default(0),
  /** Which step of the escalation chain has been told, from 0; how often the last one was repeated. */
  level: z.int().min(0).default(0),
  repeats: z.int().min(0).default(0),
  /** The roles that have been asked to answer this episode so far: they hear of its end, too. */
  told: z.array(DutyRole).optional(),
  /** When the next step is told if nobody answers. */
  escalateAtMs: z.int().nullable().default(null),
  /** Who has been asked to see to it, answered or not. */
  owner: PartyActor.nullable().default(null),
  cause: AlertCause.nullable().default(null),
  acknowledgement: Acknowledgement.extend({ setAside: Handling.optional() }).nullable(),
  snooze: Snooze.nullable().default(null),
  resolution: z.strictObject({ atMs: z.int(), reason: z.string(), by: z.string().optional() }).nullable(),
  /** What a later correction of the data said of it. It is never deleted. */
  restated: z.enum(["confirmed", "voided"]).nullable().default(null),
  /** The alert that stands for this one: it is shown and counted there, and nobody is notified of it apart. */
  parent: z.string().nullable().default(null),
  /** What each person thinks of it, by the person's id. */
  ratings: z.record(z.string(), Rating).default({}),
  history: z.array(AlertTransition),
});
export type Alert = z.infer<typeof Alert>;
