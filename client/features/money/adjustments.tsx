import { formatFigure } from "../../../shared/metrics/format.ts";
import type { AdjustedFigure, PeriodView } from "../../../shared/protocol/period.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { startedName } from "../../live/window-words.ts";
import { Status } from "../../ui/status/status.tsx";
import { adjustmentWords } from "./closing-words.ts";

interface AdjustmentsProps {
  readonly period: PeriodView;
  readonly currency: string | null;
  readonly nameOf: (targetId: string) => string;
}

const SHOWN = 8;

/** What the facts say since a period was closed, beside what was signed. The longest windows first, for they carry the money. */
export function Adjustments({ period, currency, nameOf }: AdjustmentsProps): React.JSX.Element | null {
  const { adjustments } = period;
  if (adjustments === null) return null;
  if (adjustments.verdicts.length === 0) return <p className="small quiet">No later file has changed anything in it.</p>;
  const ordered = adjustments.verdicts.toSorted((a, b) => Number(a.window.kind === "day") - Number(b.window.kind === "day"));
  return (
    <>
      <p>
        <b>Adjustment: {adjustmentWords(adjustments.credit, currency)}</b>
        {adjustments.credit === 0 ? "." : ", carried to the next period."}
      </p>
      <ul className="adjusted">
        {ordered.slice(0, SHOWN).map((figure) => (
          <Adjusted key={`${figure.targetId} ${figure.window.kind} ${figure.window.start}`} figure={figure} nameOf={nameOf} />
        ))}
      </ul>
      {ordered.length > SHOWN && <p className="small mid">{ordered.length - SHOWN} more windows.</p>}
    </>
  );
}

function Adjusted({ figure, nameOf }: { readonly figure: AdjustedFigure; readonly nameOf: AdjustmentsProps["nameOf"] }): React.JSX.Element {
  return (
    <li>
      <span>
        {nameOf(figure.targetId)} <small className="quiet">{startedName(figure.window)}</small>
      </span>
      <span>
        <span className="quiet">closed as</span> {figure.closed === null ? "not judged" : <Said figure={figure} said={figure.closed} />}
      </span>
      <span>
        <span className="quiet">now</span> <Said figure={figure} said={figure.now} />
      </span>
    </li>
  );
}

function Said({ figure, said }: { readonly figure: AdjustedFigure; readonly said: AdjustedFigure["now"] }): React.JSX.Element {
  const { mark, word } = wordsOf(said.status);
  return (
    <>
      <b>{formatFigure({ ...figure, value: said.value })}</b> <Status kind={mark}>{word}</Status>
    </>
  );
}
