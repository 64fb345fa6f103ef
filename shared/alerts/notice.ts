import type { DutyRole } from "../agreement/alert-clauses.ts";
import type { Alert, AlertTransition, TransitionKind } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";
import { chainOf } from "./episode.ts";

/** Whom one transition is told: everybody who has one of the roles, and some people by id. */
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
    case "acknowledgement-expired":
      return { roles: rolesOf(alert, policy), people: unique([whoLast(alert, "acknowledged", transition), alert.owner?.id]) };
    case "snooze-ended":
      return { roles: rolesOf(alert, policy), people: unique([whoLast(alert, "snoozed", transition), alert.owner?.id]) };
    case "resolved":
    case "voided":
    case "closed":
    case "rule-changed":
      return { roles: rolesOf(alert, policy), people: unique([alert.acknowledgement?.byId, alert.owner?.id]) };
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

/**
 * What the transitions after `sinceSeq` tell, and whom. Quiet ones tell nobody; what was caught up with in one step is told
 * once, by the last that says where the alert stands.
 */
export function noticesOf(alert: Alert, sinceSeq: number, policy: DutyPolicy): Notice[] {
  const news = alert.history.filter(({ seq, quiet }) => seq > sinceSeq && quiet !== true);
  const notice = (transition: AlertTransition): Notice => ({
    alertId: alert.id,
    seq: transition.seq,
    ...toldOf(alert, transition, policy),
  });
  const standing = asOne(news.filter(({ kind }) => STANDING.has(kind)).map(notice));
  const rest = news.filter(({ kind }) => !STANDING.has(kind)).map(notice);
  return [...standing, ...rest].filter(({ roles, people }) => roles.length > 0 || people.length > 0).toSorted((a, b) => a.seq - b.seq);
}
