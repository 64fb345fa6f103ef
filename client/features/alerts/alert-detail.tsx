import { Link } from "react-router";
import type { Alert } from "../../../shared/alerts/alert.ts";
import { useRole } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { alertMark } from "../../live/verdict-words.ts";
import { startedName } from "../../live/window-words.ts";
import { Chip, Status } from "../../ui/status/status.tsx";
import { bothClocks, spanWords, weekdayWords } from "../../ui/zone-time.ts";
import { AcknowledgeForm } from "./acknowledge-form.tsx";
import { AlertEvidence } from "./alert-evidence.tsx";
import type { ListedAlert } from "./alert-lanes.ts";
import { AlertTimeline } from "./alert-timeline.tsx";

export function AlertDetail({ listed, nowMs }: { readonly listed: ListedAlert; readonly nowMs: number }): React.JSX.Element {
  const { alert, agreementName, timeZone } = listed;
  const severity = alert.severity === "critical" ? "Critical" : "Warning";
  return (
    <article className="detail" aria-labelledby="alert-title">
      <header>
        <p className="crumb">
          <Link className="back" to={paths.alerts()}>
            Alerts
          </Link>{" "}
          {agreementName} / {subjectWords(alert)} / episode {alert.episode}
        </p>
        <h2 id="alert-title" className="big">
          {alert.headline}
        </h2>
        <p className="row facts-row">
          <Chip kind={alertMark(alert.subject, alert.severity)}>
            {alert.subject.kind === "feed" ? (alert.severity === "critical" ? "Feed silent" : "Feed late") : severity}
          </Chip>
          <span className="mid">
            raised {bothClocks(timeZone, alert.raisedAtMs, nowMs)}, {spanWords(nowMs - alert.raisedAtMs)} ago
          </span>
          {alert.status === "open" && <span className="due">nobody has it yet</span>}
        </p>
      </header>
      <div className="evidence">
        <div>
          <AlertEvidence alert={alert} nowMs={nowMs} />
          <AlertTimeline alert={alert} timeZone={timeZone} nowMs={nowMs} />
        </div>
        <Duty alert={alert} timeZone={timeZone} nowMs={nowMs} />
      </div>
    </article>
  );
}

function subjectWords(alert: Alert): string {
  const { subject } = alert;
  if (subject.kind === "pipeline") return "Accord itself";
  if (subject.kind === "feed" || subject.kind === "corrections" || subject.kind === "feed-suspect") return `feed ${subject.feed}`;
  if (subject.kind === "restatement") return `receipt ${subject.receipt}`;
  return subject.window === "day" ? weekdayWords(subject.start) : startedName({ kind: subject.window, start: subject.start });
}

function Duty({ alert, timeZone, nowMs }: { readonly alert: Alert; readonly timeZone: string; readonly nowMs: number }): React.JSX.Element {
  const role = useRole(alert.agreementId);
  const { acknowledgement, resolution } = alert;
  if (alert.status === "open" && role !== "provider") return <AcknowledgeForm alert={alert} />;
  return (
    <section className="form boxed duty" aria-label="Who has it">
      {alert.status === "open" && (
        <p className="mid">The client's QA lead or client manager acknowledges alerts. You see it here as soon as somebody has.</p>
      )}
      {acknowledgement !== null && (
        <>
          <h3>{acknowledgement.by} has it</h3>
          <blockquote>{acknowledgement.note}</blockquote>
          <p className="small quiet">since {bothClocks(timeZone, acknowledgement.atMs, nowMs)}</p>
        </>
      )}
      {resolution !== null && (
        <>
          <Status kind="met">Resolved</Status>
          <p>{resolution.reason}</p>
          <p className="small quiet">{bothClocks(timeZone, resolution.atMs, nowMs)}</p>
        </>
      )}
    </section>
  );
}
