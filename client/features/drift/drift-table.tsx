import { Link } from "react-router";
import type { AlertSeverity } from "../../../shared/agreement/alert-clauses.ts";
import { figureText } from "../../../shared/drift/cause-words.ts";
import { type ListedDrift, standsOutText } from "../../../shared/drift/drift-line.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { paths } from "../../live/paths.ts";
import { Sparkline } from "../../ui/charts/sparkline.tsx";
import { Chip, Status } from "../../ui/status/status.tsx";
import { type Column, TableHead } from "../../ui/table-head.tsx";
import { dayWords } from "../../ui/zone-time.ts";
import { driftSeverity } from "./drift-alert.ts";
import { besidesWords, changeWords, leadsWords, rangeWords, sampleWords, stateWords } from "./drift-words.ts";
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
export function DriftTable({
  state,
  lines,
}: {
  readonly state: AgreementState;
  readonly lines: readonly ListedDrift[];
}): React.JSX.Element {
  const targets = new Map(state.agreement.targets.map((target) => [target.id, target]));
  return (
    <table className="t stack drifts" role="table" aria-label="Watched targets">
      <TableHead columns={COLUMNS} />
      {lines.map((line) => (
        <Line
          key={line.targetId}
          agreementId={state.agreement.id}
          line={line}
          severity={driftSeverity(state, line.targetId)}
          target={targets.get(line.targetId)}
        />
      ))}
    </table>
  );
}

interface LineProps {
  readonly agreementId: string;
  readonly line: ListedDrift;
  /** Of its standing alert. */
  readonly severity: AlertSeverity | null;
  /** Unknown for a moment after a new version came into force. */
  readonly target: TargetView | undefined;
}

function Line({ agreementId, line, severity, target }: LineProps): React.JSX.Element {
  const says = sentenceOf(line);
  return (
    <tbody role="rowgroup">
      <tr role="row" className={says === null ? undefined : "explained"}>
        <th role="rowheader" scope="row">
          <Link to={paths.drift(agreementId, line.targetId)}>{target?.name ?? line.targetId}</Link>
          {target !== undefined && <small>{target.queues === "all" ? target.detail : target.queues.join(", ")}</small>}
        </th>
        <td role="cell">
          <StateMark line={line} severity={severity} />
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

function StateMark({ line, severity }: Pick<LineProps, "line" | "severity">): React.JSX.Element {
  const { mark, word } = stateWords(line, severity);
  if (mark === "risk" || mark === "missed") return <Chip kind={mark}>{word}</Chip>;
  return (
    <>
      <Status kind={mark}>{word}</Status>
      {line.state === "learning" && <small>{line.why}</small>}
    </>
  );
}

/** What moved it and where it leads; that it stands out; or why nothing is watched. */
function sentenceOf(line: ListedDrift): string | null {
  if (line.standsOut) return `No alarm, but this month stands out: ${standsOutText(line)}.`;
  if (line.state !== "drifting") return line.state === "unusable" ? line.why : null;
  const said = [line.conclusion, besidesWords(line), leadsWords(line)].filter((part) => part !== null);
  return said.length === 0 ? null : said.join(" ");
}

function Figures({ line, noun }: { readonly line: ListedDrift; readonly noun: string | null }): React.JSX.Element {
  const { unit, baseline, drift, latest } = line;
  const change = drift === null ? null : changeWords(drift, unit);
  const now = drift === null ? null : { value: figureText(drift.now.value, unit), sample: sampleWords(drift.now.n, noun) };
  const last = latest === null ? null : { value: figureText(latest.value, unit), sample: `on ${dayWords(latest.day)}` };
  const shown = now ?? last;
  return (
    <>
      <Cell name="Usual" value={baseline === null ? null : figureText(baseline.level, unit)} />
      <Cell name="Now" value={shown?.value ?? null} beside={shown?.sample ?? null} isMain />
      <Cell name="Change, 90 % range" value={change?.by ?? null} beside={change?.range ?? null} />
      <Cell
        name="Since about"
        value={drift === null ? null : dayWords(drift.onset.day)}
        beside={drift === null ? null : rangeWords(drift.onset.from, drift.onset.to)}
      />
    </>
  );
}

interface CellProps {
  readonly name: string;
  /** `null`: nothing is known. */
  readonly value: string | null;
  readonly beside?: string | null;
  readonly isMain?: boolean;
}

function Cell({ name, value, beside = null, isMain = false }: CellProps): React.JSX.Element {
  if (value === null) {
    return (
      <td role="cell" className="num none" data-l={name}>
        <span className="dash">—</span>
      </td>
    );
  }
  return (
    <td role="cell" className="num" data-l={name}>
      {isMain ? <b>{value}</b> : value}
      {beside !== null && <small>{beside}</small>}
    </td>
  );
}

function Trend({ line, name }: { readonly line: ListedDrift; readonly name: string }): React.JSX.Element {
  const days = line.recent.filter((value) => value !== null).length;
  const label = `${name} on the last ${days} days with a figure${line.baseline === null ? "" : `, against ${figureText(line.baseline.level, line.unit)} usual`}`;
  return <Sparkline values={line.recent} level={line.baseline?.level ?? null} floor={null} badSide={null} label={label} />;
}
