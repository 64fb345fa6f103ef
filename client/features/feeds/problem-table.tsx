import { formatCount } from "../../../shared/metrics/format.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { type Column, TableHead } from "../../ui/table-head.tsx";

const COLUMNS: readonly Column[] = [
  { name: "Line", className: "num" },
  { name: "Column" },
  { name: "Value" },
  { name: "What is wrong, what to do" },
];

/** The first problems of a receipt, each with its mend; all of them are in errors.csv. */
export function ProblemTable({ receipt }: { readonly receipt: Receipt }): React.JSX.Element {
  const total = receipt.counts.rejected + receipt.counts.warnings;
  return (
    <>
      <div className="scroll" role="region" tabIndex={0} aria-label="Rows with problems">
        <table className="t tight stack mend" role="table">
          <TableHead columns={COLUMNS} />
          <tbody role="rowgroup">
            {receipt.problems.map((problem) => (
              <Problem key={`${problem.line} ${problem.column} ${problem.rule}`} problem={problem} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="small quiet more">
        {receipt.problems.length < total &&
          `The first ${receipt.problems.length} of ${formatCount(total)}; all refused rows are in errors.csv. `}
        {receipt.counts.rejected > 0 && "The good rows already count. Hand the mended file in again: nothing counts twice."}
      </p>
    </>
  );
}

function Problem({ problem }: { readonly problem: Receipt["problems"][number] }): React.JSX.Element {
  return (
    <tr role="row">
      <td role="cell" className="num" data-l="Line">
        {formatCount(problem.line)}
      </td>
      <td role="cell" data-l="Column">
        <code>{problem.column}</code>
      </td>
      <td role="cell" data-l="Value">
        {problem.value === "" ? <span className="dash">empty</span> : <code>{problem.value}</code>}
      </td>
      <td role="cell" className="wide">
        {problem.severity === "warning" && <span className="quiet">Kept, with a warning: </span>}
        {problem.message}. {problem.remedy}.
      </td>
    </tr>
  );
}
