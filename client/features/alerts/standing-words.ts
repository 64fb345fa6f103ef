import type { DutyRole } from "../../../shared/agreement/alert-clauses.ts";
import { spanWords, stampIn, viewerZone } from "../../ui/zone-time.ts";
import { holderOf } from "./alert-filter.ts";
import { brokenPromise, nextAsk } from "./duty-terms.ts";
import type { ListedAlert } from "./listed-alert.ts";

/** Where an alert stands, for its row: what is due first, then the rest. */
export interface Standing {
  readonly due: string;
  readonly rest: string;
}

const SOON_MS = 3_600_000;

/** "09:00 yours", or only the clock for a reader in the zone of the agreement. */
export function clockWords(timeZone: string, atMs: number, nowMs: number): string {
  const here = stampIn(viewerZone(), atMs, nowMs);
  return here === stampIn(timeZone, atMs, nowMs) ? here : `${here} yours`;
}

/** "in 11 min" where it is soon, "at 10:30 yours" where it is not. */
function whenWords(timeZone: string, atMs: number, nowMs: number): string {
  if (atMs <= nowMs) return "now";
  return atMs - nowMs <= SOON_MS ? `in ${spanWords(atMs - nowMs)}` : `at ${clockWords(timeZone, atMs, nowMs)}`;
}

const SHORT_ROLES = { "qa-lead": "the QA lead", "client-manager": "the client manager" } as const;

/** A role for a narrow column; the provider by its name. */
function shortRole(role: DutyRole, { provider }: ListedAlert["agreement"]): string {
  return role === "provider" ? provider : SHORT_ROLES[role];
}

/** "Goes to the QA lead in 11 min", "Asked again at 10:30 yours", or nothing where nobody else is asked. */
export function nextWords(listed: ListedAlert, nowMs: number): string {
  const next = nextAsk(listed);
  if (next === null || next.atMs === null) return "";
  const when = whenWords(listed.agreement.timeZone, next.atMs, nowMs);
  return next.to === null ? `Asked again ${when}` : `Goes to ${shortRole(next.to, listed.agreement)} ${when}`;
}

function openWords(listed: ListedAlert, nowMs: number): Standing {
  const broken = brokenPromise(listed.alert);
  const due = broken === null ? "Unanswered." : `${broken.by}'s update is ${spanWords(nowMs - broken.dueMs)} overdue.`;
  return { due, rest: nextWords(listed, nowMs) };
}

function acknowledgedWords(listed: ListedAlert, nowMs: number): Standing {
  const { alert, agreement } = listed;
  const who = holderOf(listed)?.name ?? "Somebody";
  const dueMs = alert.acknowledgement?.dueMs ?? null;
  if (dueMs === null) return { due: "", rest: `${who} has it` };
  if (dueMs < nowMs) return { due: `${who}'s update is ${spanWords(nowMs - dueMs)} overdue.`, rest: "It opens again" };
  return { due: "", rest: `${who}. Update due ${clockWords(agreement.timeZone, dueMs, nowMs)}` };
}

/** Where an alert stands with people. */
export function standingWords(listed: ListedAlert, nowMs: number): Standing {
  const { alert, agreement } = listed;
  if (alert.status === "resolved") {
    const by = alert.resolution?.by;
    return { due: "", rest: `${by === undefined ? "" : `${by}: `}${alert.resolution?.reason ?? "Resolved"}` };
  }
  if (alert.status === "acknowledged") return acknowledgedWords(listed, nowMs);
  if (alert.status === "snoozed") return { due: "", rest: snoozeWords(listed, agreement.timeZone, nowMs) };
  return alert.parent === null ? openWords(listed, nowMs) : { due: "", rest: "Asked about where it is attached" };
}

/** "Quinn, until 14:00 yours" or "Quinn, until it clears". */
function snoozeWords({ alert: { snooze } }: ListedAlert, timeZone: string, nowMs: number): string {
  if (snooze === null) return "Snoozed";
  const until = snooze.untilMs === null ? "it clears" : clockWords(timeZone, snooze.untilMs, nowMs);
  return `Snoozed by ${snooze.by} until ${until}`;
}
