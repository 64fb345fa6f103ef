import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { formatCount, formatGap } from "../../../shared/metrics/format.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { figureWords, isLiveFigure } from "../../live/live-figure.ts";
import { wordsOf } from "../../live/verdict-words.ts";
import { verdictWindowName } from "../../live/window-words.ts";
import { Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";

const COLUMNS: readonly Column[] = [
  { name: "Window" },
  { name: "Verdict" },
  { name: "Figure", className: "num" },
  { name: "Gap", className: "num" },
  { name: "n", className: "num" },
];

/** The windows of a target beside the one the page is about: other kinds, the last closed one, the parts of a shared period. */
export function OtherWindows({ state, verdict }: { readonly state: AgreementState; readonly verdict: Verdict }): React.JSX.Element | null {
  const others = [...state.verdicts.values()]
    .filter((each) => each.targetId === verdict.targetId && each.window.kind !== "day" && each !== verdict)
    .toSorted((a, b) => Number(b.window.open) - Number(a.window.open) || b.window.fromMs - a.window.fromMs);
  if (others.length === 0) return null;
  return (
    <section className="block" aria-labelledby="other-windows">
      <div className="head">
        <h2 id="other-windows">Other windows</h2>
      </div>
      <table className="t stack" role="table" aria-label="Other windows of this target">
        <TableHead columns={COLUMNS} />
        <tbody role="rowgroup">
          {others.map((each) => (
            <OtherRow key={`${each.window.kind} ${each.window.start}`} verdict={each} zone={state.agreement.timeZone} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function OtherRow({ verdict, zone }: { readonly verdict: Verdict; readonly zone: string }): React.JSX.Element {
  const { mark, word } = wordsOf(verdict.status);
  const name = verdictWindowName(verdict, zone);
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className="wide">
        {name.slice(0, 1).toUpperCase() + name.slice(1)} {verdict.window.open && <small>still open</small>}
      </th>
      <td role="cell" data-l="Verdict">
        <Status kind={mark}>{word}</Status>
      </td>
      <td role="cell" className="num fig" data-l="Figure">
        {figureWords(verdict)}
      </td>
      <td role="cell" className="num" data-l="Gap">
        {isLiveFigure(verdict) ? formatGap(verdict) : "—"}
      </td>
      <td role="cell" className="num quiet" data-l="n">
        {formatCount(verdict.n)}
      </td>
    </tr>
  );
}
