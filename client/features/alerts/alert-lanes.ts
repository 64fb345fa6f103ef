import type { Alert } from "../../../shared/alerts/alert.ts";

export interface ListedAlert {
  readonly alert: Alert;
  readonly agreementName: string;
  readonly timeZone: string;
}

export type Lane = "open" | "acknowledged" | "resolved";
export const LANE_TITLES: Readonly<Record<Lane, string>> = { open: "Needs an owner", acknowledged: "Acknowledged", resolved: "Resolved" };

/** Where each alert stands in the list. Kept as it is while somebody works in the list. */
export interface Layout {
  readonly order: readonly { readonly id: string; readonly lane: Lane }[];
}

/** Critical before warning, then the newest; resolved ones by the time they were resolved. */
export function layoutOf(alerts: readonly ListedAlert[]): Layout {
  const rank = ({ alert }: ListedAlert) => (alert.status !== "resolved" && alert.severity === "critical" ? 0 : 1);
  const time = ({ alert }: ListedAlert) => (alert.status === "resolved" ? alert.changedAtMs : alert.raisedAtMs);
  const sorted = alerts.toSorted((a, b) => rank(a) - rank(b) || time(b) - time(a));
  return { order: sorted.map(({ alert }) => ({ id: alert.id, lane: alert.status })) };
}

/** How many alerts a layout does not show yet. */
export function unseen(layout: Layout, alerts: readonly ListedAlert[]): number {
  const known = new Set(layout.order.map((place) => place.id));
  return alerts.filter(({ alert }) => !known.has(alert.id)).length;
}

/** The alerts of one lane in the order of the layout, each with its newest content. */
export function laneOf(layout: Layout, lane: Lane, alerts: readonly ListedAlert[]): readonly ListedAlert[] {
  const byId = new Map(alerts.map((listed) => [listed.alert.id, listed]));
  return layout.order.filter((place) => place.lane === lane).flatMap((place) => byId.get(place.id) ?? []);
}
