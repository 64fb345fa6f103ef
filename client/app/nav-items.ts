import type { Person } from "../../shared/protocol/role.ts";
import type { AgreementState } from "../live/agreement-state.ts";
import type { AgreementCard } from "../live/live-context.ts";
import { paths } from "../live/paths.ts";

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
export function navItems(person: Person, cards: readonly AgreementCard[], states: readonly AgreementState[]): readonly NavItem[] {
  const open = states.reduce((sum, state) => sum + [...state.alerts.values()].filter((alert) => alert.status === "open").length, 0);
  const late = states.reduce((sum, state) => sum + [...state.feeds.values()].filter((feed) => feed.state === "silent").length, 0);
  const provider = isProviderOnly(person, cards);
  const board = { to: paths.board(), label: provider ? "Verdicts" : "Board", count: 0, counted: "" };
  const alerts = { to: paths.alerts(), label: "Alerts", count: open, counted: "without an owner" };
  const feeds = { to: paths.feeds(), label: "Feeds", count: late, counted: "late" };
  const waiting = states.reduce((sum, state) => sum + state.pendingVersions.filter((each) => each.state === "proposed").length, 0);
  const agreements = { to: paths.agreements(), label: "Agreements", count: waiting, counted: "versions proposed" };
  const people = { to: paths.people(), label: "People", count: 0, counted: "" };
  if (provider) return [feeds, board, alerts, agreements];
  return person.administrator ? [board, alerts, feeds, agreements, people] : [board, alerts, feeds, agreements];
}

/** The pages of one agreement, in the order of its tabs. */
export function agreementPages(agreementId: string): readonly { readonly to: string; readonly label: string }[] {
  return [
    { to: paths.agreement(agreementId), label: "Agreement" },
    { to: paths.versions(agreementId), label: "Versions" },
    { to: paths.money(agreementId), label: "Money" },
    { to: paths.claims(agreementId), label: "Claims" },
  ];
}
