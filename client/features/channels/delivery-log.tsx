import { useState } from "react";
import { Link } from "react-router";
import { AlertDelivery } from "../../../shared/alerts/delivery.ts";
import { call } from "../../live/api.ts";
import { paths } from "../../live/paths.ts";
import { asAppError } from "../../live/use-request.ts";
import { FieldError } from "../../ui/field.tsx";
import { Empty } from "../../ui/panel-state.tsx";
import { Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { stampIn } from "../../ui/zone-time.ts";
import { STATE_WORDS } from "./channel-words.ts";

const COLUMNS: readonly Column[] = [{ name: "When" }, { name: "To" }, { name: "Result" }, { name: "About" }, { name: "Again" }];

interface DeliveryLogProps {
  readonly agreementId: string;
  readonly deliveries: readonly AlertDelivery[];
  readonly zone: string;
  readonly nowMs: number;
  readonly onChange: () => void;
}

/** What was told to one's own side, newest first, and what became of each message. */
export function DeliveryLog({ deliveries, ...around }: DeliveryLogProps): React.JSX.Element {
  if (deliveries.length === 0) return <Empty>No message was sent to your side yet.</Empty>;
  return (
    <table className="t stack delivery-log" role="table" aria-label="Messages to your side">
      <TableHead columns={COLUMNS} />
      <tbody role="rowgroup">
        {deliveries.map((delivery) => (
          <Row key={delivery.key} delivery={delivery} {...around} />
        ))}
      </tbody>
    </table>
  );
}

function detailOf({ state, reason, attempts, dueMs }: AlertDelivery, zone: string, nowMs: number): string {
  const until = state === "planned" && dueMs !== null && dueMs > nowMs ? `until ${stampIn(zone, dueMs, nowMs)}` : "";
  const tries = attempts.length > 1 ? `${attempts.length} attempts` : "";
  return [reason, until, tries].filter((part) => part !== "").join(", ");
}

interface RowProps extends Omit<DeliveryLogProps, "deliveries"> {
  readonly delivery: AlertDelivery;
}

function Row({ agreementId, delivery, zone, nowMs, onChange }: RowProps): React.JSX.Element {
  const { key, state, to, headline, alertId, plannedAtMs } = delivery;
  const [error, setError] = useState<string | null>(null);
  const replay = async () => {
    try {
      const path = `/api/v1/agreements/${encodeURIComponent(agreementId)}/deliveries/${encodeURIComponent(key)}/replay`;
      await call({ method: "POST", path, body: { operationId: crypto.randomUUID() }, answer: AlertDelivery });
      setError(null);
      onChange();
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
  };
  const { mark, word } = STATE_WORDS[state];
  const isOver = state !== "planned" && state !== "sending";
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {stampIn(zone, plannedAtMs, nowMs)}
      </th>
      <td role="cell" className="told">
        {to}
      </td>
      <td role="cell">
        <Status kind={mark}>{word}</Status>
      </td>
      <td role="cell" className="wide told">
        <Link to={paths.alert(agreementId, alertId)}>{headline}</Link>
        <div className="small quiet">{detailOf(delivery, zone, nowMs)}</div>
        {error !== null && <FieldError>{error}</FieldError>}
      </td>
      <td role="cell">
        {isOver && (
          <button className={state === "sent" ? "btn bare" : "btn"} type="button" onClick={() => void replay()}>
            Send again
          </button>
        )}
      </td>
    </tr>
  );
}
