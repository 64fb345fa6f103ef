import { Link } from "react-router";
import type { PullRun } from "../../../shared/protocol/pull.ts";
import { paths } from "../../live/paths.ts";
import { Empty } from "../../ui/panel-state.tsx";
import { Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { stampIn } from "../../ui/zone-time.ts";
import { RUN_WORDS } from "./pull-words.ts";

const COLUMNS: readonly Column[] = [
  { name: "Attempt" },
  { name: "Result" },
  { name: "What happened" },
  { name: "Files", className: "num" },
];

interface PullRunsProps {
  readonly runs: readonly PullRun[];
  readonly agreementId: string;
  readonly zone: string;
  readonly nowMs: number;
}

/** The latest attempts, newest first, each with what it brought or why it did not. */
export function PullRuns({ runs, agreementId, zone, nowMs }: PullRunsProps): React.JSX.Element {
  if (runs.length === 0) return <Empty>No attempt yet.</Empty>;
  return (
    <table className="t stack pull-runs" role="table" aria-label="Latest attempts">
      <TableHead columns={COLUMNS} />
      <tbody role="rowgroup">
        {runs.map((run) => (
          <tr role="row" key={run.startedAtMs}>
            <th role="rowheader" scope="row">
              {stampIn(zone, run.startedAtMs, nowMs)}
            </th>
            <td role="cell">
              <Status kind={RUN_WORDS[run.result].mark}>{RUN_WORDS[run.result].word}</Status>
            </td>
            <td role="cell" className="wide told">
              {run.message} {run.remedy}{" "}
              {run.receipts.slice(0, 3).map((id) => (
                <Link key={id} to={paths.receipt(agreementId, id)}>
                  Receipt {id.slice(id.lastIndexOf("r") + 1)}{" "}
                </Link>
              ))}
              {run.receipts.length > 3 && `and ${run.receipts.length - 3} more`}
            </td>
            <td role="cell" className="num opt" data-l="Files">
              {run.files}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
