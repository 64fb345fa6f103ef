import { useState } from "react";
import { amountWords } from "../../live/amount-words.ts";
import type { PeriodSettlement } from "../../../shared/settlement/settlement.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { PeriodLines } from "./period-lines.tsx";
import { periodName } from "./period-words.ts";

interface PeriodLedgerProps {
  readonly state: AgreementState;
  readonly periods: readonly PeriodSettlement[];
  readonly currency: string;
}

const COLUMNS: readonly Column[] = [
  { name: "Period" },
  { name: "Fees", className: "num" },
  { name: "At risk", className: "num" },
  { name: "Credit", className: "num" },
  { name: "Capped", className: "num" },
  { name: "Earned back", className: "num" },
  { name: "Bonus", className: "num" },
];

/** Every period, newest first, each opening to what each target costs and why. */
export function PeriodLedger({ state, periods, currency }: PeriodLedgerProps): React.JSX.Element {
  const newestFirst = periods.toSorted((a, b) => b.fromMs - a.fromMs);
  return (
    <section aria-labelledby="ledger">
      <div className="head ledger-head">
        <h2 id="ledger">Credits by period</h2>
        <span className="small quiet">credits go to the client, bonus to the provider</span>
      </div>
      {newestFirst.length === 0 ? (
        <Empty>No period has begun under this agreement yet.</Empty>
      ) : (
        <table className="t stack ledger" role="table" aria-label="Credits by period, newest first">
          <TableHead columns={COLUMNS} />
          <tbody role="rowgroup">
            {newestFirst.map((period, index) => (
              <PeriodRows
                key={`${period.start} ${period.version}`}
                state={state}
                period={period}
                currency={currency}
                isFirst={index === 0}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface PeriodRowsProps {
  readonly state: AgreementState;
  readonly period: PeriodSettlement;
  readonly currency: string;
  readonly isFirst: boolean;
}

function PeriodRows({ state, period, currency, isFirst }: PeriodRowsProps): React.JSX.Element {
  const [isOpen, setOpen] = useState(isFirst);
  const name = periodName(period, state.agreement.timeZone);
  const credit = period.open ? period.atStake : period.credit;
  return (
    <>
      <tr role="row">
        <th role="rowheader" scope="row" className="wide">
          <button className="btn link" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {name}
          </button>
          <small>{stateWords(period)}</small>
        </th>
        <Cell label="Fees" minor={period.fees} currency={currency} />
        <Cell label="At risk" minor={period.atRisk} currency={currency} />
        <td role="cell" className="num fig" data-l={period.open ? "Credit, as it stands" : "Credit"}>
          {amountWords(credit, currency)}
          {period.open && credit > 0 && <small>at stake</small>}
        </td>
        <Cell label="Capped" minor={period.cappedAway} currency={currency} />
        <Cell label="Earned back" minor={period.earnedBack} currency={currency} />
        <Cell label="Bonus" minor={period.bonus} currency={currency} />
      </tr>
      {isOpen && (
        <tr role="row" className="lines-row">
          <td role="cell" colSpan={COLUMNS.length} className="wide">
            <PeriodLines state={state} period={period} currency={currency} />
          </td>
        </tr>
      )}
    </>
  );
}

function stateWords({ open, suspended, version, points }: PeriodSettlement): string {
  const parts = [`version ${version}`];
  if (open) parts.push("still open");
  if (suspended) parts.push("credits suspended");
  if (points > 0) parts.push(`${points} points`);
  return parts.join(", ");
}

function Cell({
  label,
  minor,
  currency,
}: {
  readonly label: string;
  readonly minor: number;
  readonly currency: string;
}): React.JSX.Element {
  return (
    <td role="cell" className="num" data-l={label}>
      {minor === 0 ? <span className="dash">—</span> : amountWords(minor, currency)}
    </td>
  );
}
