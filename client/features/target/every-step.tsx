import { useCallback, useState } from "react";
import type { Verdict } from "../../../shared/agreement/verdict.ts";
import { Explanation } from "../../../shared/protocol/compare.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";
import { Failed, Loading } from "../../ui/panel-state.tsx";

interface EveryStepProps {
  readonly agreementId: string;
  readonly verdict: Verdict;
}

/** The steps of a verdict: its own trace, or, when asked for, the whole way from the intervals on. */
export function EveryStep({ agreementId, verdict }: EveryStepProps): React.JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {!isOpen && verdict.trace.length === 0 && <p className="quiet">No step was needed.</p>}
      {!isOpen && verdict.trace.map((line, index) => <p key={`${index} ${line}`}>{line}</p>)}
      <button className="btn step-button" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? "Show fewer steps" : "Show every step"}
      </button>
      {isOpen && <Steps agreementId={agreementId} verdict={verdict} />}
    </>
  );
}

function Steps({ agreementId, verdict }: EveryStepProps): React.JSX.Element {
  const { targetId } = verdict;
  const { kind, start } = verdict.window;
  const read = useCallback(() => {
    const path = `/api/v1/agreements/${encodeURIComponent(agreementId)}/targets/${encodeURIComponent(targetId)}/explanation`;
    return call({ path: `${path}?${new URLSearchParams({ kind, start })}`, answer: Explanation });
  }, [agreementId, targetId, kind, start]);
  const { request, again } = useRequest(read);
  if (request.state === "loading") return <Loading what="the steps" />;
  if (request.state === "failed") return <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />;
  const { lines, verdict: explained } = request.data;
  return (
    <div className="every-step" role="status">
      <ol>
        {lines.map((line, index) => (
          <li key={`${index} ${line}`}>{line}</li>
        ))}
      </ol>
      {explained.hash !== "" && (
        <p className="quiet">
          Result hash <code>{explained.hash}</code>. Equal inputs give the same one, here and at the other side.
        </p>
      )}
    </div>
  );
}
