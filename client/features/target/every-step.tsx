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

/** The whole way from intervals to verdict, read when it is asked for. */
export function EveryStep({ agreementId, verdict }: EveryStepProps): React.JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button className="btn" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? "Hide the steps" : "Show every step"}
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
