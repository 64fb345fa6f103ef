import { Link } from "react-router";
import { figureText } from "../../../shared/drift/cause-words.ts";
import type { DriftLine } from "../../../shared/drift/drift-line.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { paths } from "../../live/paths.ts";
import { Sparkline } from "../../ui/charts/sparkline.tsx";
import { Chip, Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { dayWords } from "../../ui/zone-time.ts";
import { changeWords, leadsWords, rangeWords, sampleWords, stateWords } from "./drift-words.ts";
import { sampleNoun } from "./sample-noun.ts";

const COLUMNS: readonly Column[] = [
  { name: "Target" },
  { name: "State" },
  { name: "Usual", className: "num" },
  { name: "Now", className: "num" },
  { name: "Change, 90 % range", className: "num" },
  { name: "Since about", className: "num" },
  { name: "Last 6 weeks", className: "trend" },
];

/** Every watched target, in the order of the digest: worse moves first. */
export function DriftTable({ state, lines }: { readonly state: AgreementState; readonly lines: readonly DriftLine[] }): React.JSX.Element {
  const targets = new Map(state.agreement.targets.map((target) => [target.id, target]));
  return (
    <table className="t stack drifts" role="table" aria-label="Watched targets">
      <TableHead columns={COLUMNS} />
      {lines.map((line) => (
        <Line key={line.targetId} agreementId={state.agreement.id} line={line} target={targets.get(line.targetId)} />
      ))}
    </table>
  );
}

interface LineProps {
  readonly agreementId: string;
  readonly line: DriftLine;
  /** Unknown for a moment after a new version came into force. */
  readonly target: TargetView | undefined;
}

function Line({ agreementId, line, target }: LineProps): React.JSX.Element {
  const says = sentenceOf(line);
  return (
    <tbody role="rowgroup">
      <tr role="row" className={says === null ? undefined : "explained"}>
        <th role="rowheader" scope="row" className="two">
          <Link to={paths.drift(agreementId, line.targetId)}>{target?.name ?? line.targetId}</Link>
          {target !== undefined && <small>{target.queues === "all" ? target.detail : target.queues.join(", ")}</small>}
        </th>
        <td role="cell">
          <StateMark line={line} />
        </td>
        <Figures line={line} noun={target === undefined ? null : sampleNoun(target)} />
        <td role="cell" className="trend wide">
          {line.recent.length > 1 && <Trend line={line} name={target?.name ?? line.targetId} />}
        </td>
      </tr>
      {says !== null && (
        <tr role="row" className="explains">
          <td role="cell" className="wide mid" colSpan={COLUMNS.length}>
            {says}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function StateMark({ line }: { readonly line: DriftLine }): React.JSX.Element {
  const { mark, word } = stateWords(line);
  return mark === "risk" || mark === "missed" ? <Chip kind={mark}>{word}</Chip> : <Status kind={mark}>{word}</Status>;
}

/** What moved it and where it leads; or why nothing is watched. */
function sentenceOf(line: DriftLine): string | null {
  if (line.state !== "drifting") return line.why;
  const said = [line.conclusion, leadsWords(line)].filter((part) => part !== null);
  return said.length === 0 ? null : said.join(" ");
}

function Figures({ line, noun }: { readonly line: DriftLine; readonly noun: string | null }): React.JSX.Element {
  const { unit, baseline, drift, latest } = line;
  const change = drift === null ? null : changeWords(drift, unit);
  const now = drift === null ? null : { value: figureText(drift.now.value, unit), sample: sampleWords(drift.now.n, noun) };
  const last = latest === null ? null : { value: figureText(latest.value, unit), sample: `on ${dayWords(latest.day)}` };
  const shown = now ?? last;
  return (
    <>
      <td role="cell" className="num" data-l="Usual">
        {baseline === null ? <Dash /> : figureText(baseline.level, unit)}
      </td>
      <td role="cell" className="num" data-l="Now">
        {shown === null ? <Dash /> : <b>{shown.value}</b>}
        {shown !== null && shown.sample !== null && <small>{shown.sample}</small>}
      </td>
      <td role="cell" className="num" data-l="Change, 90 % range">
        {change === null ? <Dash /> : change.by}
        {change !== null && <small>{change.range}</small>}
      </td>
      <td role="cell" className="num" data-l="Since about">
        {drift === null ? <Dash /> : dayWords(drift.onset.day)}
        {drift !== null && <small>{rangeWords(drift.onset.from, drift.onset.to)}</small>}
      </td>
    </>
  );
}

function Dash(): React.JSX.Element {
  return <span className="dash">—</span>;
}

function Trend({ line, name }: { readonly line: DriftLine; readonly name: string }): React.JSX.Element {
  const days = line.recent.filter((value) => value !== null).length;
  const label = `${name} on the last ${days} days with a figure${line.baseline === null ? "" : `, against ${figureText(line.baseline.level, line.unit)} usual`}`;
  return <Sparkline values={line.recent} level={line.baseline?.level ?? null} floor={null} badSide={null} label={label} />;
}
