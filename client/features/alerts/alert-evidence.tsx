import { Link } from "react-router";
import type { Alert } from "../../../shared/alerts/alert.ts";
import type { FeedHealth } from "../../../shared/protocol/live.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useAgreement } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { bothClocks, lengthWords, spanWords } from "../../ui/zone-time.ts";
import { QuestionEvidence } from "./question-evidence.tsx";
import { TargetEvidence } from "./target-evidence.tsx";

interface EvidenceProps {
  readonly state: AgreementState;
  readonly nowMs: number;
}

/** What the alert rests on: the intervals of its target, the state of its feed, or where to read on. */
export function AlertEvidence({ alert, nowMs }: { readonly alert: Alert; readonly nowMs: number }): React.JSX.Element | null {
  const state = useAgreement(alert.agreementId);
  if (state === null) return null;
  const { subject } = alert;
  switch (subject.kind) {
    case "target":
    case "outlook":
    case "no-return":
    case "spend":
      return <TargetEvidence state={state} alert={alert} targetId={subject.targetId} nowMs={nowMs} />;
    case "feed":
      return <FeedEvidence state={state} feed={subject.feed} nowMs={nowMs} />;
    case "question":
      return <QuestionEvidence state={state} subject={subject} />;
    case "provider":
      return <ProviderEvidence state={state} nowMs={nowMs} />;
    default:
      return <PlainEvidence agreementId={state.agreement.id} subject={subject} />;
  }
}

type PlainSubject = Extract<
  Alert["subject"],
  { kind: "feed-suspect" | "corrections" | "restatement" | "deadline" | "pipeline" | "canary" | "drift" }
>;

/** What it means, and where to read on. */
function plainOf(subject: PlainSubject, id: string): { readonly says: string; readonly to?: string; readonly link?: string } {
  switch (subject.kind) {
    case "pipeline":
      return {
        says: "In that time Accord could not take files in, or could not read them. No feed is called late for it; what was due counts from the end of it. Nothing that was accepted is lost. Nobody needs to act on it: acknowledging says that you have seen it.",
      };
    case "canary":
      return {
        says: "Accord makes up a breach each minute and watches it come through. One did not: real ones may be late, too. Whoever runs Accord must look.",
      };
    case "drift":
      return {
        says: "The figures have moved away from what was usual, more than chance would. No verdict changes by it. It ends when they are back, or both parties agree on another baseline.",
        to: paths.drift(id, subject.targetId),
        link: "Since when, by how much, and why",
      };
    case "feed-suspect":
      return {
        says: "A question, not a verdict: no figure changes by it. It ends when the counts are corrected, or no longer look so.",
        to: paths.feed(id, subject.feed),
        link: "What it rests on, and what may explain it",
      };
    case "restatement":
      return {
        says: "A file replaced values that were known, and windows that had closed are judged otherwise now.",
        to: paths.restatement(id, subject.receipt),
        link: "What it changed, from what, to what",
      };
    case "corrections":
      return {
        says: "If corrections served either side alike, a series like this would come up in at most 1 of 20 feeds, however long one looks.",
        to: paths.restatements(id),
        link: "Every correction, and whom it served",
      };
    case "deadline":
      return {
        says: "The agreement wants this done by a time. What follows if it is not done is in its clauses.",
        to: subject.deadline === "claim" ? paths.claims(id) : paths.money(id),
        link: subject.deadline === "claim" ? "Claims" : "Money and deadlines",
      };
  }
}

function PlainEvidence({ agreementId, subject }: { readonly agreementId: string; readonly subject: PlainSubject }): React.JSX.Element {
  const { says, to, link } = plainOf(subject, agreementId);
  return (
    <div className="proof">
      <p className="says">{says}</p>
      {to !== undefined && (
        <p className="small">
          <Link to={to}>{link}</Link>
        </p>
      )}
    </div>
  );
}

function lastWords({ lastReceiptAtMs }: FeedHealth, timeZone: string, nowMs: number): string {
  if (lastReceiptAtMs === null) return "Nothing has arrived yet.";
  return `Last data ${bothClocks(timeZone, lastReceiptAtMs, nowMs)}, ${spanWords(nowMs - lastReceiptAtMs)} old.`;
}

function ProviderEvidence({ state, nowMs }: EvidenceProps): React.JSX.Element {
  const { id, provider, timeZone } = state.agreement;
  return (
    <div className="proof">
      <p className="says">Nothing comes from {provider}: every feed with a rhythm is silent.</p>
      <ul>
        {[...state.feeds.values()].map((feed) => (
          <li key={feed.feedId} className="mid">
            <Link to={paths.feed(id, feed.feed)}>{feed.name}</Link>. {lastWords(feed, timeZone, nowMs)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function FeedEvidence({ state, feed, nowMs }: EvidenceProps & { readonly feed: string }): React.JSX.Element {
  const { agreement, feeds } = state;
  const health = [...feeds.values()].find((each) => each.feed === feed);
  const waiting = agreement.targets.filter((target) => target.feed === feed).map((target) => target.name);
  const rhythm = health === undefined || health.everyMs === null ? null : lengthWords(health.everyMs);
  return (
    <div className="proof">
      <h3>{health?.name ?? feed}</h3>
      <p className="says">
        {health === undefined ? "Nothing has arrived yet." : lastWords(health, agreement.timeZone, nowMs)}
        {rhythm === null ? "" : ` It is due every ${rhythm} while the service is open.`}
      </p>
      <p className="mid">{waiting.length === 0 ? "No target reads it." : `Waiting for it: ${waiting.join(", ")}.`}</p>
      <p className="small">
        <Link to={paths.feed(agreement.id, feed)}>See the feed</Link>
      </p>
    </div>
  );
}
