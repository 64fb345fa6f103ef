import type { DutyRole } from "../agreement/alert-clauses.ts";
import type { Alert, AlertTransition } from "./alert.ts";
import type { DutyPolicy } from "./duty-policy.ts";

/** Whom one transition is told: everybody who has one of the roles, and some people by id. */
export interface Notice {
  readonly alertId: string;
  readonly seq: number;
  readonly roles: readonly DutyRole[];
  readonly people: readonly string[];
}

const NOBODY = { roles: [], people: [] } as const;

function rolesUpTo({ level, severity, audience }: Alert, policy: DutyPolicy): DutyRole[] {
  const told = policy.chain(severity).slice(0, level + 1);
  return [...new Set(told.map(({ to }) => to))].filter((role) => audience === undefined || role === audience);
}

function has({ owner, acknowledgement }: Alert): string[] {
  return [...new Set([owner?.id, acknowledgement?.byId].filter((id) => id !== undefined))];
}

function audienceOf(alert: Alert, { kind, by }: AlertTransition, policy: DutyPolicy): Omit<Notice, "alertId" | "seq"> {
  switch (kind) {
    case "raised":
    case "reopened":
    case "worsened":
    case "flap-started":
    case "escalated":
    case "released":
      return { roles: rolesUpTo(alert, policy), people: alert.owner === null ? [] : [alert.owner.id] };
    case "acknowledgement-expired":
    case "snooze-ended":
    case "resolved":
    case "voided":
    case "closed":
    case "rule-changed":
      return { roles: rolesUpTo(alert, policy), people: has(alert) };
    case "assigned":
    case "acknowledged":
      return { roles: [], people: alert.owner === null || alert.owner.name === by ? [] : [alert.owner.id] };
    case "commented":
      return { roles: [], people: alert.owner === null || alert.owner.name === by ? [] : [alert.owner.id] };
    default:
      return NOBODY;
  }
}

/** What the transitions after `sinceSeq` tell, and whom. Quiet ones tell nobody. */
export function noticesOf(alert: Alert, sinceSeq: number, policy: DutyPolicy): Notice[] {
  return alert.history
    .filter(({ seq, quiet }) => seq > sinceSeq && quiet !== true)
    .map((transition) => ({ alertId: alert.id, seq: transition.seq, ...audienceOf(alert, transition, policy) }))
    .filter(({ roles, people }) => roles.length > 0 || people.length > 0);
}
