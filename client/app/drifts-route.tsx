import { useParams } from "react-router";
import { BlindSpotsPanel } from "../features/calibration/blind-spots-panel.tsx";
import { CalibrationsPanel } from "../features/calibration/calibrations-panel.tsx";
import { DriftsPage } from "../features/drift/drifts-page.tsx";
import { useAgreement } from "../live/live-context.ts";

/** All that is watched, and whether scores mean the same to both sides. */
export function DriftsRoute(): React.JSX.Element {
  const { agreementId = "" } = useParams();
  const state = useAgreement(agreementId);
  return (
    <>
      <DriftsPage />
      {state !== null && <BlindSpotsPanel state={state} />}
      {state !== null && <CalibrationsPanel state={state} />}
    </>
  );
}
