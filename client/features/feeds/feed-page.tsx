import { useCallback, useEffect } from "react";
import { Link, useParams } from "react-router";
import { FeedReport } from "../../../shared/protocol/feed-report.ts";
import type { FeedHealth } from "../../../shared/protocol/live.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { call } from "../../live/api.ts";
import { useAgreement, useRole } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { useRequest } from "../../live/use-request.ts";
import { Empty, Failed, Loading } from "../../ui/panel-state.tsx";
import { Chip, Status } from "../../ui/status/status.tsx";
import { bothClocks, lengthWords, monthWords, spanWords } from "../../ui/zone-time.ts";
import { Beats, BeatsLegend, beatsWords } from "./beats.tsx";
import { FeedGaps } from "./feed-gaps.tsx";
import { FeedQuestions } from "./feed-questions.tsx";
import { feedFinding, feedWords, shareWords } from "./feed-words.ts";
import { ReceiptList } from "./receipt-list.tsx";
import "./feed-page.css";

/** One feed: whether it keeps its word, what is missing of the month, and what asks for an explanation. */
export function FeedPage(): React.JSX.Element {
  const { agreementId = "", feed = "" } = useParams();
  const role = useRole(agreementId);
  const state = useAgreement(agreementId);
  if (role === null) return <Empty>There is no such agreement, or you are not part of it.</Empty>;
  if (state === null) return <Loading what="the feed" />;
  const known = [...state.feeds.values()].find((each) => each.feed === feed);
  if (known === undefined) return <Empty>{state.agreement.name} has no feed of that name.</Empty>;
  return (
    <Feed
      health={known}
      agreementId={agreementId}
      zone={state.agreement.timeZone}
      isProvider={role !== "client-manager" && role !== "qa-lead"}
    />
  );
}

interface FeedProps {
  readonly health: FeedHealth;
  readonly agreementId: string;
  readonly zone: string;
  readonly isProvider: boolean;
}

function Feed({ health, agreementId, zone, isProvider }: FeedProps): React.JSX.Element {
  const path = `/api/v1/feeds/${encodeURIComponent(health.feedId)}/report`;
  // A file that came changes the report: it is read again.
  const key = `${health.lastReceiptAtMs}.${health.beats}`;
  const read = useCallback(() => call({ path, answer: FeedReport }), [path]);
  const { request, again } = useRequest(read);
  useEffect(again, [again, key]);
  const nowMs = useNowMinute();
  const { mark, word, stands } = feedWords(health, nowMs);
  return (
    <>
      <title>{`${health.name} · Accord`}</title>
      <p className="small">
        <Link to={paths.feeds()}>Feeds</Link>
      </p>
      <div className="head">
        <h1>{feedFinding(health, nowMs)}</h1>
        {isProvider && (
          <Link className="btn" to={paths.pull(agreementId, health.feed)}>
            Fetching
          </Link>
        )}
      </div>
      <p className="row feed-now">
        {stands ? <Chip kind={mark}>{word}</Chip> : <Status kind={mark}>{word}</Status>}
        <span className="mid">
          {whenWords(health, zone, nowMs)}
          {isProvider && toldWords(health, zone, nowMs)}
        </span>
      </p>
      {typeof health.trouble === "string" && <p className="feed-trouble">It cannot be fetched: {health.trouble}</p>}
      <section className="block feed-beats" aria-labelledby="beats">
        <div className="head open">
          <h2 id="beats">
            Last due times <small className="quiet">{beatsWords(health.beats ?? "")}</small>
          </h2>
          <BeatsLegend of={health.beats ?? ""} />
        </div>
        <Beats beats={health.beats ?? ""} />
      </section>
      {request.state === "loading" && <Loading what="the report" />}
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && <Report report={request.data} agreementId={agreementId} nowMs={nowMs} />}
    </>
  );
}

function whenWords({ lastReceiptAtMs, dueAtMs, everyMs, schedule, expectedSinceMs }: FeedHealth, zone: string, nowMs: number): string {
  const rhythm =
    typeof schedule === "string" ? `Due ${schedule}. ` : everyMs === null ? "No rhythm is agreed. " : `Due every ${lengthWords(everyMs)}. `;
  const since = typeof expectedSinceMs === "number" ? `, expected since ${bothClocks(zone, expectedSinceMs, nowMs)}` : "";
  const last = lastReceiptAtMs === null ? `Nothing has ever come${since}.` : `Last data ${bothClocks(zone, lastReceiptAtMs, nowMs)}.`;
  const next = dueAtMs === null ? "" : ` ${dueAtMs > nowMs ? "Next" : "It was"} due ${bothClocks(zone, dueAtMs, nowMs)}.`;
  return `${rhythm}${last}${next}`;
}

/** Until when a provider whose feed is late can spare its client the news. */
function toldWords({ state, graceEndsMs }: FeedHealth, zone: string, nowMs: number): string {
  if (state !== "late" || typeof graceEndsMs !== "number") return "";
  return ` The client is told at ${bothClocks(zone, graceEndsMs, nowMs)} if it is still missing.`;
}

interface ReportProps {
  readonly report: FeedReport;
  readonly agreementId: string;
  readonly nowMs: number;
}

function Report({ report, agreementId, nowMs }: ReportProps): React.JSX.Element {
  const names = new Map([[report.feed.feedId, report.feed.name]]);
  return (
    <>
      <Facts report={report} />
      <FeedQuestions report={report} nowMs={nowMs} />
      <div className="pair">
        <FeedGaps report={report} nowMs={nowMs} />
        <ReceiptList
          receipts={report.receipts}
          currentId={null}
          feedNames={names}
          zones={new Map([[agreementId, report.timeZone]])}
          nowMs={nowMs}
        />
      </div>
    </>
  );
}

function Facts({ report }: { readonly report: FeedReport }): React.JSX.Element {
  const { queues, lag, errors, unit, month } = report;
  const sum = (of: (one: FeedReport["queues"][number]) => number): number => queues.reduce((total, one) => total + of(one), 0);
  const [expected, present] = [sum((one) => one.expected), sum((one) => one.present)];
  const units = unit === "interval" ? "intervals" : "days";
  return (
    <dl className="feed-facts">
      <div>
        <dt>Complete, {monthWords(`${month}-01`)}</dt>
        <dd>{shareWords(present, expected)}</dd>
        <dd className="why">
          {expected === 0 ? "nothing was due yet" : `${formatCount(present)} of ${formatCount(expected)} ${units} of service`}
        </dd>
      </div>
      <div>
        <dt>Usual delay</dt>
        <dd>{lag === null ? "—" : spanWords(lag.p50Ms)}</dd>
        <dd className="why">
          {lag === null
            ? "not known for this feed"
            : `half of the ${units} are here by then, 9 of 10 within ${spanWords(lag.p90Ms)} of their end`}
        </dd>
      </div>
      <div>
        <dt>Rows refused</dt>
        <dd>{shareWords(errors.refused, errors.rows)}</dd>
        <dd className="why">
          {formatCount(errors.refused)} of {formatCount(errors.rows)} in the last {formatCount(errors.receipts)} files
          {errors.refusedFiles === 0 ? "" : `, ${errors.refusedFiles} of the files refused whole`}
        </dd>
      </div>
    </dl>
  );
}
