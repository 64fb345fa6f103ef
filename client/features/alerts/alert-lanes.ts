import type { AlertSeverity } from "../../../shared/agreement/alert-clauses.ts";
import type { Alert } from "../../../shared/alerts/alert.ts";
import { alertKey, type ListedAlert } from "./listed-alert.ts";

export const TABS = ["open", "stale", "snoozed", "resolved"] as const;
export type Tab = (typeof TABS)[number];
export type Lane = "open" | "acknowledged" | "stale" | "snoozed" | "resolved";

/** The lanes of each tab, in the order of the list. */
export const TAB_LANES: Readonly<Record<Tab, readonly Lane[]>> = {
  open: ["open", "acknowledged", "stale"],
  stale: ["stale"],
  snoozed: ["snoozed"],
  resolved: ["resolved"],
};
export const LANE_TITLES: Readonly<Record<Lane, string>> = {
  open: "Unanswered",
  acknowledged: "Acknowledged",
  stale: "Stale: acknowledged over 24 h, or update overdue",
  snoozed: "Snoozed",
  resolved: "Resolved",
};

const STALE_AFTER_MS = 86_400_000;
const RANKS: Readonly<Record<AlertSeverity, number>> = { critical: 0, high: 1, warning: 2 };

/** Acknowledged for more than a day, or the promised update has not come. */
function isStale({ acknowledgement }: Alert, nowMs: number): boolean {
  if (acknowledgement === null) return false;
  return nowMs - acknowledgement.atMs > STALE_AFTER_MS || (acknowledgement.dueMs ?? Infinity) < nowMs;
}

export function laneOf(alert: Alert, nowMs: number): Lane {
  return alert.status === "acknowledged" && isStale(alert, nowMs) ? "stale" : alert.status;
}

/** An order within a lane: the smaller, the higher up. */
function place(lane: Lane, { raisedAtMs, changedAtMs, severity, acknowledgement, snooze }: Alert): readonly [number, number] {
  switch (lane) {
    case "open":
    case "acknowledged":
      return [RANKS[severity], -raisedAtMs];
    case "stale":
      return [0, acknowledgement?.atMs ?? raisedAtMs];
    case "snoozed":
      return [0, snooze?.untilMs ?? Infinity];
    case "resolved":
      return [0, -changedAtMs];
  }
}

/** Alerts that stand for themselves, and by key those that are attached to each. */
export interface Family {
  readonly tops: readonly ListedAlert[];
  readonly attached: ReadonlyMap<string, readonly ListedAlert[]>;
}

/** An attached alert is shown at the one that stands for it, if that is in view and both stand or both are over. */
export function familyOf(alerts: readonly ListedAlert[]): Family {
  const byKey = new Map(alerts.map((listed) => [listed.key, listed]));
  const attached = new Map<string, ListedAlert[]>();
  const tops: ListedAlert[] = [];
  for (const listed of alerts) {
    const { parent, agreementId, status } = listed.alert;
    const above = parent === null ? undefined : byKey.get(alertKey({ agreementId, id: parent }));
    if (above === undefined || (above.alert.status === "resolved") !== (status === "resolved")) tops.push(listed);
    else attached.set(above.key, [...(attached.get(above.key) ?? []), listed]);
  }
  return { tops, attached };
}

/** Where each alert stands in the list. Kept as it is while somebody works in the list. */
export interface Layout {
  readonly order: readonly { readonly key: string; readonly lane: Lane }[];
}

/** The alerts of a tab, lane by lane, most pressing first. */
export function layoutOf(tops: readonly ListedAlert[], tab: Tab, nowMs: number): Layout {
  const placed = tops.map((listed) => {
    const lane = laneOf(listed.alert, nowMs);
    return { key: listed.key, lane, place: place(lane, listed.alert) };
  });
  const lanes = TAB_LANES[tab];
  return {
    order: placed
      .filter(({ lane }) => lanes.includes(lane))
      .toSorted((a, b) => lanes.indexOf(a.lane) - lanes.indexOf(b.lane) || a.place[0] - b.place[0] || compare(a.place[1], b.place[1]))
      .map(({ key, lane }) => ({ key, lane })),
  };
}

/** Infinity less infinity is no number. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** How many alerts of the newest layout one that is held does not show yet. */
export function unseen(held: Layout, newest: Layout): number {
  const known = new Set(held.order.map(({ key }) => key));
  return newest.order.filter(({ key }) => !known.has(key)).length;
}

/** How many alerts each tab holds. */
export function tabCounts(tops: readonly ListedAlert[], nowMs: number): Readonly<Record<Tab, number>> {
  const count = (tab: Tab) => tops.filter(({ alert }) => TAB_LANES[tab].includes(laneOf(alert, nowMs))).length;
  return { open: count("open"), stale: count("stale"), snoozed: count("snoozed"), resolved: count("resolved") };
}
