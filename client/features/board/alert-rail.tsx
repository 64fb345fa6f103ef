import { memo } from "react";
import { Link } from "react-router";
import type { Alert } from "../../../shared/alerts/alert.ts";
import { paths } from "../../live/paths.ts";
import { alertMark } from "../../live/verdict-words.ts";
import { Item } from "../../ui/item.tsx";
import { Empty } from "../../ui/panel-state.tsx";
import { spanWords } from "../../ui/zone-time.ts";
import type { Board } from "./board-rows.ts";

const SHOWN = 6;

const RANKS = { critical: 0, high: 1, warning: 2 } as const;

/** Without an owner first, critical before warning, then the newest. */
function urgency(alert: Alert): number {
  return (alert.status === "open" ? 0 : RANKS.warning + 1) + RANKS[alert.severity];
}

interface RailAlert {
  readonly alert: Alert;
  readonly name: string;
}

function activeAlerts(boards: readonly Board[]): readonly RailAlert[] {
  return boards
    .flatMap(({ state }) => [...state.alerts.values()].map((alert) => ({ alert, name: state.agreement.name })))
    .filter(({ alert }) => alert.status !== "resolved" && alert.status !== "snoozed" && alert.parent === null)
    .toSorted((a, b) => urgency(a.alert) - urgency(b.alert) || b.alert.raisedAtMs - a.alert.raisedAtMs);
}

const InboxLink = memo(function InboxLink() {
  return (
    <Link className="small" to={paths.alerts()}>
      Inbox
    </Link>
  );
});

/** The alerts that stand and that nobody has put off, most urgent first; what is attached to another is counted there. */
export const AlertRail = memo(function AlertRail({ boards, nowMs }: { readonly boards: readonly Board[]; readonly nowMs: number }) {
  const alerts = activeAlerts(boards);
  const unanswered = alerts.filter(({ alert }) => alert.status === "open").length;
  return (
    <section aria-labelledby="rail-alerts">
      <div className="head">
        <h2 id="rail-alerts">
          Alerts <small className="quiet">{unanswered === 0 ? "all answered" : `${unanswered} unanswered`}</small>
        </h2>
        <InboxLink />
      </div>
      {alerts.length === 0 && <Empty>No target and no feed needs anybody right now.</Empty>}
      <ul className="items">
        {alerts.slice(0, SHOWN).map((each) => (
          <li key={each.alert.id}>
            <RailItem {...each} nowMs={nowMs} />
          </li>
        ))}
      </ul>
      {alerts.length > SHOWN && (
        <p className="small">
          <Link to={paths.alerts()}>{alerts.length - SHOWN} more</Link>
        </p>
      )}
    </section>
  );
});

/** An alert of the store is the same object until it changes: those that stood before are not drawn again. */
const RailItem = memo(function RailItem({ alert, name, nowMs }: RailAlert & { readonly nowMs: number }) {
  const to = paths.alert(alert.agreementId, alert.id);
  const age = spanWords(nowMs - alert.raisedAtMs);
  return (
    <Item to={to} mark={alertMark(alert.subject, alert.severity)} markWord={alert.severity} title={alert.headline} when={age}>
      <span className="sub">
        {name}.{" "}
        {alert.acknowledgement === null ? (
          <span className="due">Unanswered.</span>
        ) : (
          `${alert.owner?.name ?? alert.acknowledgement.by} has it.`
        )}
      </span>
    </Item>
  );
});
