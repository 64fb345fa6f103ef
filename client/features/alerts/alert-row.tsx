import { memo } from "react";
import { paths } from "../../live/paths.ts";
import { alertMark } from "../../live/verdict-words.ts";
import { countWords } from "../../live/count-words.ts";
import { Item } from "../../ui/item.tsx";
import { spanWords } from "../../ui/zone-time.ts";
import type { ListedAlert } from "./listed-alert.ts";
import { standingWords } from "./standing-words.ts";

interface AlertRowProps {
  readonly listed: ListedAlert;
  /** How many alerts are attached to it. */
  readonly attached: number;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly nowMs: number;
  /** What stands after the question mark of the address, so that the list keeps its filter. */
  readonly search: string;
  readonly onSelect: (key: string) => void;
}

function ageMs({ alert }: ListedAlert, nowMs: number): number {
  return nowMs - (alert.status === "resolved" ? alert.changedAtMs : alert.raisedAtMs);
}

/** One alert of the list: mark, finding, where it stands; and the box that selects it. */
export const AlertRow = memo(function AlertRow(props: AlertRowProps) {
  const { listed, attached, isCurrent, isSelected, nowMs, search, onSelect } = props;
  const { alert, agreement, key } = listed;
  const { due, rest } = standingWords(listed, nowMs);
  const to = paths.alert(alert.agreementId, alert.id);
  return (
    <>
      <Item
        to={search === "" ? to : `${to}?${search}`}
        mark={alertMark(alert.subject, alert.severity)}
        markWord={alert.severity}
        title={alert.headline}
        when={spanWords(ageMs(listed, nowMs))}
        isCurrent={isCurrent}
      >
        <span className="sub">
          {agreement.name}
          {attached > 0 && `; ${countWords(attached, "alert")} attached`}
          {alert.flapping && "; goes up and down"}
          {alert.frozenSinceMs !== null && alert.status !== "resolved" && "; no fresh evidence"}
        </span>
        <span className="sub">
          {due !== "" && <span className="due">{due} </span>}
          {rest}
        </span>
      </Item>
      <label className="pick">
        <input type="checkbox" checked={isSelected} onChange={() => onSelect(key)} />
        <span className="sr">Select {alert.headline}</span>
      </label>
    </>
  );
});
