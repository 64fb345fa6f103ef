import type { PartyActor } from "../settlement/party.ts";
import type { Alert, AlertCause, Rating, TransitionKind } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { asked } from "./episode.ts";
import { push } from "./push.ts";
import { isOccurrence } from "./subject.ts";

/** What a person does with an alert. */
export type AlertAct =
  | { readonly do: "acknowledge"; readonly note: string; readonly cause?: AlertCause; readonly owner?: PartyActor; readonly dueMs?: number }
  | { readonly do: "release"; readonly note: string }
  | { readonly do: "comment"; readonly note: string }
  | { readonly do: "assign"; readonly owner: PartyActor; readonly note: string }
  | { readonly do: "snooze"; readonly untilMs: number | null; readonly note: string }
  | { readonly do: "close"; readonly cause: AlertCause; readonly note: string }
  | { readonly do: "rate"; readonly rating: Rating };

export interface Acting {
  readonly who: PartyActor;
  /** The sequence number of the alert the person was looking at. */
  readonly seenSeq: number;
  readonly nowMs: number;
}

/**
 * `late`: the episode was over; recorded, nothing changes. `stale`: it moved since the person looked (someone was faster, or
 * it got worse); nothing changes. `refused`: the act breaks a rule, said with its remedy.
 */
export type ActResult =
  | { readonly kind: "done" | "late" | "stale"; readonly alert: Alert }
  | { readonly kind: "refused"; readonly why: string; readonly remedy: string };

const DAY_MS = 86_400_000;
const MOST_COMMENTS = 200;

