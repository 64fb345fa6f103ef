import { useCallback } from "react";
import { Link } from "react-router";
import type { AlertSubject } from "../../../shared/alerts/subject.ts";
import type { AskedQuestion } from "../../../shared/drift/question.ts";
import { ROUTES } from "../../../shared/protocol/routes.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { paths } from "../../live/paths.ts";
import { startedName } from "../../live/window-words.ts";
import { useRequest } from "../../live/use-request.ts";
import { Failed, Loading } from "../../ui/panel-state.tsx";

type QuestionSubject = Extract<AlertSubject, { kind: "question" }>;

/** What a question rests on, and what may explain it without anybody's fault. */
export function QuestionEvidence({
  state,
  subject,
}: {
  readonly state: AgreementState;
  readonly subject: QuestionSubject;
}): React.JSX.Element {
  const { id: agreementId, targets } = state.agreement;
  const read = useCallback(
    async () => await call({ path: `/api/v1/agreements/${encodeURIComponent(agreementId)}/questions`, answer: ROUTES.questions.response }),
    [agreementId],
  );
  const { request, again } = useRequest(read);
  if (request.state === "loading") return <Loading what="the question" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  const about = targets.find(({ id }) => id === subject.about);
  const found = request.data.questions.find(({ rule, about }) => rule === subject.rule && about === subject.about);
  return (
    <div className="proof">
      <p className="says">
        A question, not a verdict: no figure changes by it. It ends when another month, or corrected figures, give no reason for it.
      </p>
      {found === undefined ? <p className="mid">The figures do not ask it any more.</p> : <Grounds question={found} />}
      {about !== undefined && (
        <p className="small">
          <Link to={paths.drift(agreementId, about.id)}>See how {about.name} has moved</Link>
        </p>
      )}
    </div>
  );
}

function Grounds({ question: { evidence, innocent, month } }: { readonly question: AskedQuestion }): React.JSX.Element {
  return (
    <>
      <h3>What it rests on: {startedName({ kind: "month", start: `${month}-01` })}</h3>
      <ul className="grounds">
        {evidence.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="small quiet">It may be innocent. {innocent.join(" ")}</p>
    </>
  );
}
