import { useParams } from "react-router";
import type { DriftList } from "../../../shared/drift/drift-line.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useAgreement, useLiveView } from "../../live/live-context.ts";
import { useNowMinute } from "../../live/use-now.ts";
import { Empty, Failed, Loading } from "../../ui/panel-state.tsx";
import { bothClocks } from "../../ui/zone-time.ts";
import { DriftTable } from "./drift-table.tsx";
import { budgetWords, listFinding } from "./drift-words.ts";
import { useDriftList } from "./use-drift.ts";
import "./drift.css";

/** Every watched target of an agreement: which have moved, the worst first, and what is promised of false alarms. */
export function DriftsPage(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const state = useAgreement(agreementId);
  const failure = useLiveView().failures.get(agreementId);
  if (state === null && failure !== undefined) return <Failed message={failure.message} remedy={failure.remedy} />;
  return state === null ? <Loading what="what is watched" /> : <Drifts key={state.agreement.id} state={state} />;
}

function Drifts({ state }: { readonly state: AgreementState }): React.JSX.Element {
  const { request, again } = useDriftList(state);
  return (
    <>
      <title>{`Drift · ${state.agreement.name} · Accord`}</title>
      {request.state === "loading" && <Loading what="what is watched" />}
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && <Ready state={state} list={request.data} />}
    </>
  );
}

function Ready({ state, list }: { readonly state: AgreementState; readonly list: DriftList }): React.JSX.Element {
  const nowMs = useNowMinute();
  const { lines } = list;
  const workedOutMs = Math.max(0, ...lines.map(({ atMs }) => atMs));
  return (
    <>
      <h1>{listFinding(lines)}</h1>
      <p className="mid lede">{budgetWords(list)}</p>
      {lines.length === 0 ? (
        <Empty>Nothing has been worked out yet. Watching begins with the first complete day, and knows what is usual after 25.</Empty>
      ) : (
        <>
          <DriftTable state={state} lines={lines} />
          <p className="small quiet drift-foot">
            Worst first. Usual is the level of the baseline; the change is since the onset, drawn towards nothing as far as chance may have
            made it. No verdict changes by any of this. Worked out {bothClocks(state.agreement.timeZone, workedOutMs, nowMs)}.
          </p>
        </>
      )}
    </>
  );
}
