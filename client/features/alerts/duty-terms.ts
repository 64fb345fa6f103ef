import type { DutyRole } from "../../../shared/agreement/alert-clauses.ts";
import type { Alert } from "../../../shared/alerts/alert.ts";
import { type DutyPolicy, dutyPolicy } from "../../../shared/alerts/duty-policy.ts";
import { chainOf } from "../../../shared/alerts/episode.ts";
import type { AgreementView } from "../../../shared/protocol/live.ts";
import type { ListedAlert } from "./listed-alert.ts";

const made = new WeakMap<AgreementView, DutyPolicy>();

/**
 * What the agreement says of alerts. A browser does not know the hours of the service: a time to answer that begins here is
 * shown as on any clock until the server's own answer is there.
 */
export function dutyTerms(agreement: AgreementView): DutyPolicy {
  const known = made.get(agreement);
  if (known !== undefined) return known;
  const { version, alerts, vacant } = agreement;
  const policy = dutyPolicy({ version, vacant, ...(alerts === undefined ? {} : { alerts }) }, (fromMs, ms) => fromMs + ms);
  made.set(agreement, policy);
  return policy;
}

/** A role as both companies call it: the provider by its name. */
export function roleWords(role: DutyRole, { client, provider }: Pick<AgreementView, "client" | "provider">): string {
  if (role === "provider") return provider;
  return role === "qa-lead" ? `${client}'s QA lead` : `${client}'s manager`;
}

/** Who is asked next about an alert that nobody has answered. */
export interface NextAsk {
  /** The step of the chain that has been told, from 1, and how many there are. */
  readonly step: number;
  readonly of: number;
  /** The role that comes next; `null` where the last is told once more. */
  readonly to: DutyRole | null;
  readonly atMs: number | null;
}

export function nextAsk({ alert, agreement }: ListedAlert): NextAsk | null {
  const chain = chainOf(alert, dutyTerms(agreement));
  if (alert.status !== "open" || chain.length === 0) return null;
  return {
    step: Math.min(alert.level + 1, chain.length),
    of: chain.length,
    to: chain[alert.level + 1]?.to ?? null,
    atMs: alert.escalateAtMs,
  };
}

/** Who let an acknowledgement run out, if that is why nobody has the alert now. */
export function brokenPromise({ status, history }: Alert): { readonly by: string; readonly dueMs: number } | null {
  if (status !== "open") return null;
  const last = history.findLast(({ kind }) => ENDS_WAITING.has(kind));
  if (last?.kind !== "acknowledgement-expired") return null;
  const promised = history.findLast(({ seq, kind }) => seq < last.seq && kind === "acknowledged");
  return promised === undefined ? null : { by: promised.by, dueMs: last.atMs };
}

const ENDS_WAITING: ReadonlySet<Alert["history"][number]["kind"]> = new Set([
  "raised",
  "reopened",
  "worsened",
  "acknowledged",
  "released-by-owner",
  "snooze-ended",
  "acknowledgement-expired",
]);
