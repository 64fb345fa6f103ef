import type { DryRun } from "../../../shared/feeds/propose/dry-run.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { type Column, TableHead } from "../../ui/table-head.tsx";

const COLUMNS: readonly Column[] = [
  { name: "Line", className: "num" },
  { name: "Column" },
  { name: "Value" },
  { name: "What is wrong, what to do" },
];

/** The first rows that would be refused or warned about, each with its mend. */
export function TrialProblems({ run: { problems, refused, warnings } }: { readonly run: DryRun }): React.JSX.Element {
  return (
    <>
      <div className="scroll" role="region" tabIndex={0} aria-label="Rows with problems">
        <table className="t tight stack mend" role="table">
          <TableHead columns={COLUMNS} />
          <tbody role="rowgroup">
            {problems.map(({ line, column, value, rule, severity, message, remedy }, at) => (
              <tr key={`${line} ${column} ${rule} ${at}`} role="row">
                <td role="cell" className="num" data-l="Line">
                  {formatCount(line)}
                </td>
                <td role="cell" data-l="Column">
                  <code>{column}</code>
                </td>
                <td role="cell" data-l="Value">
                  {value === "" ? <span className="dash">empty</span> : <code>{value}</code>}
                </td>
                <td role="cell" className="wide">
                  {severity === "warning" && <span className="quiet">Kept, with a warning: </span>}
                  {message}. {remedy}.
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {problems.length < refused + warnings && <p className="small quiet more">These are the first {problems.length}.</p>}
      {refused > 0 && (
        <p className="small quiet more">
          The good rows count when you hand the file in; the refused ones come back as errors.csv, to be mended and handed in again.
        </p>
      )}
    </>
  );
}
