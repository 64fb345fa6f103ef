import { useMemo } from "react";
import { Link } from "react-router";
import type { Alert } from "../../../shared/alerts/alert.ts";
import type { TargetView } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { dayChart } from "../../live/day-chart.ts";
import { chartWords, dayFinding, dayName } from "../../live/day-finding.ts";
import { fateWords } from "../../live/outlook-words.ts";
import { paths } from "../../live/paths.ts";
import { currentVerdict, outlookOf, rowVerdict } from "../../live/windows.ts";
import { DayFigure } from "../../ui/charts/day-figure.tsx";

interface TargetEvidenceProps {
  readonly state: AgreementState;
  readonly alert: Alert;
  readonly targetId: string;
  readonly nowMs: number;
}

/** When it began, or last came again: that is where one looks in the chart. */
function onsetOf({ history, raisedAtMs }: Alert): { readonly atMs: number; readonly word: string } {
  const again = history.findLast(({ kind }) => kind === "reopened");
  return again === undefined ? { atMs: raisedAtMs, word: "raised" } : { atMs: again.atMs, word: "again" };
}

/** The intervals of a target around the onset, where its window will end, and the way to rows and clause. */
export function TargetEvidence({ state, alert, targetId, nowMs }: TargetEvidenceProps): React.JSX.Element | null {
  const target = state.agreement.targets.find((each) => each.id === targetId);
  const series = state.series.get(targetId);
  const agreed = rowVerdict(state, targetId);
  const chart = useMemo(
    () => (series === undefined || agreed === null || target === undefined ? null : dayChart(series, target, agreed)),
    [series, target, agreed],
  );
  const onset = useMemo(() => onsetOf(alert), [alert]);
  if (target === undefined) return <p className="mid">Its target is no longer part of the agreement.</p>;
  return (
    <div className="proof">
      <FateLine state={state} alert={alert} target={target} />
      {chart !== null && series !== undefined && chart.counted > 0 && (
        <DayFigure
          title={`${target.name}, ${dayName(series, nowMs)}`}
          says={dayFinding(chart, series, target, currentVerdict(state, targetId, "day"))}
          data={chart.data}
          rows={chart.rows}
          words={chartWords(target)}
          zone={state.agreement.timeZone}
          nowMs={nowMs}
          lineName={dayName(series, nowMs)}
          mark={onset}
        />
      )}
      <p className="small row">
        <Link to={paths.target(state.agreement.id, targetId)}>Formula and counts of {target.name.toLowerCase()}</Link>
        <ClauseLink agreementId={state.agreement.id} target={target} />
      </p>
    </div>
  );
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
