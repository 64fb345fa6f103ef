import { useMemo, useState } from "react";
import { Link, useNavigate } from "react-router";
import type { WhatIf } from "../../../shared/protocol/compare.ts";
import type { VersionView } from "../../../shared/protocol/version.ts";
import { paths } from "../../live/paths.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { FieldError } from "../../ui/field.tsx";
import { Loading, NotPermitted } from "../../ui/panel-state.tsx";
import { Boundary } from "../../ui/boundary.tsx";
import { DraftEditor } from "./draft-editor.tsx";
import { DraftOutcome } from "./draft-outcome.tsx";
import { nextMonth, quoted, withTopLevel } from "./edit-text.ts";
import type { ReadDocument } from "./read-document.ts";
import { useDocumentReader } from "./use-read-document.ts";
import { useDraft } from "./use-draft.ts";
import { askWhatIf, proposeVersion } from "./version-calls.ts";
import { openVersion, versionBefore } from "./version-words.ts";
import { type VersionsProps, VersionsOf } from "./versions-of.tsx";
import { WaitingNote } from "./waiting-note.tsx";
import "./agreement.css";

/** Writing the next version: its text, what is wrong with it, what it would have meant, and proposing it. */
export function ProposalPage(): React.JSX.Element {
  return <VersionsOf>{(props) => <Proposal {...props} />}</VersionsOf>;
}

function Proposal(props: VersionsProps): React.JSX.Element {
  const { agreementId, name, versions, mine } = props;
  const read = useDocumentReader();
  const [newest] = versions;
  const open = openVersion(versions);
  const base = newest === undefined ? null : (versionBefore(versions, { ...newest, version: newest.version + 1 }) ?? newest);
  const title = <title>{`Propose a change · ${name} · Accord`}</title>;
  if (mine === null) {
    return (
      <>
        {title}
        <h1>Your role does not propose versions</h1>
        <NotPermitted>
          A client manager or the provider proposes a change. <Link to={paths.agreement(agreementId)}>Read the agreement</Link>
        </NotPermitted>
      </>
    );
  }
  if (open !== null) {
    return (
      <>
        {title}
        <h1>One version at a time</h1>
        <p className="mid lede">Before the next one is written, version {open.version} is signed, declined or withdrawn.</p>
        <WaitingNote version={open} agreementId={agreementId} mine={mine} />
      </>
    );
  }
  return (
    <>
      {title}
      {read === null || base === null || newest === undefined ? (
        <Loading what="the editor" />
      ) : (
        <Boundary instead={<p className="mid">The text could not be shown. Reload the page.</p>}>
          <Writing {...props} read={read} base={base} number={newest.version + 1} />
        </Boundary>
      )}
    </>
  );
}

interface WritingProps extends VersionsProps {
  readonly read: (text: string) => ReadDocument;
  readonly base: VersionView;
  readonly number: number;
}

/** The text of the version in force with what a next version must change: its number, its first day and its reason. */
function startText(read: WritingProps["read"], base: VersionView, number: number, today: string): string {
  const put = (text: string, key: string, value: string) => {
    const { linesOf } = read(text);
    const at = linesOf(key);
    return withTopLevel(text, `${key}: ${value}`, { at: at?.isExact === true ? at : null, after: linesOf("version") });
  };
  const dated = put(base.text, "effectiveFrom", nextMonth(today));
  return put(put(dated, "version", String(number)), "reason", quoted(""));
}

interface Checked {
  readonly text: string;
  readonly whatIf: WhatIf;
}

function Writing({ agreementId, read, base, number, today }: WritingProps): React.JSX.Element {
  const navigate = useNavigate();
  const start = useMemo(() => startText(read, base, number, today), [read, base, number, today]);
  const draft = useDraft(`accord draft ${agreementId} ${number}`, start);
  const document = useMemo(() => read(draft.text), [read, draft.text]);
  const [checked, setChecked] = useState<Checked | null>(null);
  const check = useSubmit(async () => setChecked({ text: draft.text, whatIf: await askWhatIf(agreementId, draft.text) }));
  const propose = useSubmit(async () => {
    const proposed = await proposeVersion(agreementId, draft.text);
    draft.drop();
    await navigate(paths.version(agreementId, proposed.version));
  });
  const isChecked = checked !== null && checked.text === draft.text;
  const hasErrors = checked?.whatIf.findings.some(({ severity }) => severity === "error") ?? false;
  return (
    <>
      <div className="head">
        <h1>Version {number} changes what you write here</h1>
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
      <DraftEditor
        text={draft.text}
        document={document}
        today={today}
        fileName={`${agreementId}-v${number}.yaml`}
        findings={isChecked ? checked.whatIf.findings : []}
        onChange={draft.write}
      />
      <form className="steps" aria-label="Check the draft" onSubmit={check.onSubmit}>
        <button className="btn main" type="submit" disabled={check.isBusy || document.agreement === null || isChecked}>
          {check.isBusy ? "Judging the last 12 months…" : "See what it would have meant"}
        </button>
        {checked !== null && !isChecked && <span className="small mid">The text has changed since it was last judged.</span>}
        {check.error !== null && <FieldError>{check.error}</FieldError>}
      </form>
      <DraftOutcome
        base={base}
        number={number}
        document={document}
        text={draft.text}
        whatIf={checked?.whatIf ?? null}
        isStale={!isChecked}
      />
      <form className="form boxed steps-end" aria-label="Propose the draft" onSubmit={propose.onSubmit}>
        <p>
          {isChecked && !hasErrors
            ? `Proposing shows version ${number} to the other side. It binds nobody until both have signed.`
            : "A draft is proposed once it has been judged as it stands and nothing in it is an error."}
        </p>
        {propose.error !== null && <FieldError>{propose.error}</FieldError>}
        <div className="row">
          <button className="btn main" type="submit" disabled={propose.isBusy || !isChecked || hasErrors}>
            {propose.isBusy ? "Proposing…" : `Propose version ${number}`}
          </button>
        </div>
      </form>
    </>
  );
}
