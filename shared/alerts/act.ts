import type { PartyActor } from "../settlement/party.ts";
import type { Alert, AlertCause, AlertTransition, Handling, Rating } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { asked } from "./episode.ts";
import { push } from "./push.ts";
import { isUndo, MATTERS } from "./undo.ts";
import { isOccurrence } from "./subject.ts";

/** What a person does with an alert. */
export type AlertAct =
  | {
      readonly do: "acknowledge";
      readonly note: string;
      readonly cause?: AlertCause | undefined;
      readonly owner?: PartyActor;
      readonly dueMs?: number | undefined;
    }
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
const LONGEST_SNOOZE_MS = 366 * DAY_MS;
const MOST_COMMENTS = 200;

function movedSince({ history }: Alert, seenSeq: number): boolean {
  return history.some(({ seq, kind }) => seq > seenSeq && MATTERS.has(kind));
}

function refused(why: string, remedy: string): ActResult {
  return { kind: "refused", why, remedy };
}

function acknowledge(alert: Alert, act: Extract<AlertAct, { do: "acknowledge" }>, { who, nowMs }: Acting, policy: DutyPolicy): ActResult {
  const at = { kind: "acknowledged" as const, ...byPerson(who, nowMs), note: act.note };
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
  return {
    kind: "done",
    alert: push(alert, at, {
      ...seen,
      status: "acknowledged",
      acknowledgement: { ...answered, dueMs, forMs: dueMs - nowMs, setAside: handlingOf(alert) },
    }),
  };
}

function handlingOf({ status, owner, cause, acknowledgement: before, snooze, escalateAtMs }: Alert): Handling {
  if (before === null) return { status, owner, cause, acknowledgement: null, snooze, escalateAtMs };
  const { setAside: _older, ...acknowledgement } = before;
  return { status, owner, cause, acknowledgement, snooze, escalateAtMs };
}

