import { Link } from "react-router";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { Restatement } from "../../../shared/protocol/restatement.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { paths } from "../../live/paths.ts";
import { favourWords } from "../../live/restatement-words.ts";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { spanWords, stampIn } from "../../ui/zone-time.ts";

const COLUMNS: readonly Column[] = [
  { name: "Correction" },
  { name: "Feed" },
  { name: "Rows", className: "num" },
  { name: "Late", className: "num" },
  { name: "Verdicts" },
  { name: "Moved" },
];

interface RestatementListProps {
  readonly state: AgreementState;
  readonly cards: readonly Restatement[];
  readonly nowMs: number;
}

/** Every correction, newest first; each opens to its card. */
export function RestatementList({ state, cards, nowMs }: RestatementListProps): React.JSX.Element {
  const { id, timeZone } = state.agreement;
  const names = new Map([...state.feeds.values()].map(({ feed, name }) => [feed, name]));
  return (
    <table className="t stack openable restated" role="table" aria-label="Corrections, newest first">
      <TableHead columns={COLUMNS} />
      <tbody role="rowgroup">
        {cards.map((card) => (
          <tr role="row" key={card.receipt}>
            <th role="rowheader" scope="row" className="wide">
              <Link className="opens-row" to={paths.restatement(id, card.receipt)}>
                Receipt {card.receipt}
              </Link>
              <small>
                {stampIn(timeZone, card.acceptedAtMs, nowMs)}, {card.by}
              </small>
            </th>
            <td role="cell" data-l="Feed" className="wide">
              {names.get(card.feed) ?? card.feed}
            </td>
            <td role="cell" className="num" data-l="Rows">
              {formatCount(card.rows)}
            </td>
            <td role="cell" className="num" data-l="Late">
              {card.lateMs === 0 ? "same day" : spanWords(card.lateMs)}
            </td>
            <td role="cell" data-l="Verdicts">
              {verdictWords(card)}
            </td>
            <td role="cell" data-l="Moved" className="wide">
              {favourWords(card.favour)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function verdictWords({ flipped, verdictsChanged }: Restatement): React.ReactNode {
  if (flipped > 0) return <b>{formatCount(flipped)} turned</b>;
  return verdictsChanged === 0 ? "none moved" : `${formatCount(verdictsChanged)} moved`;
}
