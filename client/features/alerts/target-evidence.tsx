import { Link } from "react-router";
import { verdictKey } from "../../../shared/agreement/verdict.ts";
import type { Alert } from "../../../shared/alerts/alert.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { fateWords } from "../../live/outlook-words.ts";
import { paths } from "../../live/paths.ts";
import { currentVerdict, outlookOf, rowVerdict } from "../../live/windows.ts";
import { DayEvidence, OtherDayEvidence } from "./day-evidence.tsx";
import { evidenceDay } from "./evidence-day.ts";

interface TargetEvidenceProps {
  readonly state: AgreementState;
  readonly alert: Alert;
  readonly targetId: string;
  readonly nowMs: number;
}

/** The intervals of a target on the day of the onset, where its window will end, and the way to rows and clause. */
export function TargetEvidence({ state, alert, targetId, nowMs }: TargetEvidenceProps): React.JSX.Element | null {
  const target = state.agreement.targets.find((each) => each.id === targetId);
  if (target === undefined) return <p className="mid">Its target is no longer part of the agreement.</p>;
  return (
    <div className="proof">
      <FateLine state={state} alert={alert} target={target} />
      <Intervals state={state} alert={alert} target={target} nowMs={nowMs} />
      <p className="small row">
        <Link to={paths.target(state.agreement.id, targetId)}>Formula and counts of {target.name.toLowerCase()}</Link>
        <ClauseLink agreementId={state.agreement.id} target={target} />
      </p>
    </div>
  );
}

interface IntervalsProps {
  readonly state: AgreementState;
  readonly alert: Alert;
  readonly target: TargetView;
  readonly nowMs: number;
}

/** Of today as they come; any other day is read when somebody looks. */
function Intervals({ state, alert, target, nowMs }: IntervalsProps): React.JSX.Element | null {
  const { subject } = alert;
  const { timeZone } = state.agreement;
  const about = "window" in subject ? state.verdicts.get(verdictKey(target.id, { kind: subject.window, start: subject.start })) : undefined;
  const day = evidenceDay(alert, timeZone, about?.window);
  const judged = state.verdicts.get(verdictKey(target.id, { kind: "day", start: day })) ?? null;
  const agreed = judged ?? about ?? rowVerdict(state, target.id);
  const live = state.series.get(target.id);
  if (agreed === null) return null;
  const props = { alert, target, agreed, judged, timeZone, nowMs };
  return live?.day === day ? <DayEvidence {...props} series={live} /> : <OtherDayEvidence {...props} day={day} />;
}

function ClauseLink({ agreementId, target }: { readonly agreementId: string; readonly target: TargetView }): React.JSX.Element {
  const number = /^\d+(?:\.\d+)+/u.exec(target.clause ?? "")?.[0];
  const place = `targets.${target.of?.targetId ?? target.id}.expected`;
  return (
    <Link to={`${paths.agreement(agreementId)}?clause=${encodeURIComponent(place)}`}>
      {number === undefined ? "What was agreed" : `Clause ${number}`}
    </Link>
  );
}

/** Where the window will end, for alerts about that. */
function FateLine({ state, alert: { subject }, target }: { state: AgreementState; alert: Alert; target: TargetView }) {
  if (!("window" in subject)) return null;
  const verdict = currentVerdict(state, subject.targetId, subject.window);
  const outlook = verdict?.window.start === subject.start ? outlookOf(state, verdict) : null;
  const fate = outlook === null ? null : fateWords(outlook);
  return fate === null ? null : (
    <p className="says fate">
      {target.name} {fate}.
    </p>
  );
}
