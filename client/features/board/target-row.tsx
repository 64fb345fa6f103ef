import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { memo } from "react";
import { Link } from "react-router";
import { formatExpected, formatFigure, formatGap } from "../../../shared/metrics/format.ts";
import type { AgreementView } from "../../../shared/protocol/live.ts";
import { isLiveFigure } from "../../live/live-figure.ts";
import { paths } from "../../live/paths.ts";
import { Chip } from "../../ui/status/status.tsx";
import type { BoardRow } from "./board-rows.ts";
import { AsOf, Chance, Figure, Former, Needed, sampleWords, Today, Trend, VerdictMark } from "./target-cells.tsx";

export interface TargetRowProps {
  readonly agreement: AgreementView;
  readonly row: BoardRow;
  readonly nowMs: number;
  /** What opens the other members, beside the name. */
  readonly opener?: React.ReactNode;
  readonly isMember?: boolean;
}

/** A band in the width of a column: "5:00–7:30". */
function agreedWords(verdict: Verdict): string {
  return verdict.notBelow === null ? formatExpected(verdict) : formatExpected(verdict).replace(" to ", "–");
}

function rowClass({ verdict }: BoardRow, isMember: boolean): string {
  const status = verdict?.status ?? "no-data";
  return `${status === "met" || status === "not-counted" ? "calm" : status}${isMember ? " member" : ""}`;
}

/** Where a link leads costs more to work out than any other cell of a row. */
const TargetLink = memo(function TargetLink({ to, name }: { readonly to: string; readonly name: string }) {
  return <Link to={to}>{name}</Link>;
});

export function TargetRow({ agreement, row, nowMs, opener, isMember = false }: TargetRowProps): React.JSX.Element {
  const { target, verdict } = row;
  return (
    <tr role="row" className={rowClass(row, isMember)}>
      <td role="cell" className="state">
        {verdict === null ? <Chip kind="nodata">No data yet</Chip> : <VerdictMark verdict={verdict} />}
      </td>
      <th role="rowheader" scope="row" className="name">
        <TargetLink to={paths.target(agreement.id, target.id)} name={target.name} />{" "}
        {opener ?? (!isMember && <small>{target.detail}</small>)}
      </th>
      <td role="cell" className="num fig">
        {isLiveFigure(verdict) ? formatFigure(verdict) : <Former verdict={verdict} />}
      </td>
      <td role="cell" className="num agr" data-l="Agreed">
        {verdict === null ? target.expected : agreedWords(verdict)}
      </td>
      <td role="cell" className="num gap">
        <Figure text={isLiveFigure(verdict) ? formatGap(verdict).replace("inside the band", "inside") : "—"} />
      </td>
      <td role="cell" className="num day" data-l="Today">
        <Today verdict={row.today} />
      </td>
      <td role="cell" className="num need" data-l="Needs on rest">
        <Needed row={row} />
      </td>
      <td role="cell" className="num miss" data-l="P(miss)">
        <Chance row={row} />
      </td>
      <td role="cell" className="trend">
        {row.trend.length > 0 && verdict !== null && <Trend row={row} verdict={verdict} />}
      </td>
      <td role="cell" className="num quiet n" data-l="n">
        <Figure text={sampleWords(verdict)} />
      </td>
      <td role="cell" className="num quiet asof">
        <AsOf row={row} zone={agreement.timeZone} nowMs={nowMs} />
      </td>
    </tr>
  );
}
