import { useDeferredValue } from "react";
import { Link } from "react-router";
import type { DutyRole } from "../../../shared/agreement/alert-clauses.ts";
import type { Alert } from "../../../shared/alerts/alert.ts";
import { saysFailing } from "../../../shared/alerts/feed-words.ts";
import type { MemberView } from "../../../shared/protocol/alert-routes.ts";
import { paths } from "../../live/paths.ts";
import { alertMark } from "../../live/verdict-words.ts";
import { Chip } from "../../ui/status/status.tsx";
import { bothClocks, spanWords } from "../../ui/zone-time.ts";
import type { FormDeed } from "./act-words.ts";
import { AlertEvidence } from "./alert-evidence.tsx";
import { SEVERITY_WORDS } from "./alert-filter.ts";
import { AlertTimeline } from "./alert-timeline.tsx";
import { DutyPanel } from "./duty-panel.tsx";
import { brokenPromise, nextAsk, roleWords } from "./duty-terms.ts";
import type { ListedAlert } from "./listed-alert.ts";
import type { Doing } from "./predict.ts";
import { clockWords } from "./standing-words.ts";
import { subjectWords } from "./subject-words.ts";
import type { Acts } from "./use-acts.ts";
import { useMembers } from "./use-members.ts";
import "./alert-detail.css";

interface AlertDetailProps {
  readonly listed: ListedAlert;
  /** The alert that stands for it, and those it stands for. */
  readonly parent: ListedAlert | undefined;
  readonly attached: readonly ListedAlert[];
  readonly deed: FormDeed | null;
  readonly onDeed: (deed: FormDeed | null) => void;
  readonly acts: Acts;
  readonly onSend: (doing: Doing) => void;
  readonly search: string;
  readonly nowMs: number;
}

/** One alert: the finding, what it rests on, what happened, and who sees to it. */
export function AlertDetail({ listed, parent, attached, search, nowMs, ...duty }: AlertDetailProps): React.JSX.Element {
  const { alert, agreement } = listed;
  const members = useMembers(agreement.id);
  // A chart costs tens of milliseconds: whoever walks on by key does not wait for it.
  const evidenced = useDeferredValue<Alert | null>(alert, null);
  return (
    <article className="detail" aria-labelledby="alert-title">
      <header>
        <p className="crumb">
          <Link className="back" to={{ pathname: paths.alerts(), search }}>
            Alerts
          </Link>{" "}
          {agreement.name} / {subjectWords(listed)} / episode {alert.episode}
        </p>
        <h2 id="alert-title" className="big">
          {alert.headline}
        </h2>
        <DetailFacts listed={listed} members={members} nowMs={nowMs} />
      </header>
      <div className="evidence">
        <div>
          {parent !== undefined && <Related title="Part of" alerts={[parent]} search={search} />}
          {evidenced === null ? <div className="proof room" /> : <AlertEvidence alert={evidenced} nowMs={nowMs} />}
          {attached.length > 0 && <Related title={`${attached.length} attached`} alerts={attached} search={search} />}
          <AlertTimeline listed={listed} nowMs={nowMs} />
        </div>
        <DutyPanel listed={listed} members={members} nowMs={nowMs} {...duty} />
      </div>
    </article>
  );
}

/** A feed by what its own finding says of it: one that comes but cannot be read or fetched is not late. */
export function chipWords({ subject, severity, headline }: Pick<Alert, "subject" | "severity" | "headline">): string {
  if (subject.kind !== "feed") return SEVERITY_WORDS[severity];
  if (severity === "critical") return "Feed silent";
  return saysFailing(headline) ? "Feed failing" : "Feed late";
}

interface FactsProps {
  readonly listed: ListedAlert;
  readonly members: readonly MemberView[];
  readonly nowMs: number;
}

function DetailFacts({ listed, members, nowMs }: FactsProps): React.JSX.Element {
  const { alert, agreement } = listed;
  const broken = brokenPromise(alert);
  return (
    <p className="row facts-row">
      <Chip kind={alertMark(alert.subject, alert.severity)}>{chipWords(alert)}</Chip>
      <span className="mid">
        raised {bothClocks(agreement.timeZone, alert.raisedAtMs, nowMs)}, {spanWords(nowMs - alert.raisedAtMs)} ago
      </span>
      {alert.signal === "recovering" && <span className="mid">recovering</span>}
      {alert.reopened > 0 && <span className="mid">came again {alert.reopened === 1 ? "once" : `${alert.reopened} times`}</span>}
      {alert.flapping && <span className="mid">goes up and down</span>}
      {alert.frozenSinceMs !== null && <span className="mid">figures of {bothClocks(agreement.timeZone, alert.frozenSinceMs, nowMs)}</span>}
      {alert.restated !== null && <span className="due">{alert.restated === "voided" ? "void" : "confirmed"} by corrected data</span>}
      {alert.audience === "provider" && <span className="mid">for {agreement.provider} only</span>}
      {alert.status === "open" && (
        <span className="due">
          {broken === null ? "nobody has it yet" : `nobody has it: ${broken.by}'s update is overdue`}
          {levelWords(listed, members, nowMs)}
        </span>
      )}
    </p>
  );
}

/** "; level 1 of 3, goes to Acme's QA lead (Quinn) at 08:43 yours". */
function levelWords(listed: ListedAlert, members: readonly MemberView[], nowMs: number): string {
  const next = nextAsk(listed);
  if (next === null || listed.alert.parent !== null) return "";
  const level = `; level ${next.step} of ${next.of}`;
  if (next.atMs === null) return level;
  const when = clockWords(listed.agreement.timeZone, next.atMs, nowMs);
  return next.to === null
    ? `${level}, asked again at ${when}`
    : `${level}, goes to ${roleWords(next.to, listed.agreement)}${namesIn(next.to, members)} at ${when}`;
}

const NAMED_MOST = 2;

/** Who has a role, where they are few. */
function namesIn(role: DutyRole, members: readonly MemberView[]): string {
  const names = members.filter((member) => member.role === role).map(({ name }) => name);
  return names.length === 0 || names.length > NAMED_MOST ? "" : ` (${names.join(", ")})`;
}

interface RelatedProps {
  readonly title: string;
  readonly alerts: readonly ListedAlert[];
  readonly search: string;
}

function Related({ title, alerts, search }: RelatedProps): React.JSX.Element {
  return (
    <section className="related" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {alerts.map(({ key, alert }) => (
          <li key={key}>
            <Link to={{ pathname: paths.alert(alert.agreementId, alert.id), search }}>{alert.headline}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