function hours(ms: number): string {
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 360_000) / 10} h`;
}

/** What one side alone is told of cannot be the other's to do. */
function strange({ audience }: Alert, owner: PartyActor | undefined): ActResult | null {
  if (audience === undefined || owner === undefined || owner.party === audience) return null;
  return refused("This warning is for the provider alone.", "Choose somebody of the provider.");
}

function byPerson({ id, name }: PartyActor, atMs: number): Pick<AlertTransition, "atMs" | "by" | "byId"> {
  return { atMs, by: name, byId: id };
}

/** Whether somebody speaks for those who promised to see to it: the other side's question is no answer. */
function isTheirs({ acknowledgement, owner }: Alert, who: PartyActor): boolean {
  return who.id === acknowledgement?.byId || who.id === owner?.id || who.party === owner?.party;
}

/** A comment of those who see to it is a sign of life: the time until their next update begins anew. */
function comment(alert: Alert, { note }: { readonly note: string }, { who, nowMs }: Acting): ActResult {
  if (alert.history.filter(({ kind }) => kind === "commented").length >= MOST_COMMENTS)
    return refused(`An alert takes ${MOST_COMMENTS} comments.`, "Close it, or write where your companies keep their notes.");
  const { acknowledgement } = alert;
  const forMs = acknowledgement?.forMs;
  const extended =
    acknowledgement === null || forMs === undefined || alert.status !== "acknowledged" || !isTheirs(alert, who)
      ? {}
      : { acknowledgement: { ...acknowledgement, dueMs: nowMs + forMs } };
  return { kind: "done", alert: push(alert, { kind: "commented", ...byPerson(who, nowMs), note }, extended) };
}

function snooze(alert: Alert, { untilMs, note }: Extract<AlertAct, { do: "snooze" }>, { who, nowMs }: Acting): ActResult {
  if (untilMs !== null && untilMs <= nowMs) return refused("That time is over.", "Choose a later one.");
  if (alert.severity === "critical" && (untilMs === null || untilMs > nowMs + DAY_MS))
    return refused("A critical alert may be snoozed for a day at most.", "Choose an earlier time, or acknowledge it.");
  if (untilMs !== null && untilMs > nowMs + LONGEST_SNOOZE_MS)
    return refused("An alert may be snoozed for a year at most.", "Choose an earlier time, or until it clears.");
  if (isOccurrence(alert.subject)) return refused("It has happened and will not clear.", "Acknowledge it: then it is over.");
  const until = untilMs === null ? "until it clears" : `until ${utc(untilMs)}`;
  const change = {
    status: "snoozed" as const,
    escalateAtMs: null,
    acknowledgement: null,
    snooze: { by: who.name, atMs: nowMs, untilMs, reason: note },
  };
  return { kind: "done", alert: push(alert, { kind: "snoozed", ...byPerson(who, nowMs), note: `Snoozed ${until}: ${note}` }, change) };
}

function utc(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function close(alert: Alert, { cause, note }: Extract<AlertAct, { do: "close" }>, { who, nowMs }: Acting): ActResult {
  const resolution = { atMs: nowMs, reason: note, by: who.name };
  const signal = isOccurrence(alert.subject) ? "clear" : alert.signal;
  const change = { status: "resolved" as const, signal, cause, resolution, escalateAtMs: null, snooze: null, frozenSinceMs: null };
  return { kind: "done", alert: push(alert, { kind: "closed", ...byPerson(who, nowMs), note }, change) };
}

/** Ratings and comments are taken of what is over, too; everything else answers it as late, with what ended it. */
function late(alert: Alert, act: AlertAct, { who, nowMs }: Acting): ActResult {
  if (act.do !== "acknowledge") return { kind: "late", alert };
  const note = `Acknowledged after its end: ${act.note}`;
  return { kind: "late", alert: push(alert, { kind: "late-acknowledgement", ...byPerson(who, nowMs), note }) };
}

/** As it was answered before an acknowledgement that the same person takes back at once: a promise that stood stands again. */
function undone({ acknowledgement, history, parent, seq }: Alert, { who, nowMs }: Acting): Handling | null {
  if (acknowledgement?.setAside === undefined || !isUndo(history, { seq: seq + 1, byId: who.id, atMs: nowMs })) return null;
  return { ...acknowledgement.setAside, ...(parent === null ? {} : { escalateAtMs: null }) };
}

/** Gives it back: open again, and it goes on where the chain had got to; at once, it is as if it had not been taken. */
function release(alert: Alert, note: string, acting: Acting, policy: DutyPolicy): ActResult {
  const { who, nowMs } = acting;
  const { acknowledgement, owner, level, repeats } = alert;
  if (alert.status !== "acknowledged") return refused("Nobody has it.", "There is nothing to give back.");
  if (who.id !== acknowledgement?.byId && who.id !== owner?.id)
    return refused(
      `${owner?.name ?? acknowledgement?.by ?? "Somebody else"} has it.`,
      "Only they can give it back; acknowledge it to take it over.",
    );
  const before = undone(alert, acting);
  const holder = before?.acknowledgement?.by;
  const at = {
    kind: "released-by-owner" as const,
    ...byPerson(who, nowMs),
    note: holder === undefined ? note : `${note}. ${holder} has it`,
  };
  return { kind: "done", alert: push(alert, at, before ?? { ...asked(alert, nowMs, policy), level, repeats, owner: null }) };
}

function rate(alert: Alert, rating: Rating, { who, nowMs }: Acting): ActResult {
  if (alert.ratings[who.id] === rating) return { kind: "done", alert };
  const ratings = { ...alert.ratings, [who.id]: rating };
  return { kind: "done", alert: push(alert, { kind: "rated", ...byPerson(who, nowMs), note: rating }, { ratings }) };
}

/**
 * What one person does to one alert, if it is still what they saw. Time must have passed before (`advance`).
 *
 * @returns the same alert, done, where there is nothing to change.
 */
export function act(alert: Alert, what: AlertAct, acting: Acting, policy: DutyPolicy): ActResult {
  const { who, nowMs } = acting;
  if (what.do === "comment") return comment(alert, what, acting);
  if (what.do === "rate") return rate(alert, what.rating, acting);
  if (alert.status === "resolved") return late(alert, what, acting);
  if (movedSince(alert, acting.seenSeq)) return { kind: "stale", alert };
  const refusal = "owner" in what ? strange(alert, what.owner) : null;
  if (refusal !== null) return refusal;
  switch (what.do) {
    case "acknowledge":
      return acknowledge(alert, what, acting, policy);
    case "snooze":
      return snooze(alert, what, acting);
    case "close":
      return close(alert, what, acting);
    case "assign":
      return { kind: "done", alert: push(alert, { kind: "assigned", ...byPerson(who, nowMs), note: what.note }, { owner: what.owner }) };
    case "release":
      return release(alert, what.note, acting, policy);
  }
}
