import { useState } from "react";
import type { ExclusionClaim } from "../../../shared/settlement/claim.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useLive } from "../../live/live-context.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { sendClaim } from "./claim-calls.ts";

/** Taking one's own claim back while it is undecided; it stays in the list as withdrawn. */
export function WithdrawForm({ state, claim }: { readonly state: AgreementState; readonly claim: ExclusionClaim }): React.JSX.Element {
  const { store } = useLive();
  const { id } = state.agreement;
  const [isOpen, setOpen] = useState(false);
  const operation = useOperation();
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    const body = { expectedSeq: claim.seq, note: formText(data, "note").trim() };
    store.claimAnswered(id, await sendClaim(id, `/${claim.id}/withdraw`, { ...body, operationId: operation(body) }));
  });
  if (!isOpen) {
    return (
      <div className="row decide">
        <button className="btn" type="button" onClick={() => setOpen(true)}>
          Withdraw this claim
        </button>
      </div>
    );
  }
  return (
    <form className="form boxed decide" aria-label="Withdraw this claim" onSubmit={onSubmit}>
      <h3>Withdraw claim {claim.id}</h3>
      <p className="small mid">It cannot be opened again; a new claim needs a new notice.</p>
      <Field label="Reason" hint="May stay blank">
        {(control) => <textarea {...control} name="note" maxLength={2000} />}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn grave" type="submit" disabled={isBusy}>
          Withdraw
        </button>
        <button className="btn bare" type="button" onClick={() => setOpen(false)}>
          Keep it
        </button>
      </div>
    </form>
  );
}
