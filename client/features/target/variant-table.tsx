import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatCount, formatFigure, formatGap } from "../../../shared/metrics/format.ts";
import type { VariantRow, Variants } from "../../../shared/protocol/compare.ts";
import { amountWords } from "../../live/amount-words.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { verdictWindowName } from "../../live/window-words.ts";
import { Mark } from "../../ui/status/mark.tsx";
import { Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { metCount } from "./variant-words.ts";

interface VariantTableProps {
  readonly variants: Variants;
  readonly zone: string;
}

/** More windows than this are counted, not shown one by one. */
const SHOWN_WINDOWS = 6;

export function VariantTable({ variants, zone }: VariantTableProps): React.JSX.Element {
  const windows = variants.rows.find((row) => row.verdicts.length > 0)?.verdicts ?? [];
  const isSingle = windows.length === 1;
  const each = !isSingle && windows.length <= SHOWN_WINDOWS ? windows : [];
  const columns: Column[] = [
    { name: "Formula" },
    ...(isSingle
      ? [{ name: "Figure", className: "num" }, { name: "Verdict" }, { name: "Gap", className: "num" }, { name: "n", className: "num" }]
      : [...each.map((verdict) => ({ name: verdictWindowName(verdict, zone), className: "num" })), { name: "Met", className: "num" }]),
    { name: "Credit", className: "num" },
  ];
  return (
    <div className="scroll">
      <table className="t stack variants" role="table" aria-label="The same time under every formula">
        <TableHead columns={columns} />
        <tbody role="rowgroup">
          {variants.rows.map((row) => (
            <tr key={row.variant} role="row" className={row.agreed ? "sel" : undefined}>
              <th role="rowheader" scope="row" className="wide">
                {row.variant} {row.agreed && <b className="agreed-mark">agreed</b>}
                <small>{row.says}</small>
              </th>
              {row.lacks !== null && <Lacks text={row.lacks} span={columns.length - 1} />}
              {row.lacks === null && (isSingle ? <SingleCells row={row} /> : <ManyCells row={row} windows={each} zone={zone} />)}
              {row.lacks === null && (
                <td role="cell" className="num" data-l="Credit">
                  {row.credit === null || variants.currency === null ? "—" : amountWords(row.credit, variants.currency)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lacks({ text, span }: { readonly text: string; readonly span: number }): React.JSX.Element {
  return (
    <td role="cell" className="wide mid" colSpan={span}>
      <Status kind="underivable">Not derivable:</Status> {text}
    </td>
  );
}

function SingleCells({ row }: { readonly row: VariantRow }): React.JSX.Element | null {
  const [verdict] = row.verdicts;
  if (verdict === undefined) return null;
  const { mark, word } = wordsOf(verdict.status);
  return (
    <>
      <td role="cell" className="num fig" data-l="Figure">
        {formatFigure(verdict)}
      </td>
      <td role="cell" data-l="Verdict">
        <Status kind={mark}>{word}</Status>
      </td>
      <td role="cell" className="num" data-l="Gap">
        {formatGap(verdict)}
      </td>
      <td role="cell" className="num quiet" data-l="n">
        {formatCount(verdict.n)}
      </td>
    </>
  );
}

interface ManyCellsProps {
  readonly row: VariantRow;
  readonly windows: readonly Verdict[];
  readonly zone: string;
}

function ManyCells({ row, windows, zone }: ManyCellsProps): React.JSX.Element {
  return (
    <>
      {windows.map((each) => (
        <WindowCell
          key={each.window.start}
          name={verdictWindowName(each, zone)}
          verdict={row.verdicts.find((verdict) => verdict.window.start === each.window.start)}
        />
      ))}
      <td role="cell" className="num" data-l="Met">
        {metCount(row)} of {row.verdicts.length}
      </td>
    </>
  );
}

function WindowCell({ name, verdict }: { readonly name: string; readonly verdict: Verdict | undefined }): React.JSX.Element {
  if (verdict === undefined) return <td role="cell">—</td>;
  const { mark, word } = wordsOf(verdict.status);
  return (
    <td role="cell" className="num" data-l={name}>
      <span className="variant-cell">
        <Mark kind={mark} />
        <span className="sr">{word}: </span>
        {formatFigure(verdict)}
      </span>
    </td>
  );
}
