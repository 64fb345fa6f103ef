import { useMemo } from "react";
import { Link, useParams } from "react-router";
import type { Verdict } from "../../../shared/agreement/verdict.ts";
import type { DriftView } from "../../../shared/drift/drift-view.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { downloadText } from "../../live/download-text.ts";
import { useAgreement, useLiveView } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { rowVerdict } from "../../live/windows.ts";
import { Failed, Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { Chip } from "../../ui/status/status.tsx";
import { dayIn } from "../../ui/zone-time.ts";
import { CloserTable } from "./closer-table.tsx";
import type { DriftMark } from "./control-data.ts";
import { ControlFigure } from "./control-figure.tsx";
import { Conclusion } from "./conclusion.tsx";
import { driftCsv } from "./drift-csv.ts";
import { driftSeverity } from "./drift-alert.ts";
import { DriftDuty } from "./drift-duty.tsx";
import { driftFinding, stateWords } from "./drift-words.ts";
import { FoundPanel } from "./found-panel.tsx";
import { PastDrifts } from "./past-drifts.tsx";
import { RestsOn } from "./rests-on.tsx";
import { sampleNoun } from "./sample-noun.ts";
import { useDriftView } from "./use-drift.ts";
import { Waterfall } from "./waterfall.tsx";
import "./drift.css";

interface DriftPageProps {
  /** What happened that may explain a move, drawn into the chart: coaching actions. */
  readonly marks?: readonly DriftMark[];
  /** More sections for the rail. */
  readonly rail?: React.ReactNode;
}

const NO_MARKS: readonly DriftMark[] = [];

/** One watched target: the finding, the days it rests on, what moved it, and how it was found. */
export function DriftPage({ marks = NO_MARKS, rail }: DriftPageProps): React.JSX.Element {
  const { agreementId = "", targetId = "" } = useParams();
  const state = useAgreement(agreementId);
  const failure = useLiveView().failures.get(agreementId);
  if (state === null && failure !== undefined) return <Failed message={failure.message} remedy={failure.remedy} />;
  if (state === null) return <Loading what="the drift of the target" />;
  const target = state.agreement.targets.find(({ id }) => id === targetId);
  if (target === undefined) return <Missing agreementId={agreementId} />;
  return <Watched key={`${agreementId} ${targetId}`} state={state} target={target} marks={marks} rail={rail} />;
}

function Missing({ agreementId }: { readonly agreementId: string }): React.JSX.Element {
  return (
    <>
      <h1>There is no such target</h1>
      <NotPermitted>
        It may have left the agreement. <Link to={paths.drifts(agreementId)}>See all that is watched</Link>
      </NotPermitted>
    </>
  );
}

interface WatchedProps {
  readonly state: AgreementState;
  readonly target: TargetView;
  readonly marks: readonly DriftMark[];
  readonly rail: React.ReactNode;
}

function Watched({ state, target, marks, rail }: WatchedProps): React.JSX.Element {
  const { request, again } = useDriftView(state, target.id);
  const { id, name } = state.agreement;
  return (
    <>
      <title>{`Drift of ${target.name} · ${name} · Accord`}</title>
      <nav className="crumb" aria-label="Where in drift">
        <Link to={paths.drifts(id)}>Drift</Link> / <Link to={paths.target(id, target.id)}>{target.name}</Link>
      </nav>
      {request.state === "loading" && <Loading what="the drift of the target" />}
      {request.state === "failed" && (
        <>
          <h1>{target.name}</h1>
          <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />
        </>
      )}
      {request.state === "ready" && <SameView state={state} target={target} marks={marks} rail={rail} view={request.data} />}
    </>
  );
}

type ReadyProps = WatchedProps & { readonly view: DriftView };

/** Whatever else has drifted, an answer that says the same draws nothing again. */
function SameView({ view, ...props }: ReadyProps): React.JSX.Element {
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- a view of the same moment is the same view
  const same = useMemo(() => view, [view.targetId, view.version, view.atMs]);
  return <Ready {...props} view={same} />;
}

/** A new version of the agreement may move a figure by itself. */
function withVersion(marks: readonly DriftMark[], { agreement: { version, effectiveFrom } }: AgreementState): readonly DriftMark[] {
  return [...marks, { day: effectiveFrom, word: `v${version} in force` }];
}

function Ready({ state, target, marks, rail, view }: ReadyProps): React.JSX.Element {
  const nowMs = useNowMinute();
  const { version, effectiveFrom, timeZone } = state.agreement;
  const verdict: Verdict | null = rowVerdict(state, target.id);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the chart is drawn again only when one of these changes, not with every entry
  const shown = useMemo(() => withVersion(marks, state), [marks, version, effectiveFrom]);
  const { mark, word } = stateWords(view, driftSeverity(state, target.id));
  const noun = sampleNoun(target);
  const closer = view.cause?.closer ?? null;
  return (
    <>
      <div className="head">
        <h1>{driftFinding(target.name, view, dayIn(timeZone, nowMs))}</h1>
        <div className="row">
          <Chip kind={mark}>{word}</Chip>
          {view.points.length > 0 && <ExportButton view={view} />}
        </div>
      </div>
      <Conclusion view={view} verdict={verdict} />
      <div className="split">
        <div>
          <ControlFigure view={view} target={target} verdict={verdict} marks={shown} />
          {view.cause !== null && <Waterfall cause={view.cause} unit={view.unit} />}
          <PastDrifts view={view} />
          <RestsOn state={state} target={target} view={view} nowMs={nowMs} />
        </div>
        <div className="rail">
          <FoundPanel view={view} noun={noun} />
          {closer !== null && <CloserTable closer={closer} view={view} noun={noun} />}
          <DriftDuty state={state} targetId={target.id} nowMs={nowMs} />
          {rail}
        </div>
      </div>
    </>
  );
}

function ExportButton({ view }: { readonly view: DriftView }): React.JSX.Element {
  const save = () => downloadText(`drift-${view.targetId}.csv`, driftCsv(view), "text/csv");
  return (
    <button className="btn" type="button" onClick={save}>
      Export CSV
    </button>
  );
}
