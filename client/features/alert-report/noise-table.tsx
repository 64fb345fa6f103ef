import { Link } from "react-router";
import type { RuleNoise } from "../../../shared/alerts/noise.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useRole } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { sideOf } from "../../live/side.ts";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { ruleWords, shareWords, suggestionWords } from "./report-words.ts";

const COLUMNS: readonly Column[] = [
  { name: "Rule" },
  { name: "Episodes", className: "num" },
  { name: "Useful", className: "num" },
  { name: "Noise", className: "num" },
  { name: "Over in 10 min unanswered", className: "num" },
  { name: "Flapped", className: "num" },
  { name: "Suggestion" },
];

interface NoiseTableProps {
  readonly state: AgreementState;
  readonly rules: readonly RuleNoise[];
}

/** Every rule that raised something, the noisiest first, with what people made of it and what would spare them. */
export function NoiseTable({ state, rules }: NoiseTableProps): React.JSX.Element {
  const { mayAct } = sideOf(useRole(state.agreement.id));
  return (
    <section className="block" aria-labelledby="noise">
      <div className="head">
        <h2 id="noise">
          Rules <small className="quiet">noisiest first</small>
        </h2>
        {mayAct && (
          <Link className="small" to={paths.proposal(state.agreement.id)}>
            Propose a change
          </Link>
        )}
      </div>
      <table className="t stack noise" role="table" aria-labelledby="noise">
        <TableHead columns={COLUMNS} />
        <tbody role="rowgroup">
          {rules.map((each) => (
            <Line key={Object.values(each.rule).join("|")} state={state} {...each} />
          ))}
        </tbody>
      </table>
      <p className="small quiet">
        Useful and noise are what people said of an alert. A change is suggested only if nobody had answered, or called useful, any alert
        that it would have spared. A hold is agreed for all targets together; three bad evaluations of the last five are told whatever the
        hold, so that a hold may spare fewer.
      </p>
    </section>
  );
}

function Line({ state, ...noise }: RuleNoise & { readonly state: AgreementState }): React.JSX.Element {
  const words = ruleWords(noise.rule, state);
  const figures = [
    { name: "Episodes", text: formatCount(noise.episodes) },
    { name: "Useful", text: formatCount(noise.useful) },
    { name: "Noise", text: formatCount(noise.noise) },
    { name: "Over in 10 min unanswered", text: shareWords(noise.endedSoon, noise) },
    { name: "Flapped", text: formatCount(noise.flapped) },
  ];
  return (
    <tr role="row">
      <th role="rowheader" scope="row" className="wide">
        {words.kind}
        <small>{words.about}</small>
      </th>
      {figures.map(({ name, text }) => (
        <td key={name} role="cell" className="num" data-l={name}>
          {text}
        </td>
      ))}
      <td role="cell" className="wide" data-l="Suggestion">
        {noise.suggestion === null ? <span className="quiet">{suggestionWords(null)}</span> : <b>{suggestionWords(noise.suggestion)}</b>}
      </td>
    </tr>
  );
}
