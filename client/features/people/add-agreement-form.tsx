import { AgreementSummary } from "../../../shared/protocol/routes.ts";
import { call } from "../../live/api.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";

/** Several feed definitions in one text, separated as YAML documents are. */
function feedTexts(text: string): string[] {
  return text
    .split(/^---\s*$/mu)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Puts an agreement and its feeds in force from their files, checked exactly as the command line does. */
export function AddAgreementForm({ onAdded }: { readonly onAdded: () => void }): React.JSX.Element {
  const { isBusy, error, onSubmit } = useSubmit(async (data, form) => {
    const body = { agreement: formText(data, "agreement"), feeds: feedTexts(formText(data, "feeds")) };
    await call({ method: "POST", path: "/api/v1/agreements", body, answer: AgreementSummary });
    form.reset();
    onAdded();
  });
  return (
    <form className="form boxed" aria-label="Add an agreement" onSubmit={onSubmit}>
      <h3>Add an agreement</h3>
      <Field label="Agreement" hint="Paste the agreement file, YAML or JSON">
        {(control) => <textarea {...control} className="code" name="agreement" spellCheck={false} required />}
      </Field>
      <Field label="Feeds" hint="Paste its feed files; a line of --- stands between two">
        {(control) => <textarea {...control} className="code" name="feeds" spellCheck={false} required />}
      </Field>
      {error !== null && (
        <div className="problems">
          <FieldError>{error}</FieldError>
        </div>
      )}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          {isBusy ? "Checking…" : "Put in force"}
        </button>
      </div>
    </form>
  );
}
