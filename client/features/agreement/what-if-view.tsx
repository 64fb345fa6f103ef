import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatCount, formatExpected, formatFigure } from "../../../shared/metrics/format.ts";
import type { WhatIf, WhatIfRow } from "../../../shared/protocol/compare.ts";
import { countWords } from "../../live/count-words.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { verdictWindowName } from "../../live/window-words.ts";
import { amountWords } from "../../live/amount-words.ts";
import { Status } from "../../ui/status/status.tsx";
import { TableHead } from "../../ui/table-head.tsx";
import { monthWords } from "../../ui/zone-time.ts";
import { capital, dateWords } from "./clause-words.ts";
import { WHAT_IF_MONTHS } from "./version-calls.ts";
import { whatIfSummary } from "./what-if-summary.ts";
import "./what-if.css";

interface WhatIfViewProps {
  readonly whatIf: WhatIf;
  readonly zone: string;
  /** What the draft is called, e.g. "version 4". */
  readonly draft: string;
}

/** The last months as they were judged and as a draft would have judged them, with the money of both. */
export function WhatIfView({ whatIf, zone, draft }: WhatIfViewProps): React.JSX.Element {
  const summary = whatIfSummary(whatIf, WHAT_IF_MONTHS);
  const { now, draft: then } = summary;
  const money = (minor: number) => amountWords(minor, whatIf.currency);
  const credits =
    then === now
      ? `Credits would have been the same, ${money(now)}.`
      : `Credits would have been ${money(then)} instead of ${money(now)}: ${money(Math.abs(then - now))} ${then > now ? "more" : "less"}.`;
  return (
    <>
      <p className="says lede">
        {summary.says}
        {whatIf.credits.length > 0 && ` ${credits}`}
      </p>
      {summary.changed.length > 0 && (
        <ChangedTable rows={summary.changed} zone={zone} draft={draft} label="Verdicts that would be different" />
      )}
      {summary.changedDays.length > 0 && (
        <details className="more">
          <summary>{countWords(summary.changedDays.length, "single day")} would be judged differently</summary>
          <ChangedTable rows={summary.changedDays} zone={zone} draft={draft} label="Days that would be different" />
        </details>
      )}
      {whatIf.credits.length > 0 && <CreditTable whatIf={whatIf} draft={draft} now={now} then={then} />}
    </>
  );
}

interface ChangedTableProps {
  readonly rows: readonly WhatIfRow[];
  readonly zone: string;
  readonly draft: string;
  readonly label: string;
}

function ChangedTable({ rows, zone, draft, label }: ChangedTableProps): React.JSX.Element {
  const columns = [
    { name: "Period" },
    { name: "Target" },
    { name: "As it was judged" },
    { name: "Figure", className: "num" },
    { name: "Agreed", className: "num" },
    { name: `Under ${draft}` },
    { name: "Figure then", className: "num" },
    { name: "Agreed then", className: "num" },
    { name: "n", className: "num" },
  ];
  return (
    <table className="t tight stack what-if" role="table" aria-label={label}>
      <TableHead columns={columns} />
      <tbody role="rowgroup">
        {rows.map((row) => {
          const known = row.draft ?? row.now;
          return (
            <tr key={`${row.targetId} ${known?.window.kind ?? ""} ${known?.window.start ?? ""}`} role="row">
              <td role="cell" className="two">
                {known === null ? "" : capital(verdictWindowName(known, zone))}
              </td>
              <th role="rowheader" scope="row">
                {row.name}
              </th>
              <VerdictCells verdict={row.now} label="As it was judged" />
              <VerdictCells verdict={row.draft} label={`Under ${draft}`} />
              <td role="cell" className="num wide">
                <span className="n-label">n </span>
                {nWords(row)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function nWords({ now, draft }: WhatIfRow): string {
  if (now === null || draft === null || now.n === draft.n) return formatCount((draft ?? now)?.n ?? 0);
  return `${formatCount(now.n)} → ${formatCount(draft.n)}`;
}

function VerdictCells({ verdict, label }: { readonly verdict: Verdict | null; readonly label: string }): React.JSX.Element {
  if (verdict === null) {
    return (
      <>
        <td role="cell" data-l={label}>
          <span className="quiet">not agreed</span>
        </td>
        <td role="cell" className="num dash">
          —
        </td>
        <td role="cell" className="num dash">
          —
        </td>
      </>
    );
  }
  const { mark, word } = wordsOf(verdict.status);
  return (
    <>
      <td role="cell" data-l={label}>
        <Status kind={mark}>{word}</Status>
      </td>
      <td role="cell" className="num fig" data-l="Figure">
        {formatFigure(verdict)}
      </td>
      <td role="cell" className="num" data-l="Agreed">
        {formatExpected(verdict)}
      </td>
    </>
  );
}

function periodName(start: string): string {
  return start.endsWith("-01") ? `${monthWords(start)} ${start.slice(0, 4)}` : `from ${dateWords(start)}`;
}

function CreditTable({
  whatIf,
  draft,
  now,
  then,
}: {
  readonly whatIf: WhatIf;
  readonly draft: string;
  readonly now: number;
  readonly then: number;
}): React.JSX.Element {
  const money = (minor: number) => amountWords(minor, whatIf.currency);
  const columns = [
    { name: "Credits" },
    { name: "As agreed", className: "num" },
    { name: `Under ${draft}`, className: "num" },
    { name: "Difference", className: "num" },
  ];
  const rows = [
    ...whatIf.credits.map((credit) => ({ name: periodName(credit.start), ...credit })).toReversed(),
    { name: "In sum", start: "sum", now, draft: then },
  ];
  return (
    <table className="t tight stack credits-then" role="table" aria-label="Credits by period">
      <TableHead columns={columns} />
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.start} role="row" className={row.start === "sum" ? "sum" : undefined}>
            <th role="rowheader" scope="row" className="wide">
              {row.name}
            </th>
            <td role="cell" className="num" data-l="As agreed">
              {money(row.now)}
            </td>
            <td role="cell" className="num" data-l={`Under ${draft}`}>
              {money(row.draft)}
            </td>
            <td role="cell" className="num" data-l="Difference">
              {row.now === row.draft ? (
                <span className="dash">none</span>
              ) : (
                `${row.draft > row.now ? "+" : ""}${money(row.draft - row.now)}`
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
