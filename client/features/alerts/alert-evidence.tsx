import { useMemo } from "react";
import { Link } from "react-router";
import type { Alert } from "../../../shared/alerts/alert.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { dayChart } from "../../live/day-chart.ts";
import { chartWords, dayFinding, dayName } from "../../live/day-finding.ts";
import { useAgreement } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { currentVerdict, rowVerdict } from "../../live/windows.ts";
import { DayFigure } from "../../ui/charts/day-figure.tsx";
import { bothClocks, lengthWords, spanWords } from "../../ui/zone-time.ts";

/** What the alert rests on: the intervals of its target, or the state of its feed. */
export function AlertEvidence({ alert, nowMs }: { readonly alert: Alert; readonly nowMs: number }): React.JSX.Element | null {
  const state = useAgreement(alert.agreementId);
  if (state === null) return null;
  if (alert.subject.kind === "feed") return <FeedEvidence state={state} feed={alert.subject.feed} nowMs={nowMs} />;
  if (alert.subject.kind === "pipeline") return <OutageEvidence />;
  if (alert.subject.kind === "feed-suspect") return <SuspectEvidence state={state} feed={alert.subject.feed} />;
  if (alert.subject.kind !== "target") return <CorrectionEvidence state={state} subject={alert.subject} />;
  return <TargetEvidence state={state} targetId={alert.subject.targetId} nowMs={nowMs} />;
}

function OutageEvidence(): React.JSX.Element {
  return (
    <div className="proof">
      <p className="says">
        In that time Accord could not take files in, or could not read them. No feed is called late for it; what was due counts from the end
        of it. Nothing that was accepted is lost.
      </p>
      <p className="mid">Nobody needs to act on it. Acknowledging says that you have seen it.</p>
    </div>
  );
}

function SuspectEvidence({ state, feed }: { readonly state: AgreementState; readonly feed: string }): React.JSX.Element {
  return (
    <div className="proof">
      <p className="says">
        A question, not a verdict: no figure changes by it. It ends when the counts are corrected, or no longer look so.
      </p>
      <p className="small">
        <Link to={paths.feed(state.agreement.id, feed)}>What it rests on, and what may explain it</Link>
      </p>
    </div>
  );
}

function CorrectionEvidence({
  state,
  subject,
}: {
  readonly state: AgreementState;
  readonly subject: Extract<Alert["subject"], { readonly kind: "restatement" | "corrections" }>;
}): React.JSX.Element {
  const { id } = state.agreement;
  return (
    <div className="proof">
      <p className="says">
        {subject.kind === "restatement"
          ? "A file replaced values that were known, and windows that had closed are judged otherwise now."
          : "If corrections served either side alike, a series like this would come up in at most 1 of 20 feeds, however long one looks."}
      </p>
      <p className="small">
        <Link to={subject.kind === "restatement" ? paths.restatement(id, subject.receipt) : paths.restatements(id)}>
          {subject.kind === "restatement" ? "What it changed, from what, to what" : "Every correction, and whom it served"}
        </Link>
      </p>
    </div>
  );
}

function TargetEvidence({
  state,
  targetId,
  nowMs,
}: {
  readonly state: AgreementState;
  readonly targetId: string;
  readonly nowMs: number;
}): React.JSX.Element | null {
  const target = state.agreement.targets.find((each) => each.id === targetId);
  const series = state.series.get(targetId);
  const agreed = rowVerdict(state, targetId);
  const chart = useMemo(
    () => (series === undefined || agreed === null || target === undefined ? null : dayChart(series, target, agreed)),
    [series, target, agreed],
  );
  if (target === undefined) return <p className="mid">Its target is no longer part of the agreement.</p>;
  return (
    <div className="proof">
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
        />
      )}
      <p className="small">
        <Link to={paths.target(state.agreement.id, targetId)}>Formula, clause and counts of {target.name.toLowerCase()}</Link>
      </p>
    </div>
  );
}

function FeedEvidence({
  state,
  feed,
  nowMs,
}: {
  readonly state: AgreementState;
  readonly feed: string;
  readonly nowMs: number;
}): React.JSX.Element {
  const health = [...state.feeds.values()].find((each) => each.feed === feed);
  const waiting = state.agreement.targets.filter((target) => target.feed === feed).map((target) => target.name);
  const last = health?.lastReceiptAtMs ?? null;
  return (
    <div className="proof">
      <h3>{health?.name ?? feed}</h3>
      <p className="says">
        {last === null
          ? "Nothing has arrived yet."
          : `Last data ${bothClocks(state.agreement.timeZone, last, nowMs)}, ${spanWords(nowMs - last)} old.`}
        {health?.everyMs === null || health === undefined
          ? ""
          : ` It is due every ${lengthWords(health.everyMs)} while the service is open.`}
      </p>
      <p className="mid">{waiting.length === 0 ? "No target reads it." : `Waiting for it: ${waiting.join(", ")}.`}</p>
      <p className="small">
        <Link to={paths.feed(state.agreement.id, feed)}>See the feed</Link>
      </p>
    </div>
  );
}
