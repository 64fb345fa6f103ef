import { Link } from "react-router";
import { formatCount, formatExpected, formatFigure } from "../../../shared/metrics/format.ts";
import type { Restatement, RestatedVerdict } from "../../../shared/protocol/restatement.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { paths } from "../../live/paths.ts";
import { favourWords } from "../../live/restatement-words.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { startedName } from "../../live/window-words.ts";
import { Status } from "../../ui/status/status.tsx";
import { TableHead } from "../../ui/table-head.tsx";

interface RestatedVerdictsProps {
  readonly state: AgreementState;
  readonly card: Restatement;
}

const COLUMNS = ["Target and window", "Agreed", "Known before", "Known now", "Moved"].map((name) => ({ name }));

/** The verdicts that a correction changed, closed ones that turned first. */
export function RestatedVerdicts({ state, card }: RestatedVerdictsProps): React.JSX.Element {
  const left = card.verdictsChanged - card.verdicts.length;
  return (
    <section className="block" aria-labelledby="verdicts">
      <div className="head">
        <h2 id="verdicts">
          {card.verdicts.length === 0 ? "No verdict moved" : "Verdicts that moved"}{" "}
          <small className="quiet">with everything that this file brought</small>
        </h2>
      </div>
      {card.verdicts.length > 0 && (
        <table className="t stack restated restated-verdicts" role="table" aria-label="Verdicts before and now">
          <TableHead columns={COLUMNS} />
          <tbody role="rowgroup">
            {card.verdicts.map((verdict) => (
              <VerdictRow key={`${verdict.targetId} ${verdict.window.kind} ${verdict.window.start}`} state={state} verdict={verdict} />
            ))}
          </tbody>
        </table>
      )}
      {left > 0 && <p className="small mid">{formatCount(left)} more.</p>}
    </section>
  );
}

function VerdictRow({ state, verdict }: { readonly state: AgreementState; readonly verdict: RestatedVerdict }): React.JSX.Element {
  const { id, targets } = state.agreement;
  const target = targets.find((each) => each.id === verdict.targetId);
  const isOpen = verdict.window.open;
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className="wide">
        {target === undefined ? verdict.targetId : <Link to={paths.target(id, target.id)}>{target.name}</Link>}
        <small>
          {startedName(verdict.window)}, {isOpen ? "still open" : "closed"}
        </small>
      </th>
      <td role="cell" data-l="Agreed" className="wide">
        {formatExpected(verdict)}
      </td>
      <Said verdict={verdict} said={verdict.old} label="Known before" />
      <Said verdict={verdict} said={verdict.new} label="Known now" />
      <td role="cell" data-l="Moved" className="wide">
        {verdict.flipped && <b>turned, </b>}
        {favourWords(verdict.favour)}
      </td>
    </tr>
  );
}

interface SaidProps {
  readonly verdict: RestatedVerdict;
  readonly said: RestatedVerdict["old"];
  readonly label: string;
}

function Said({ verdict, said, label }: SaidProps): React.JSX.Element {
  const { mark, word } = wordsOf(said.status);
  return (
    <td role="cell" data-l={label}>
      <b>{formatFigure({ ...verdict, value: said.value })}</b> <Status kind={mark}>{word}</Status>
    </td>
  );
}
