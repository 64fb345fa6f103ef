import type { DutyRole } from "../agreement/alert-clauses.ts";
import type { Alert, AlertTransition, TransitionKind } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { chainOf } from "./episode.ts";
import { isUndo } from "./undo.ts";

/**
 * Whom one transition is told: everybody who has one of the roles, and some people by id. Machines that either side has set up
 * (webhooks) are told in any case.
 */
export interface Notice {
  readonly alertId: string;
  readonly seq: number;
  readonly roles: readonly DutyRole[];
  readonly people: readonly string[];
}

type Told = Pick<Notice, "roles" | "people">;

/**
 * These say where an alert stands and ask somebody to do something: of several that come in one step, the last says it all, and
 * they are of no use once somebody does, or nothing is to be done.
 */
export const STANDING: ReadonlySet<TransitionKind> = new Set([
  "raised",
  "reopened",
  "worsened",
  "flap-started",
  "escalated",
  "released",
  "released-by-owner",
  "acknowledgement-expired",
  "snooze-ended",
]);

function unique<T>(items: readonly (T | undefined)[]): T[] {
  return [...new Set(items.filter((item) => item !== undefined))];
}

/** The steps of the chain that have been asked now, and whoever was asked before in this episode. */
function rolesOf(alert: Alert, policy: DutyPolicy): DutyRole[] {
  const asked = chainOf(alert, policy).slice(0, alert.level + 1);
  return unique([...asked.map(({ to }) => to), ...(alert.told ?? [])]);
}

/** Whether a person has closed it although the evidence has not ended it. */
export function isClosedEarly({ status, signal, resolution }: Alert): boolean {
  return status === "resolved" && signal !== "clear" && resolution?.by !== undefined;
}

/** Whoever was asked; of what was closed too early and is no mere warning everybody who would have been: nobody is asked any more. */
function rolesOfEnd(alert: Alert, policy: DutyPolicy): DutyRole[] {
  const isGrave = (alert.peak ?? alert.severity) !== "warning";
  const chain = isGrave && isClosedEarly(alert) ? chainOf(alert, policy).map(({ to }) => to) : [];
  return unique([...chain, ...rolesOf(alert, policy)]);
}

/** Who last did it before `seq`. */
function whoLast({ history }: Alert, did: TransitionKind, { seq }: AlertTransition): string | undefined {
  return history.findLast((earlier) => earlier.seq < seq && earlier.kind === did)?.byId;
}

/** The owner, unless they did it themselves. */
function ownerOf({ owner }: Alert, { byId, by }: AlertTransition): string[] {
  const isSelf = byId === undefined ? owner?.name === by : owner?.id === byId;
  return owner === null || isSelf ? [] : [owner.id];
}

function toldOf(alert: Alert, transition: AlertTransition, policy: DutyPolicy): Told {
  switch (transition.kind) {
    case "raised":
    case "reopened":
    case "worsened":
    case "flap-started":
    case "escalated":
    case "changed":
    case "released":
      return { roles: rolesOf(alert, policy), people: ownerOf(alert, transition) };
    case "released-by-owner":
      // Everything is as it was before.
      if (isUndo(alert.history, transition)) return { roles: [], people: [] };
      return {
        roles: rolesOf(alert, policy),
        people: unique([whoLast(alert, "acknowledged", transition)]).filter((id) => id !== transition.byId),
      };
    case "acknowledgement-expired":
      return { roles: rolesOf(alert, policy), people: unique([whoLast(alert, "acknowledged", transition), alert.owner?.id]) };
    case "snooze-ended":
      return { roles: rolesOf(alert, policy), people: unique([whoLast(alert, "snoozed", transition), alert.owner?.id]) };
    case "resolved":
    case "voided":
    case "closed":
    case "rule-changed":
      return { roles: rolesOfEnd(alert, policy), people: unique([alert.acknowledgement?.byId, alert.owner?.id]) };
    case "assigned":
    case "acknowledged":
    case "commented":
      return { roles: [], people: ownerOf(alert, transition) };
    default:
      return { roles: [], people: [] };
  }
}

/** Several that say where an alert stands, as one: the last, told to everybody whom any of them concerns. */
function asOne(standing: readonly Notice[]): Notice[] {
  const last = standing.at(-1);
  if (last === undefined) return [];
  return [{ ...last, roles: unique(standing.flatMap(({ roles }) => roles)), people: unique(standing.flatMap(({ people }) => people)) }];
}

function newsOf({ history }: Alert, sinceSeq: number): AlertTransition[] {
  return history.filter(({ seq, quiet }) => seq > sinceSeq && quiet !== true);
}

/**
 * What the transitions after `sinceSeq` tell, and which people. Quiet ones tell nobody; what was caught up with in one step is
 * told once, by the last that says where the alert stands.
 */
export function noticesOf(alert: Alert, sinceSeq: number, policy: DutyPolicy): Notice[] {
  const news = newsOf(alert, sinceSeq);
  const notice = (transition: AlertTransition): Notice => ({
    alertId: alert.id,
    seq: transition.seq,
    ...toldOf(alert, transition, policy),
  });
  const standing = asOne(news.filter(({ kind }) => STANDING.has(kind)).map(notice));
  const rest = news.filter(({ kind }) => !STANDING.has(kind)).map(notice);
  return [...standing, ...rest].filter(({ roles, people }) => roles.length > 0 || people.length > 0).toSorted((a, b) => a.seq - b.seq);
}

/** All that the transitions after `sinceSeq` tell: what people are told, and what only machines are, which get every one that is not quiet. */
export function everyNoticeOf(alert: Alert, sinceSeq: number, policy: DutyPolicy): Notice[] {
  const people = new Map(noticesOf(alert, sinceSeq, policy).map((notice) => [notice.seq, notice]));
  return newsOf(alert, sinceSeq).map(({ seq }) => people.get(seq) ?? { alertId: alert.id, seq, roles: [], people: [] });
}
