import { useRef } from "react";
import { useNavigate } from "react-router";
import { paths } from "../../live/paths.ts";
import { alertMark } from "../../live/verdict-words.ts";
import { Item } from "../../ui/item.tsx";
import { useHeld } from "../../ui/use-held.ts";
import { spanWords } from "../../ui/zone-time.ts";
import { type Lane, LANE_TITLES, laneOf, layoutOf, type ListedAlert, unseen } from "./alert-lanes.ts";
import { NOTE_FIELD_ID } from "./acknowledge-form.tsx";

interface AlertListProps {
  readonly alerts: readonly ListedAlert[];
  readonly currentId: string | null;
  readonly nowMs: number;
}

const LANES: readonly Lane[] = ["open", "acknowledged", "resolved"];

export function AlertList({ alerts, currentId, nowMs }: AlertListProps): React.JSX.Element {
  const { value: layout, refresh, hold } = useHeld(layoutOf(alerts));
  const waiting = unseen(layout, alerts);
  const list = useRef<HTMLElement>(null);
  const onKeyDown = useListKeys(list);
  return (
    <section className="list" aria-label="Alerts" ref={list} onKeyDown={onKeyDown} {...hold}>
      {waiting > 0 && (
        <button className="news" type="button" onClick={refresh}>
          {waiting} new <span>show</span>
        </button>
      )}
      {LANES.map((lane) => {
        const items = laneOf(layout, lane, alerts);
        return items.length === 0 ? null : (
          <section key={lane} aria-label={LANE_TITLES[lane]}>
            <h2 className="lane">{LANE_TITLES[lane]}</h2>
            <ul className="items">
              {items.map((listed) => (
                <li key={listed.alert.id} className={listed.alert.id === currentId ? "sel" : undefined}>
                  <AlertItem listed={listed} isCurrent={listed.alert.id === currentId} nowMs={nowMs} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <p className="keys" aria-label="Keys while the list has the focus">
        <kbd>j</kbd> <kbd>k</kbd> next, previous <kbd>a</kbd> acknowledge
      </p>
    </section>
  );
}

function AlertItem({
  listed,
  isCurrent,
  nowMs,
}: {
  readonly listed: ListedAlert;
  readonly isCurrent: boolean;
  readonly nowMs: number;
}): React.JSX.Element {
  const { alert, agreementName } = listed;
  const to = alert.status === "resolved" ? paths.resolvedAlert : paths.alert;
  return (
    <Item
      to={to(alert.agreementId, alert.id)}
      mark={alertMark(alert.subject, alert.severity)}
      markWord={alert.severity}
      title={alert.headline}
      when={spanWords(nowMs - alert.raisedAtMs)}
      isCurrent={isCurrent}
    >
      <span className="sub">{agreementName}</span>
      <span className="sub">
        {alert.status === "open" && <span className="due">Unanswered</span>}
        {alert.status === "acknowledged" && `${alert.acknowledgement?.by ?? "Somebody"} has it`}
        {alert.status === "resolved" && (alert.resolution?.reason ?? "Resolved")}
      </span>
    </Item>
  );
}

/** Single keys act only while the focus is in the list (WCAG 2.1.4): j and k walk, a goes to the note. */
function useListKeys(list: React.RefObject<HTMLElement | null>): (event: React.KeyboardEvent) => void {
  const navigate = useNavigate();
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "a") {
      const note = document.getElementById(NOTE_FIELD_ID);
      if (note === null) return;
      event.preventDefault();
      note.focus();
      return;
    }
    if (event.key !== "j" && event.key !== "k") return;
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>("a.item") ?? [])];
    const focused = links.findIndex((link) => link === document.activeElement);
    const from = focused < 0 ? links.findIndex((link) => link.ariaCurrent === "true") : focused;
    const next = links[Math.min(links.length - 1, Math.max(0, from + (event.key === "j" ? 1 : -1)))];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
    void navigate(next.pathname + next.search, { replace: true, preventScrollReset: true });
  };
}
