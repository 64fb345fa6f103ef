import { useState } from "react";
import { AppError } from "../../../shared/protocol/errors.ts";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useLive } from "../../live/live-context.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { zoneCity } from "../../ui/zone-time.ts";
import { sendClaim, typedRange } from "./claim-calls.ts";
import { localText } from "../../ui/local-instant.ts";

const DECISIONS = [
  { id: "accepted", label: "Accept", says: "The whole time is left out." },
  { id: "partly", label: "Accept in part", says: "Only the ranges below are left out." },
  { id: "rejected", label: "Reject", says: "The figure stays as it stands." },
] as const;
type Decision = (typeof DECISIONS)[number]["id"];

/** The decision of the side that did not claim. It is final and both sides see who took it. */
export function DecideForm({ state, claim }: { readonly state: AgreementState; readonly claim: ExclusionClaim }): React.JSX.Element {
  const { store } = useLive();
  const { id, timeZone } = state.agreement;
  const [decision, setDecision] = useState<Decision | null>(null);
  const [ranges, setRanges] = useState(1);
  const operation = useOperation();
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    if (decision === null) throw new AppError("bad-request", "No decision is chosen.", "Choose one of the three.");
    const typed = Array.from({ length: decision === "partly" ? ranges : 0 }, (_, at) =>
      typedRange(timeZone, formText(data, `from${at}`), formText(data, `to${at}`)),
    );
    const body = { expectedSeq: claim.seq, decision, accepted: typed, note: formText(data, "note").trim() };
    store.claimAnswered(id, await sendClaim(id, `/${claim.id}/decide`, { ...body, operationId: operation(body) }));
  });
  return (
    <form className="form boxed decide" aria-label="Your decision" onSubmit={onSubmit}>
      <h3>Your decision</h3>
      <fieldset className="claim-choices">
        <legend className="sr">Decision</legend>
        {DECISIONS.map(({ id: value, label, says }) => (
          <label key={value} className="check">
            <input type="radio" name="decision" value={value} checked={decision === value} onChange={() => setDecision(value)} />
            <span>
              <b>{label}.</b> {says}
            </span>
          </label>
        ))}
      </fieldset>
      {decision === "partly" && <PartRanges claim={claim} zone={timeZone} count={ranges} onMore={() => setRanges(ranges + 1)} />}
      <Field label="Reason" hint="Both companies see it, and it stays">
        {(control) => <textarea {...control} name="note" maxLength={2000} required />}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy || decision === null}>
          Decide claim {claim.id}
        </button>
        {decision === null && <span className="small quiet">Choose first what you decide.</span>}
      </div>
    </form>
  );
}

interface PartRangesProps {
  readonly claim: ExclusionClaim;
  readonly zone: string;
  readonly count: number;
  readonly onMore: () => void;
}

function PartRanges({ claim, zone, count, onMore }: PartRangesProps): React.JSX.Element {
  const [from, to] = [localText(zone, claim.window.fromMs), localText(zone, claim.window.toMs)];
  const bounds = { type: "datetime-local", min: from, max: to, required: true };
  return (
    <div className="form">
      {Array.from({ length: count }, (_, at) => (
        <div key={at} className="pair">
          <Field label={`Left out from${count > 1 ? `, range ${at + 1}` : ""}`} hint={`on the clock of ${zoneCity(zone)}`}>
            {(control) => <input {...control} {...bounds} name={`from${at}`} defaultValue={from} />}
          </Field>
          <Field label="to">{(control) => <input {...control} {...bounds} name={`to${at}`} defaultValue={to} />}</Field>
        </div>
      ))}
      <div className="row">
        <button className="btn" type="button" onClick={onMore}>
          Another range
        </button>
      </div>
    </div>
  );
}
