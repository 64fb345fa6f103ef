import { useMemo } from "react";
import { useParams } from "react-router";
import { coachingKindWords } from "../../shared/drift/coaching-words.ts";
import { CoachingPanel } from "../features/coaching/coaching-panel.tsx";
import { IncubationPanel } from "../features/coaching/incubation-panel.tsx";
import { useCoaching } from "../features/coaching/use-coaching.ts";
import { DriftPage } from "../features/drift/drift-page.tsx";
import type { AgreementState } from "../live/agreement-state.ts";
import { useAgreement } from "../live/live-context.ts";

/** The drift of a target with what was done about it. */
export function DriftRoute(): React.JSX.Element {
  const { agreementId = "", targetId = "" } = useParams();
  const state = useAgreement(agreementId);
  return state === null ? <DriftPage /> : <WithCoaching state={state} targetId={targetId} />;
}

function WithCoaching({ state, targetId }: { readonly state: AgreementState; readonly targetId: string }): React.JSX.Element {
  const { request, again } = useCoaching(state);
  const views = request.state === "ready" ? request.data : null;
  const marks = useMemo(
    () =>
      (views ?? [])
        .filter(({ action }) => action.targetId === targetId)
        .map(({ action }) => ({ day: action.startDay, word: `coaching: ${coachingKindWords(action.kind)}` })),
    [views, targetId],
  );
  const rail = (
    <>
      <IncubationPanel state={state} targetId={targetId} />
      <CoachingPanel state={state} targetId={targetId} request={request} again={again} />
    </>
  );
  return <DriftPage marks={marks} rail={rail} />;
}
