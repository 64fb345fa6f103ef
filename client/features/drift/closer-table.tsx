import { amountText, figureText } from "../../../shared/drift/cause-words.ts";
import type { Cause, DriftView } from "../../../shared/drift/drift-view.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { RailTable } from "../../ui/rail-table.tsx";
import { Status } from "../../ui/status/status.tsx";

type Closer = NonNullable<Cause["closer"]>;

interface CloserTableProps {
  readonly closer: Closer;
  readonly view: Pick<DriftView, "unit" | "worse">;
  readonly noun: string | null;
}

/** The leading part of a cause more closely, each row with what proves it. */
export function CloserTable({ closer, view, noun }: CloserTableProps): React.JSX.Element {
  const cases = noun === null ? "n" : `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}`;
  const columns = [{ name: "Group" }, { name: cases, className: "num" }, { name: "Figure", className: "num" }, { name: "Against" }];
  return (
    <RailTable id="closer" title={closer.title} columns={columns}>
      {closer.rows.map((row) => (
        <Row key={row.name} row={row} view={view} />
      ))}
    </RailTable>
  );
}

function Row({ row, view: { unit, worse } }: { readonly row: Closer["rows"][number]; readonly view: CloserTableProps["view"] }) {
  const gap = row.value - row.against;
  const isWorse = worse === "both" || (worse === "up" ? gap > 0 : gap < 0);
  const words = `${amountText(gap, unit)} ${gap < 0 ? "below" : "above"}`;
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td className="num">{formatCount(Math.round(row.n))}</td>
      <td className="num">
        <b>{figureText(row.value, unit)}</b>
      </td>
      <td>{row.proven ? <Status kind={isWorse ? "risk" : "met"}>{words}</Status> : <Status kind="unproven">Not proven</Status>}</td>
    </tr>
  );
}
