import { useState } from "react";
import { AgreementSummary } from "../../../shared/protocol/routes.ts";
import { call } from "../../live/api.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { StarterField } from "./starter-field.tsx";

/** Several feed definitions in one text, separated as YAML documents are. */
function feedTexts(text: string): string[] {
  return text
    .split(/^---\s*$/mu)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function paperOf(data: FormData): { signedOnPaper?: { client: string; provider: string; date: string } } {
  if (data.get("paper") === null) return {};
  return {
    signedOnPaper: {
      client: formText(data, "paper-client"),
      provider: formText(data, "paper-provider"),
      date: formText(data, "paper-date"),
    },
  };
}

/** Who signed outside Accord, and when; asked for only where that is so. */
function PaperSignatures(): React.JSX.Element {
  const [isOnPaper, setOnPaper] = useState(true);
  return (
    <>
      <label className="check">
        <input type="checkbox" name="paper" checked={isOnPaper} onChange={(event) => setOnPaper(event.target.checked)} /> Both sides have
        signed this text on paper; otherwise it waits here for both signatures
      </label>
      {isOnPaper && (
        <div className="row">
          <Field label="Signed for the client by">{(control) => <input {...control} name="paper-client" maxLength={80} required />}</Field>
          <Field label="Signed for the provider by">
            {(control) => <input {...control} name="paper-provider" maxLength={80} required />}
          </Field>
          <Field label="Date of the later signature">{(control) => <input {...control} type="date" name="paper-date" required />}</Field>
        </div>
      )}
    </>
  );
}

/** Adds an agreement and its feeds from their files, checked exactly as the command line does. */
export function AddAgreementForm({ onAdded }: { readonly onAdded: () => void }): React.JSX.Element {
  const { isBusy, error, onSubmit } = useSubmit(async (data, form) => {
    const signedOnPaper = paperOf(data);
    const body = { agreement: formText(data, "agreement"), feeds: feedTexts(formText(data, "feeds")), ...signedOnPaper };
    await call({ method: "POST", path: "/api/v1/agreements", body, answer: AgreementSummary });
    form.reset();
    onAdded();
  });
  return (
    <form className="form boxed" aria-label="Add an agreement" onSubmit={onSubmit}>
      <h3>Add an agreement</h3>
      <StarterField />
      <Field label="Agreement" hint="Paste the agreement file, YAML or JSON">
        {(control) => <textarea {...control} className="code" name="agreement" spellCheck={false} required />}
      </Field>
      <Field label="Feeds" hint="Paste its feed files; a line of --- stands between two">
        {(control) => <textarea {...control} className="code" name="feeds" spellCheck={false} required />}
      </Field>
      <PaperSignatures />
      {error !== null && (
        <div className="problems">
          <FieldError>{error}</FieldError>
        </div>
      )}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          {isBusy ? "Checking…" : "Add the agreement"}
        </button>
      </div>
    </form>
  );
}
