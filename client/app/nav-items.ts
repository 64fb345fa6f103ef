import type { Alert } from "../../shared/alerts/alert.ts";
import type { Person } from "../../shared/protocol/role.ts";
import { claimsFor } from "../live/claim-words.ts";
import type { AgreementCard } from "../live/live-context.ts";
import { paths } from "../live/paths.ts";
import { sideOf } from "../live/side.ts";
import type { AgreementParts } from "../live/use-agreement-parts.ts";

/** What is counted beside the links. */
export const COUNTED = ["agreement", "alerts", "feeds", "claims", "pendingVersions"] as const;
type Counted = AgreementParts<(typeof COUNTED)[number]>;

export interface NavItem {
  readonly to: string;
  readonly label: string;
  readonly count: number;
  /** What the count counts, for those who hear it. */
  readonly counted: string;
}

export function isProviderOnly(person: Person, cards: readonly AgreementCard[]): boolean {
  return !person.administrator && cards.length > 0 && cards.every((card) => card.role === "provider");
}

/** The main navigation of a person: a provider's work starts at the feeds, the client's at the board. */
export function navItems(person: Person, cards: readonly AgreementCard[], states: readonly Counted[]): readonly NavItem[] {
  const open = states.reduce((sum, state) => sum + [...state.alerts.values()].filter(isUnanswered).length, 0);
  const late = states.reduce(
    (sum, state) => sum + [...state.feeds.values()].filter(({ state: now }) => now === "silent" || now === "late").length,
    0,
  );
  const provider = isProviderOnly(person, cards);
  const board = { to: paths.board(), label: provider ? "Verdicts" : "Board", count: 0, counted: "" };
  const alerts = { to: paths.alerts(), label: "Alerts", count: open, counted: "unanswered" };
  const feeds = { to: paths.feeds(), label: "Feeds", count: late, counted: "late" };
  const first = cards.filter((card) => !card.inForce).length;
  const versions = states.reduce((sum, state) => sum + proposedIn(state), first);
  const claims = states.reduce((sum, state) => sum + claimsWaiting(state, cards), 0);
  const agreements = { to: paths.agreements(), label: "Agreements", count: versions + claims, counted: "versions and claims that wait" };
  const people = { to: paths.people(), label: "People", count: 0, counted: "" };
  if (provider) return [feeds, board, alerts, agreements];
  return person.administrator ? [board, alerts, feeds, agreements, people] : [board, alerts, feeds, agreements];
}

/** One that is attached to another is answered there. */
function isUnanswered({ status, parent }: Alert): boolean {
  return status === "open" && parent === null;
}

function proposedIn(state: Counted | null): number {
  return state?.pendingVersions.filter((each) => each.state === "proposed").length ?? 0;
}

/** Undecided claims that the reader's side must decide. */
function claimsWaiting(state: Counted | null, cards: readonly AgreementCard[]): number {
  const card = cards.find(({ id }) => id === state?.agreement.id);
  return state === null || card === undefined ? 0 : claimsFor(state.claims.values(), sideOf(card.role).party).length;
}

/** Targets that are told to have moved for the worse. */
function driftsIn(state: Counted | null): number {
  return [...(state?.alerts.values() ?? [])].filter(({ subject, status }) => subject.kind === "drift" && status !== "resolved").length;
}

/** The pages of one agreement, in the order of its tabs; `state` is null while nothing is known of it. */
export function agreementPages(agreementId: string, state: Counted | null, cards: readonly AgreementCard[]): readonly NavItem[] {
  const plain = { count: 0, counted: "" };
  const first = cards.some(({ id, inForce }) => id === agreementId && !inForce) ? 1 : 0;
  return [
    { to: paths.agreement(agreementId), label: "Agreement", ...plain },
    { to: paths.versions(agreementId), label: "Versions", count: proposedIn(state) + first, counted: "proposed" },
    { to: paths.money(agreementId), label: "Money", ...plain },
    { to: paths.drifts(agreementId), label: "Drift", count: driftsIn(state), counted: "have moved for the worse" },
    { to: paths.restatements(agreementId), label: "Corrections", ...plain },
    { to: paths.claims(agreementId), label: "Claims", count: claimsWaiting(state, cards), counted: "wait for a decision" },
    { to: paths.record(agreementId), label: "Record", ...plain },
    { to: paths.alertReport(agreementId), label: "Alert report", ...plain },
    { to: paths.channels(agreementId), label: "Notifications", ...plain },
  ];
}
