import { Link } from "react-router";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { paths } from "../../live/paths.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { useHeld } from "../../ui/use-held.ts";
import { stampIn } from "../../ui/zone-time.ts";
import { receiptWords } from "./feed-words.ts";

interface ReceiptListProps {
  readonly receipts: readonly Receipt[];
  readonly currentId: string | null;
  readonly feedNames: ReadonlyMap<string, string>;
  readonly zones: ReadonlyMap<string, string>;
  readonly nowMs: number;
}

const SHOWN = 12;

const COLUMNS: readonly Column[] = [
  { name: "Receipt" },
  { name: "Feed" },
  { name: "Rows", className: "num" },
  { name: "Accepted", className: "num" },
  { name: "State" },
];

export function ReceiptList(props: ReceiptListProps): React.JSX.Element {
  const { receipts } = props;
  const newest = receipts.slice(0, SHOWN).map((receipt) => receipt.id);
  const { value: ids, refresh, hold } = useHeld(newest);
  const shown = ids.flatMap((id) => receipts.find((receipt) => receipt.id === id) ?? []);
  const waiting = receipts.findIndex((receipt) => receipt.id === ids[0]);
  return (
    <section className="block" aria-labelledby="receipts" {...hold}>
      <div className="head open">
        <h2 id="receipts">Last receipts</h2>
        {waiting > 0 && (
          <button className="btn link" type="button" onClick={refresh}>
            {waiting} new, show
          </button>
        )}
      </div>
      {receipts.length === 0 ? (
        <Empty>No file has been handed in yet.</Empty>
      ) : (
        <div className="scroll" role="region" tabIndex={0} aria-label="Table of the last receipts">
          <table className="t tight rec">
            <TableHead columns={COLUMNS} />
            <tbody>
              {shown.map((receipt) => (
                <ReceiptRow key={receipt.id} receipt={receipt} {...props} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function ReceiptRow({ receipt, currentId, feedNames, zones, nowMs }: ReceiptListProps & { readonly receipt: Receipt }): React.JSX.Element {
  const { mark, word } = receiptWords(receipt);
  const isCurrent = receipt.id === currentId;
  return (
    <tr className={isCurrent ? "sel" : undefined}>
      <th scope="row">
        <Link to={paths.receipt(receipt.agreementId, receipt.id)} preventScrollReset aria-current={isCurrent ? "true" : undefined}>
          {receipt.number}
        </Link>
      </th>
      <td>{feedNames.get(receipt.feedId) ?? receipt.feedId}</td>
      <td className="num">{formatCount(receipt.counts.rows)}</td>
      <td className="num">{stampIn(zones.get(receipt.agreementId) ?? "UTC", receipt.acceptedAtMs, nowMs)}</td>
      <td>
        <Status kind={mark}>{word}</Status>
      </td>
    </tr>
  );
}
