import { useCallback } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { AlertReport } from "../../../shared/alerts/report.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import { REPORT_DAYS } from "../../../shared/protocol/alert-routes.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useAgreement, useLiveView } from "../../live/live-context.ts";
import { useRequest } from "../../live/use-request.ts";
import { Empty, Failed, Loading } from "../../ui/panel-state.tsx";
import { AnswerTable } from "./answer-table.tsx";
import { NoiseTable } from "./noise-table.tsx";
import { reportFinding } from "./report-words.ts";
import "../../ui/figures.css";
import "./alert-report.css";

type Days = (typeof REPORT_DAYS)[number];

/** How fast the two companies answered an agreement's alerts, and which rules were noise. */
export function AlertReportPage(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const state = useAgreement(agreementId);
  const failure = useLiveView().failures.get(agreementId);
  if (state === null && failure !== undefined) return <Failed message={failure.message} remedy={failure.remedy} />;
  return state === null ? <Loading what="the report on alerts" /> : <Report state={state} />;
}

function Report({ state }: { readonly state: AgreementState }): React.JSX.Element {
  const { id, name } = state.agreement;
  const [query] = useSearchParams();
  const days = REPORT_DAYS.find((each) => each === query.get("days")) ?? "30";
  const read = useCallback(
    async () => await call({ path: `/api/v1/agreements/${encodeURIComponent(id)}/alert-report?days=${days}`, answer: AlertReport }),
    [id, days],
  );
  const { request, again } = useRequest(read);
  return (
    <>
      <title>{`Alert report · ${name} · Accord`}</title>
      {request.state === "loading" && <Loading what="the report on alerts" />}
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && <Ready state={state} report={request.data} days={days} />}
    </>
  );
}

interface ReadyProps {
  readonly state: AgreementState;
  readonly report: AlertReport;
  readonly days: Days;
}

function Ready({ state, report, days }: ReadyProps): React.JSX.Element {
  return (
    <>
      <div className="head">
        <h1>{reportFinding(report, days)}</h1>
        <Spans days={days} />
      </div>
      <p className="mid lede">
        Of the episodes that people were told of. What is attached to another alert is answered there and not counted; what wrong data had
        raised is counted and has no times.
      </p>
      {report.told === 0 ? (
        <Empty>Nothing was raised in this time. Choose a longer one, or look at the inbox.</Empty>
      ) : (
        <>
          <Counts report={report} />
          <AnswerTable times={report.times} />
          <NoiseTable state={state} rules={report.rules} />
        </>
      )}
    </>
  );
}

function Spans({ days }: { readonly days: Days }): React.JSX.Element {
  return (
    <nav className="row report-spans" aria-label="Time reported on">
      {REPORT_DAYS.map((each) => (
        <Link key={each} className="btn" to={{ search: `days=${each}` }} aria-current={each === days ? "page" : undefined}>
          {each} days
        </Link>
      ))}
    </nav>
  );
}

function Counts({ report }: { readonly report: AlertReport }): React.JSX.Element {
  const facts = [
    { name: "Went to the next level unanswered", value: report.escalated },
    { name: "Over without an answer", value: report.endedUnanswered },
    { name: "Still without an answer", value: report.stillUnanswered },
    { name: "Raised by wrong data", value: report.voided },
  ];
  return (
    <dl className="figures" aria-label="What became of them">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{formatCount(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