/** What changes the ground a decision was made on. What is for the screen only does not. */
const MATTERS: ReadonlySet<TransitionKind> = new Set([
  "worsened",
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

function movedSince({ history }: Alert, seenSeq: number): boolean {
  return history.some(({ seq, kind }) => seq > seenSeq && MATTERS.has(kind));
}

function refused(why: string, remedy: string): ActResult {
  return { kind: "refused", why, remedy };
}

function acknowledge(alert: Alert, act: Extract<AlertAct, { do: "acknowledge" }>, { who, nowMs }: Acting, policy: DutyPolicy): ActResult {
  const at = { kind: "acknowledged" as const, atMs: nowMs, by: who.name, note: act.note };
  const answered = { by: who.name, byId: who.id, atMs: nowMs, note: act.note };
  const seen = { snooze: null, escalateAtMs: null, owner: act.owner ?? who, cause: act.cause ?? alert.cause };
  if (isOccurrence(alert.subject)) {
    const resolution = { atMs: nowMs, reason: `${who.name} has seen it`, by: who.name };
    const change = {
      ...seen,
      status: "resolved" as const,
      signal: "clear" as const,
      resolution,
      acknowledgement: { ...answered, dueMs: null },
    };
    return { kind: "done", alert: push(alert, at, change) };
  }
  const mostMs = policy.acknowledgedForMs(alert.severity);
  const dueMs = act.dueMs ?? nowMs + mostMs;
  if (dueMs <= nowMs) return refused("The next update would be due before now.", "Choose a later time.");
  if (dueMs > nowMs + mostMs)
    return refused(
      `The agreement allows at most ${hours(mostMs)} until the next update of a ${alert.severity} alert.`,
      "Choose an earlier time; a comment moves it on.",
    );
  return { kind: "done", alert: push(alert, at, { ...seen, status: "acknowledged", acknowledgement: { ...answered, dueMs } }) };
}

function hours(ms: number): string {
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 360_000) / 10} h`;
}

/** A comment is a sign of life: the time until the next update begins anew. */
function comment(alert: Alert, { note }: { readonly note: string }, { who, nowMs }: Acting): ActResult {
  if (alert.history.filter(({ kind }) => kind === "commented").length >= MOST_COMMENTS)
    return refused(`An alert takes ${MOST_COMMENTS} comments.`, "Close it, or write where your companies keep their notes.");
  const { acknowledgement } = alert;
  const dueMs = acknowledgement?.dueMs ?? null;
  const extended =
    acknowledgement === null || dueMs === null || alert.status !== "acknowledged"
      ? {}
      : { acknowledgement: { ...acknowledgement, atMs: acknowledgement.atMs, dueMs: Math.max(dueMs, nowMs + (dueMs - lastSign(alert))) } };
  return { kind: "done", alert: push(alert, { kind: "commented", atMs: nowMs, by: who.name, note }, extended) };
}

/** When the time until the next update last began. */
function lastSign({ history }: Alert): number {
  return history.findLast(({ kind }) => kind === "acknowledged" || kind === "commented")?.atMs ?? 0;
}

function snooze(alert: Alert, { untilMs, note }: Extract<AlertAct, { do: "snooze" }>, { who, nowMs }: Acting): ActResult {
  if (untilMs !== null && untilMs <= nowMs) return refused("That time is over.", "Choose a later one.");
  if (alert.severity === "critical" && (untilMs === null || untilMs > nowMs + DAY_MS))
    return refused("A critical alert may be snoozed for a day at most.", "Choose an earlier time, or acknowledge it.");
  if (isOccurrence(alert.subject)) return refused("It has happened and will not clear.", "Acknowledge it: then it is over.");
  const until = untilMs === null ? "until it clears" : `until ${new Date(untilMs).toISOString()}`;
  const change = {
    status: "snoozed" as const,
    escalateAtMs: null,
    acknowledgement: null,
    snooze: { by: who.name, atMs: nowMs, untilMs, reason: note },
  };
  return { kind: "done", alert: push(alert, { kind: "snoozed", atMs: nowMs, by: who.name, note: `Snoozed ${until}: ${note}` }, change) };
}

function close(alert: Alert, { cause, note }: Extract<AlertAct, { do: "close" }>, { who, nowMs }: Acting): ActResult {
  const resolution = { atMs: nowMs, reason: note, by: who.name };
  const change = { status: "resolved" as const, cause, resolution, escalateAtMs: null, snooze: null };
  return { kind: "done", alert: push(alert, { kind: "closed", atMs: nowMs, by: who.name, note }, change) };
}

/** Ratings and comments are taken of what is over, too; everything else answers it as late, with what ended it. */
function late(alert: Alert, act: AlertAct, { who, nowMs }: Acting): ActResult {
  if (act.do !== "acknowledge") return { kind: "late", alert };
  const note = `Acknowledged after its end: ${act.note}`;
  return { kind: "late", alert: push(alert, { kind: "late-acknowledgement", atMs: nowMs, by: who.name, note }) };
}

/** What one person does to one alert, if it is still what they saw. */
export function act(alert: Alert, what: AlertAct, acting: Acting, policy: DutyPolicy): ActResult {
  const { who, nowMs } = acting;
  if (what.do === "comment") return comment(alert, what, acting);
  if (what.do === "rate") {
    const ratings = { ...alert.ratings, [who.id]: what.rating };
    return { kind: "done", alert: push(alert, { kind: "rated", atMs: nowMs, by: who.name, note: what.rating }, { ratings }) };
  }
  if (alert.status === "resolved") return late(alert, what, acting);
  if (movedSince(alert, acting.seenSeq)) return { kind: "stale", alert };
  switch (what.do) {
    case "acknowledge":
      return acknowledge(alert, what, acting, policy);
    case "snooze":
      return snooze(alert, what, acting);
    case "close":
      return close(alert, what, acting);
    case "assign":
      return { kind: "done", alert: push(alert, { kind: "assigned", atMs: nowMs, by: who.name, note: what.note }, { owner: what.owner }) };
    case "release":
      if (alert.status !== "acknowledged") return refused("Nobody has it.", "There is nothing to give back.");
      return {
        kind: "done",
        alert: push(
          alert,
          { kind: "released-by-owner", atMs: nowMs, by: who.name, note: what.note },
          { ...asked(alert, nowMs, policy), owner: null },
        ),
      };
  }
}
