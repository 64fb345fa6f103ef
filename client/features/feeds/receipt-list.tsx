import { Link } from "react-router";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { paths } from "../../live/paths.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { Status } from "../../ui/status/status.tsx";
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

export function ReceiptList({ receipts, currentId, feedNames, zones, nowMs }: ReceiptListProps): React.JSX.Element {
  return (
    <section className="block" aria-labelledby="receipts">
      <div className="head open">
        <h2 id="receipts">Last receipts</h2>
      </div>
      {receipts.length === 0 ? (
        <Empty>No file has been handed in yet.</Empty>
      ) : (
        <div className="scroll" role="region" tabIndex={0} aria-label="Table of the last receipts">
          <table className="t tight rec">
            <thead>
              <tr>
                <th scope="col">Receipt</th>
                <th scope="col">Feed</th>
                <th scope="col" className="num">
                  Rows
                </th>
                <th scope="col" className="num">
                  Accepted
                </th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {receipts.slice(0, SHOWN).map((receipt) => {
                const { mark, word } = receiptWords(receipt);
                return (
                  <tr key={receipt.id} className={receipt.id === currentId ? "sel" : undefined}>
                    <th scope="row">
                      <Link
                        to={paths.receipt(receipt.agreementId, receipt.id)}
                        preventScrollReset
                        aria-current={receipt.id === currentId ? "true" : undefined}
                      >
                        {formatCount(receipt.number)}
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
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
