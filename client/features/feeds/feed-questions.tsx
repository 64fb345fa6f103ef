import type { FeedReport } from "../../../shared/protocol/feed-report.ts";
import { Status } from "../../ui/status/status.tsx";
import { stampIn } from "../../ui/zone-time.ts";

interface FeedQuestionsProps {
  readonly report: FeedReport;
  readonly nowMs: number;
}

/** What asks for an explanation. Questions, not verdicts: each comes with what may explain it without any fault. */
export function FeedQuestions({ report, nowMs }: FeedQuestionsProps): React.JSX.Element | null {
  const { suspicions, vanished, timeZone } = report;
  if (suspicions.length + vanished.length === 0) return null;
  return (
    <section className="block" aria-labelledby="questions">
      <div className="head open">
        <h2 id="questions">
          Questions <small className="quiet">for the provider to answer; nothing is judged by them</small>
        </h2>
      </div>
      <ul className="questions">
        {suspicions.map(({ question, evidence, innocent, queue, fromMs }) => (
          <li key={`${queue}.${fromMs}.${question}`}>
            <Status kind="risk">{question}</Status>
            <p>{evidence}</p>
            <p className="small quiet">It may be innocent. {innocent.join(" ")}</p>
          </li>
        ))}
        {vanished.map(({ queue, lastMs, looksLike }) => (
          <li key={queue}>
            <Status kind="nodata">Where has {queue} gone?</Status>
            <p>
              It delivered until {stampIn(timeZone, lastMs, nowMs)}, not since.
              {looksLike === null ? "" : ` A new queue looks like it: ${looksLike}.`}
            </p>
            <p className="small quiet">
              {looksLike === null
                ? "It may be innocent: the queue was closed, or has had no contacts."
                : "If it was renamed, say so in the feed definition under queue, renamed."}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
