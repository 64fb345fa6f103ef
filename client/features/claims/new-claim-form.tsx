import { useState } from "react";
import { useNavigate } from "react-router";
import type { ExclusionRules } from "../../../shared/agreement/money-clauses.ts";
import { AppError } from "../../../shared/protocol/errors.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { claimKindWords } from "../../live/claim-words.ts";
import { useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { localText } from "../../ui/local-instant.ts";
import { zoneCity } from "../../ui/zone-time.ts";
import { sendClaim, typedRange } from "./claim-calls.ts";
import { TargetChoice, claimTargets } from "./target-choice.tsx";
import { termWords } from "./term-words.ts";

interface NewClaimFormProps {
  readonly state: AgreementState;
  readonly rules: ExclusionRules;
}

export function NewClaimForm({ state, rules }: NewClaimFormProps): React.JSX.Element {
  const { store } = useLive();
  const navigate = useNavigate();
  const operation = useOperation();
  const { id, timeZone } = state.agreement;
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    const kind = rules.kinds.find((each) => each === formText(data, "kind"));
    const targets = claimTargets(data);
    if (targets.length === 0) throw new AppError("bad-request", "No target is chosen.", "Choose the targets whose figure it changed.");
    const range = typedRange(timeZone, formText(data, "from"), formText(data, "to"));
    const text = { evidence: formText(data, "evidence").trim(), mitigation: formText(data, "mitigation").trim() };
    const body = { kind, targets, ...range, ...text };
    const claim = await sendClaim(id, "", { ...body, operationId: operation(body) });
    store.claimAnswered(id, claim);
    await navigate(paths.claim(id, claim.id));
  });
  return (
    <form className="form boxed" aria-label="New claim" onSubmit={onSubmit}>
      <Field label="Reason" hint={`The agreement allows ${rules.kinds.length === 1 ? "this one" : `these ${rules.kinds.length}`}`}>
        {(control) => (
          <select {...control} name="kind" required>
            {rules.kinds.map((kind) => (
              <option key={kind} value={kind}>
                {claimKindWords(kind)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TargetChoice targets={state.agreement.targets} />
      <TimeFields zone={timeZone} notice={termWords(rules.noticeWithin)} />
      <Field label="Evidence" hint="What the other side can check: incident number, mail, report">
        {(control) => <textarea {...control} name="evidence" maxLength={4000} required />}
      </Field>
      <Field label="What you did against it" hint="May stay blank; many agreements ask for it">
        {(control) => <textarea {...control} name="mitigation" maxLength={4000} />}
      </Field>
      <p className="small mid">
        The other side has {termWords(rules.decideWithin)} to decide; undecided, the claim{" "}
        {rules.undecided === "lapsed" ? "lapses" : "counts as accepted"}.
      </p>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          Give notice
        </button>
      </div>
    </form>
  );
}

/** Both ends on the agreement's clock, whatever the clock of the reader. */
function TimeFields({ zone, notice }: { readonly zone: string; readonly notice: string }): React.JSX.Element {
  const { store } = useLive();
  const [latest] = useState(() => localText(zone, store.serverNowMs()));
  const clock = `on the clock of ${zoneCity(zone)}`;
  return (
    <div className="pair">
      <Field label="From" hint={clock}>
        {(control) => <input {...control} type="datetime-local" name="from" max={latest} required />}
      </Field>
      <Field label="To" hint={`${clock}; notice is due within ${notice} of it`}>
        {(control) => <input {...control} type="datetime-local" name="to" required />}
      </Field>
    </div>
  );
}
