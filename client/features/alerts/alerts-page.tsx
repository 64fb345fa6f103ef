import { useMemo, useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { useAgreements, useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Empty, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { AlertDetail } from "./alert-detail.tsx";
import type { ListedAlert } from "./alert-lanes.ts";
import { AlertList } from "./alert-list.tsx";
import "./alerts.css";

function useListedAlerts(): readonly ListedAlert[] {
  const states = useAgreements();
  return useMemo(
    () =>
      states.flatMap(({ agreement, alerts }) =>
        [...alerts.values()].map((alert) => ({ alert, agreementName: agreement.name, timeZone: agreement.timeZone })),
      ),
    [states],
  );
}

/** The alert in the address, else the most urgent one when the page opened: a newer one must not take a half-written note away. */
function useShownAlert(all: readonly ListedAlert[], lane: readonly ListedAlert[]): ListedAlert | undefined {
  const { alertId } = useParams();
  const [pinnedId, setPinnedId] = useState<string | null>(null);
  const first = firstOf(lane);
  const pinned = lane.find(({ alert }) => alert.id === pinnedId);
  if (alertId === undefined && pinned === undefined && first !== undefined) setPinnedId(first.alert.id);
  return alertId === undefined ? (pinned ?? first) : all.find(({ alert }) => alert.id === alertId);
}

/** The inbox: a calm list on the left, one alert with its evidence and its duty on the right. On a phone each is a page. */
export function AlertsPage(): React.JSX.Element {
  const { alertId } = useParams();
  const [query] = useSearchParams();
  const { cards } = useLive();
  const all = useListedAlerts();
  const hasArrived = useAgreements().length > 0 || cards.length === 0;
  const isResolved = query.get("lane") === "resolved";
  const lane = useMemo(() => all.filter(({ alert }) => (alert.status === "resolved") === isResolved), [all, isResolved]);
  const shown = useShownAlert(all, lane);
  if (!hasArrived) return <Loading what="the alerts" />;
  const active = all.filter(({ alert }) => alert.status !== "resolved");
  const unanswered = active.filter(({ alert }) => alert.status === "open").length;
  return (
    <>
      <title>Alerts · Accord</title>
      <h1>
        Alerts{" "}
        <small className="quiet">
          {active.length} active, {unanswered} unanswered
        </small>
      </h1>
      <Lanes isResolved={isResolved} active={active.length} resolved={all.length - active.length} />
      <div className={`triage${alertId === undefined ? "" : " asked"}`}>
        <Triage lane={lane} shown={shown} isResolved={isResolved} isAsked={alertId !== undefined} />
      </div>
    </>
  );
}

interface TriageProps {
  readonly lane: readonly ListedAlert[];
  readonly shown: ListedAlert | undefined;
  readonly isResolved: boolean;
  readonly isAsked: boolean;
}

function Triage({ lane, shown, isResolved, isAsked }: TriageProps): React.JSX.Element {
  const nowMs = useNowMinute();
  const nothing = isResolved ? "Nothing has been resolved yet." : "No target and no feed needs anybody right now.";
  return (
    <>
      {lane.length === 0 && <Empty>{nothing}</Empty>}
      {/* A new list for another lane: the calm order belongs to one lane only. */}
      {lane.length > 0 && <AlertList key={String(isResolved)} alerts={lane} currentId={shown?.alert.id ?? null} nowMs={nowMs} />}
      {shown !== undefined && <AlertDetail key={shown.alert.id} listed={shown} nowMs={nowMs} />}
      {shown === undefined && isAsked && (
        <NotPermitted>There is no such alert, or it belongs to an agreement you are not part of.</NotPermitted>
      )}
    </>
  );
}

function firstOf(lane: readonly ListedAlert[]): ListedAlert | undefined {
  return lane.toSorted(
    (a, b) =>
      Number(a.alert.status !== "open") - Number(b.alert.status !== "open") ||
      Number(a.alert.severity !== "critical") - Number(b.alert.severity !== "critical") ||
      b.alert.raisedAtMs - a.alert.raisedAtMs,
  )[0];
}

interface LanesProps {
  readonly isResolved: boolean;
  readonly active: number;
  readonly resolved: number;
}

function Lanes({ isResolved, active, resolved }: LanesProps): React.JSX.Element {
  return (
    <nav className="tabs" aria-label="Lanes">
      <Link to={paths.alerts()} aria-current={isResolved ? undefined : "page"}>
        Active <span className="n">{active}</span>
      </Link>
      <Link to={paths.resolvedAlerts()} aria-current={isResolved ? "page" : undefined}>
        Resolved <span className="n">{resolved}</span>
      </Link>
    </nav>
  );
}
