import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import type { WhatIf } from "../../../shared/protocol/compare.ts";
import type { VersionView } from "../../../shared/protocol/version.ts";
import { paths } from "../../live/paths.ts";
import { type Submit, useSubmit } from "../../live/use-submit.ts";
import { FieldError } from "../../ui/field.tsx";
import { diffAgreements } from "./diff-agreements.ts";
import { diffFinding } from "./diff-view.tsx";
import { DraftEditor } from "./draft-editor.tsx";
import { DraftOutcome } from "./draft-outcome.tsx";
import type { ReadDocument } from "./read-document.ts";
import { startText } from "./start-text.ts";
import { useDraft } from "./use-draft.ts";
import { askWhatIf, proposeVersion } from "./version-calls.ts";
import type { VersionsProps } from "./versions-of.tsx";

interface DraftDeskProps extends Pick<VersionsProps, "agreementId" | "today"> {
  readonly read: (text: string) => ReadDocument;
  /** The version in force, whose text a draft starts from. */
  readonly base: VersionView;
  readonly number: number;
}

/** A draft from its first word to its proposal: written, judged over the last months, proposed. */
export function DraftDesk({ agreementId, read, base, number, today }: DraftDeskProps): React.JSX.Element {
  const start = useMemo(() => startText(read, { base, number, today }), [read, base, number, today]);
  const draft = useDraft(`accord draft ${agreementId} ${number}`, start);
  const { text } = draft;
  const document = useMemo(() => read(text), [read, text]);
  const { checked, check } = useCheck(agreementId, text);
  const findings = checked?.isCurrent === true ? checked.whatIf.findings : [];
  return (
    <>
      <div className="head">
        <h1>{draftFinding(base, document, number)}</h1>
        {draft.isChanged && (
          <button className="btn" type="button" onClick={draft.drop}>
            Start again from version {base.version}
          </button>
        )}
      </div>
      <p className="mid lede">
        It starts as the text of version {base.version}. The other side sees nothing before you propose it, and nothing applies before both
        have signed.
      </p>
      <DraftEditor {...{ text, document, today, findings }} fileName={`${agreementId}-v${number}.yaml`} onChange={draft.write} />
      <CheckForm check={check} checked={checked} isReadable={document.agreement !== null} />
      <DraftOutcome {...{ base, number, document, text }} whatIf={checked?.whatIf ?? null} isStale={checked?.isCurrent === false} />
      <ProposeForm {...{ agreementId, number, text }} isReady={isReady(checked)} onProposed={draft.drop} />
    </>
  );
}

interface Checked {
  readonly whatIf: WhatIf;
  /** Whether the text is still the one that was judged. */
  readonly isCurrent: boolean;
}

function useCheck(agreementId: string, text: string): { checked: Checked | null; check: Submit } {
  const [answer, setAnswer] = useState<{ readonly text: string; readonly whatIf: WhatIf } | null>(null);
  const check = useSubmit(async () => setAnswer({ text, whatIf: await askWhatIf(agreementId, text) }));
  return { check, checked: answer === null ? null : { whatIf: answer.whatIf, isCurrent: answer.text === text } };
}

function isReady(checked: Checked | null): boolean {
  return checked !== null && checked.isCurrent && checked.whatIf.findings.every(({ severity }) => severity !== "error");
}

/** The heading: what the draft changes so far, or where it cannot be read. */
function draftFinding(base: VersionView, { agreement, problems }: ReadDocument, number: number): string {
  const name = `Version ${number}`;
  if (agreement !== null) {
    const finding = diffFinding(diffAgreements(base.agreement, agreement));
    return `${name} so far: ${finding.slice(0, 1).toLowerCase()}${finding.slice(1)}`;
  }
  const line = problems.find((problem) => problem.line !== null)?.line ?? null;
  return line === null ? `${name} cannot be read yet` : `${name} cannot be read yet: look at line ${line}`;
}

interface CheckFormProps {
  readonly check: Submit;
  readonly checked: Checked | null;
  readonly isReadable: boolean;
}

function CheckForm({ check, checked, isReadable }: CheckFormProps): React.JSX.Element {
  const isCurrent = checked?.isCurrent ?? null;
  return (
    <form className="steps" aria-label="Judge the last 12 months under the draft" onSubmit={check.onSubmit}>
      {isCurrent === true ? (
        <span className="mid">
          {isReady(checked) ? "The last 12 months were judged under this text as it stands." : "The text was checked as it stands."}
        </span>
      ) : (
        <button className="btn main" type="submit" disabled={check.isBusy || !isReadable}>
          {check.isBusy ? "Judging the last 12 months…" : "See what it would have meant"}
        </button>
      )}
      {isCurrent === false && <span className="small mid">The text has changed since it was last judged.</span>}
      {check.error !== null && <FieldError>{check.error}</FieldError>}
    </form>
  );
}

interface ProposeFormProps {
  readonly agreementId: string;
  readonly number: number;
  readonly text: string;
  /** Judged as it stands, without an error. */
  readonly isReady: boolean;
  readonly onProposed: () => void;
}

function ProposeForm({ agreementId, number, text, isReady, onProposed }: ProposeFormProps): React.JSX.Element {
  const navigate = useNavigate();
  const { isBusy, error, onSubmit } = useSubmit(async () => {
    const proposed = await proposeVersion(agreementId, text);
    onProposed();
    await navigate(paths.version(agreementId, proposed.version));
  });
  return (
    <form className="form boxed steps-end" aria-label={`Propose version ${number}`} onSubmit={onSubmit}>
      <p>
        {isReady
          ? `Proposing shows version ${number} to the other side. It binds nobody until both have signed.`
          : "A draft is proposed once it has been judged as it stands and nothing in it is an error."}
      </p>
      {error !== null && (
        <div className="problems">
          <FieldError>{error}</FieldError>
        </div>
      )}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy || !isReady}>
          {isBusy ? "Proposing…" : `Propose version ${number}`}
        </button>
      </div>
    </form>
  );
}
