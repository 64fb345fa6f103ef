import { useMemo } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { useAgreements, useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Empty, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { AlertDetail } from "./alert-detail.tsx";
import type { ListedAlert } from "./alert-lanes.ts";
import { AlertList } from "./alert-list.tsx";
import "./alerts.css";

/** The inbox: a calm list on the left, one alert with its evidence and its duty on the right. On a phone each is a page. */
export function AlertsPage(): React.JSX.Element {
  const { alertId } = useParams();
  const [query] = useSearchParams();
  const { cards } = useLive();
  const states = useAgreements();
  const nowMs = useNowMinute();
  const all = useMemo<readonly ListedAlert[]>(
    () =>
      states.flatMap(({ agreement, alerts }) =>
        [...alerts.values()].map((alert) => ({ alert, agreementName: agreement.name, timeZone: agreement.timeZone })),
      ),
    [states],
  );
  const asked = all.find(({ alert }) => alert.id === alertId);
  const isResolvedLane = query.get("lane") === "resolved" || (query.get("lane") === null && asked?.alert.status === "resolved");
  const lane = useMemo(() => all.filter(({ alert }) => (alert.status === "resolved") === isResolvedLane), [all, isResolvedLane]);
  const live = all.filter(({ alert }) => alert.status !== "resolved");
  const unanswered = live.filter(({ alert }) => alert.status === "open").length;
  if (cards.length > 0 && states.length === 0) return <Loading what="the alerts" />;
  const shown = asked ?? (alertId === undefined ? firstOf(lane) : undefined);
  return (
    <>
      <title>Alerts · Accord</title>
      <h1>
        Alerts{" "}
        <small className="quiet">
          {live.length} active, {unanswered} unanswered
        </small>
      </h1>
      <Lanes isResolved={isResolvedLane} active={live.length} resolved={all.length - live.length} />
      <div className={`triage${alertId === undefined ? "" : " asked"}`}>
        {lane.length === 0 && shown === undefined ? (
          <Empty>{isResolvedLane ? "Nothing has been resolved yet." : "No target and no feed needs anybody right now."}</Empty>
        ) : (
          // A new list for another lane: the calm order belongs to one lane only.
          <AlertList key={String(isResolvedLane)} alerts={lane} currentId={shown?.alert.id ?? null} nowMs={nowMs} />
        )}
        {shown !== undefined && <AlertDetail key={shown.alert.id} listed={shown} nowMs={nowMs} />}
        {alertId !== undefined && asked === undefined && (
          <NotPermitted>There is no such alert, or it belongs to an agreement you are not part of.</NotPermitted>
        )}
      </div>
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

function Lanes({
  isResolved,
  active,
  resolved,
}: {
  readonly isResolved: boolean;
  readonly active: number;
  readonly resolved: number;
}): React.JSX.Element {
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
