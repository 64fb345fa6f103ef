import { memo, useState } from "react";
import type { AgreementView } from "../../../shared/protocol/live.ts";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { useHeld } from "../../ui/use-held.ts";
import { type BoardGroup, isSameGroup, tallyWords } from "./board-rows.ts";
import { TargetRow } from "./target-row.tsx";
import "./target-table.css";

interface TargetTableProps {
  readonly agreement: AgreementView;
  readonly rows: readonly BoardGroup[];
  readonly nowMs: number;
}

const COLUMNS: readonly Column[] = [
  { name: "Status", className: "w-st" },
  { name: "Target" },
  { name: "Value", className: "num w-val" },
  { name: "Agreed", className: "num w-agr" },
  { name: "Gap", className: "num w-gap" },
  { name: "Today", className: "num w-day" },
  { name: "Needs on rest", className: "num w-need" },
  { name: "P(miss)", className: "num w-p" },
  { name: "21 days", className: "trend w-tr" },
  { name: "n", className: "num w-n" },
  { name: "As of", className: "num w-as" },
];

/** The targets of an agreement, worst first. The rows become a grid on a phone, so the table roles are stated. */
export const TargetTable = memo(function TargetTable({ agreement, rows, nowMs }: TargetTableProps) {
  const { value: order, hold } = useHeld(rows.map((row) => row.key));
  const still = rows.toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  return (
    <table className="t stack targets" role="table" aria-label={`${agreement.name} targets, worst first`} {...hold}>
      <TableHead columns={COLUMNS} />
      <tbody role="rowgroup">
        {still.map((row) => (
          <GroupRows key={row.key} agreement={agreement} group={row} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  );
});

interface GroupRowsProps {
  readonly agreement: AgreementView;
  readonly group: BoardGroup;
  readonly nowMs: number;
}

/** One line for the worst member with the count of all, opening to the others. Of many lines a file changes one or two. */
const GroupRows = memo(function GroupRows({ agreement, group, nowMs }: GroupRowsProps) {
  const [isOpen, setOpen] = useState(false);
  if (group.others.length === 0) return <TargetRow agreement={agreement} row={group} nowMs={nowMs} />;
  const count = group.others.length;
  const opener = (
    <button
      className="btn link members"
      type="button"
      aria-expanded={isOpen}
      title={`the worst of ${count + 1}: ${tallyWords([group, ...group.others])}`}
      onClick={() => setOpen(!isOpen)}
    >
      {isOpen ? "−" : "+"}
      {count}
      <span className="sr"> more: {tallyWords(group.others)}</span>
    </button>
  );
  return (
    <>
      <TargetRow agreement={agreement} row={group} nowMs={nowMs} opener={opener} />
      {isOpen && group.others.map((row) => <TargetRow key={row.target.id} agreement={agreement} row={row} nowMs={nowMs} isMember />)}
    </>
  );
}, looksSame);

function looksSame(a: GroupRowsProps, b: GroupRowsProps): boolean {
  return a.agreement === b.agreement && a.nowMs === b.nowMs && isSameGroup(a.group, b.group);
}
