import { useCallback } from "react";
import { z } from "zod";
import { BlindSpot } from "../../../shared/drift/blind-spots.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";
import { Failed } from "../../ui/panel-state.tsx";
import { Status } from "../../ui/status/status.tsx";
import "./calibration.css";

/** What the figures do not show, and what to ask the provider for; read again with the agreement and with what watching says. */
export function BlindSpotsPanel({ state }: { readonly state: AgreementState }): React.JSX.Element | null {
  const { agreement, qualitySeq, driftSeq } = state;
  const { id, version } = agreement;
  const read = useCallback(
    async () => await call({ path: `/api/v1/agreements/${encodeURIComponent(id)}/blind-spots`, answer: z.array(BlindSpot) }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- these make it new, although the call does not name them
    [id, version, qualitySeq, driftSeq],
  );
  const { request, again } = useRequest(read);
  if (request.state === "loading") return null;
  return (
    <section className="block" aria-labelledby="blind-spots">
      <div className="head open">
        <h2 id="blind-spots">
          Blind spots <small className="quiet">what these figures do not show</small>
        </h2>
      </div>
      {request.state === "failed" && <Failed message={request.error.message} remedy={request.error.remedy} onRetry={again} />}
      {request.state === "ready" && <Spots spots={request.data} />}
    </section>
  );
}

function Spots({ spots }: { readonly spots: readonly BlindSpot[] }): React.JSX.Element {
  if (spots.length === 0)
    return <p className="mid">Everything that is agreed has figures, and each the one beside it that shows its price.</p>;
  return (
    <ul className="calibrations">
      {spots.map(({ id, kind, sentence, ask }) => (
        <li key={id}>
          <p>
            <Status kind={kind === "unmeasured" ? "nodata" : "unproven"}>{kind === "unmeasured" ? "Not measured:" : "Half seen:"}</Status>{" "}
            {sentence}
          </p>
          <p className="small quiet">Ask for {ask}</p>
        </li>
      ))}
    </ul>
  );
}
