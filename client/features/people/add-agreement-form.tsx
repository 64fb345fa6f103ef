import { useState } from "react";
import { AgreementSummary } from "../../../shared/protocol/routes.ts";
import { call } from "../../live/api.ts";
import { asAppError } from "../../live/use-request.ts";
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
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const add = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    setBusy(true);
    try {
      const body = { agreement: formText(data, "agreement"), feeds: feedTexts(formText(data, "feeds")) };
      await call({ method: "POST", path: "/api/v1/agreements", body, answer: AgreementSummary });
      setError(null);
      form.reset();
      onAdded();
    } catch (thrown) {
      const { message, remedy } = asAppError(thrown);
      setError(`${message} ${remedy}`);
    }
    setBusy(false);
  };
  return (
    <form
      className="form boxed"
      aria-label="Add an agreement"
      onSubmit={(event) => {
        event.preventDefault();
        void add(event.currentTarget);
      }}
    >
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
