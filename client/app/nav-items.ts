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
  const people = { to: paths.people(), label: "People", count: 0, counted: "" };
  if (provider) return [feeds, board, alerts];
  return person.administrator ? [board, alerts, feeds, people] : [board, alerts, feeds];
}
