import { memo } from "react";
import { Link } from "react-router";
import { formatCount, formatExpected, formatFigure, formatGap } from "../../../shared/metrics/format.ts";
import { decimalToNumber } from "../../../shared/stats/decimal.ts";
import type { Verdict } from "../../../shared/agreement/verdict.ts";
import type { AgreementView } from "../../../shared/protocol/live.ts";
import { figureWords, isLiveFigure } from "../../live/live-figure.ts";
import { paths } from "../../live/paths.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { Sparkline } from "../../ui/charts/sparkline.tsx";
import { Mark } from "../../ui/status/mark.tsx";
import { Chip, Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { useHeld } from "../../ui/use-held.ts";
import { shortIn } from "../../ui/zone-time.ts";
import type { BoardRow } from "./board-rows.ts";
import "./target-table.css";

interface TargetTableProps {
  readonly agreement: AgreementView;
  readonly rows: readonly BoardRow[];
  readonly nowMs: number;
}

const COLUMNS: readonly Column[] = [
  { name: "Status", className: "w-st" },
  { name: "Target" },
  { name: "Value", className: "num w-val" },
  { name: "Agreed", className: "num w-agr" },
  { name: "Gap", className: "num w-gap" },
  { name: "Today", className: "num w-day" },
  { name: "21 days", className: "trend w-tr" },
  { name: "n", className: "num w-n" },
  { name: "As of", className: "num w-as" },
];

/** The targets of an agreement, worst first. The rows become a grid on a phone, so the table roles are stated. */
export const TargetTable = memo(function TargetTable({ agreement, rows, nowMs }: TargetTableProps) {
  const { value: order, hold } = useHeld(rows.map((row) => row.target.id));
  const still = rows.toSorted((a, b) => order.indexOf(a.target.id) - order.indexOf(b.target.id));
  return (
    <table className="t stack targets" role="table" aria-label={`${agreement.name} targets, worst first`} {...hold}>
      <TableHead columns={COLUMNS} />
      <tbody role="rowgroup">
        {still.map((row) => (
          <TargetRow key={row.target.id} agreement={agreement} row={row} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  );
});

interface TargetRowProps {
  readonly agreement: AgreementView;
  readonly row: BoardRow;
  readonly nowMs: number;
}

function TargetRow({ agreement, row, nowMs }: TargetRowProps): React.JSX.Element {
  const { target, verdict } = row;
  const status = verdict?.status ?? "no-data";
  return (
    <tr role="row" className={status === "met" || status === "not-counted" ? "calm" : status}>
      <td role="cell" className="state">
        {verdict === null ? <Chip kind="nodata">No data yet</Chip> : <VerdictMark verdict={verdict} />}
      </td>
      <th role="rowheader" scope="row" className="name">
        <Link to={paths.target(agreement.id, target.id)}>{target.name}</Link> <small>{target.detail}</small>
      </th>
      <td role="cell" className="num fig">
        {isLiveFigure(verdict) ? formatFigure(verdict) : <Former verdict={verdict} />}
      </td>
      <td role="cell" className="num agreed" data-l="Agreed">
        {verdict === null ? target.expected : formatExpected(verdict)}
      </td>
      <td role="cell" className="num gap">
        <Figure text={isLiveFigure(verdict) ? formatGap(verdict) : "—"} />
      </td>
      <td role="cell" className="num day" data-l="Today">
        <Today verdict={row.today} />
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

function VerdictMark({ verdict }: { readonly verdict: Verdict }): React.JSX.Element {
  const { mark, word } = wordsOf(verdict.status);
  return verdict.status === "met" || verdict.status === "not-counted" ? (
    <Status kind={mark}>{word}</Status>
  ) : (
    <Chip kind={mark}>{word}</Chip>
  );
}

function Former({ verdict }: { readonly verdict: Verdict | null }): React.JSX.Element {
  if (verdict === null || verdict.value === null) return <Dash />;
  return <span className="former">{figureWords(verdict)}</span>;
}

function Dash(): React.JSX.Element {
  return <span className="dash">—</span>;
}

function Figure({ text }: { readonly text: string }): React.JSX.Element {
  return text === "—" ? <Dash /> : <>{text}</>;
}

function AsOf({ row, zone, nowMs }: { readonly row: BoardRow; readonly zone: string; readonly nowMs: number }): React.JSX.Element {
  const asOfMs = row.verdict?.asOfMs ?? null;
  if (asOfMs === null) return <Dash />;
  if (!row.isLate) return <>{shortIn(zone, asOfMs, nowMs)}</>;
  return (
    <span className="late-asof hatched" title="Its feed is late">
      {shortIn(zone, asOfMs, nowMs)}
      <span className="sr">, its feed is late</span>
    </span>
  );
}

function Today({ verdict }: { readonly verdict: Verdict | null }): React.JSX.Element {
  if (verdict === null || !verdict.window.open) return <Dash />;
  const { mark, word } = wordsOf(verdict.status);
  const figure = isLiveFigure(verdict) ? formatFigure(verdict) : "—";
  return (
    <span className={`today ${mark}`} title={word}>
      {verdict.status !== "met" && <Mark kind={mark} />}
      <span className="sr">{word}: </span>
      <Figure text={figure} />
    </span>
  );
}

function Trend({ row, verdict }: { readonly row: BoardRow; readonly verdict: Verdict }): React.JSX.Element {
  const level = decimalToNumber(verdict.expected);
  const known = row.trend.flatMap((value) => value ?? []);
  const isFloor = verdict.direction === "at-least";
  const bad = known.filter((value) => (isFloor ? value < level : value > level)).length;
  const label = `${row.target.name} by day: ${bad} of ${known.length} days ${isFloor ? "below" : "above"} the target`;
  return <Sparkline values={row.trend} level={level} badSide={isFloor ? "below" : "above"} label={label} />;
}

function sampleWords(verdict: Verdict | null): string {
  if (verdict === null || verdict.value === null) return "—";
  if (verdict.status !== "not-proven" || verdict.needed === null) return formatCount(verdict.n);
  return `${formatCount(verdict.n)} of ${formatCount(verdict.n + verdict.needed)}`;
}
