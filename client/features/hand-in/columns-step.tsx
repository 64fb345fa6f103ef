import { DRAFT_KINDS, KIND_WORDS } from "../../../shared/feeds/propose/field.ts";
import type { Draft, Proposal } from "../../../shared/feeds/propose/proposal.ts";
import { draftOf } from "../../../shared/feeds/propose/propose.ts";
import { questionsOf } from "../../../shared/feeds/propose/questions.ts";
import { countWords } from "../../live/count-words.ts";
import { Field } from "../../ui/field.tsx";
import { Mark } from "../../ui/status/mark.tsx";
import { MappingTable } from "./mapping-table.tsx";
import { QuestionField } from "./question-field.tsx";
import { SHIPPED } from "./shipped-definitions.ts";
import type { Wizard } from "./use-wizard.ts";

interface ColumnsStepProps {
  readonly wizard: Wizard;
  readonly agreementZone: string;
}

/** What the columns are and what only a person knows; or the definition as a text. */
export function ColumnsStep({ wizard, agreementZone }: ColumnsStepProps): React.JSX.Element | null {
  const { proposal, draft, outcome } = wizard;
  if (proposal === null || draft === null) return null;
  const lacks = "lacks" in outcome ? outcome.lacks : [];
  return (
    <section className="block" aria-label="Columns">
      <Kinds wizard={wizard} proposal={proposal} draft={draft} />
      {wizard.text === null ? (
        <>
          <MappingTable proposal={proposal} draft={draft} onChange={(changed) => wizard.change({ draft: changed })} />
          <Questions wizard={wizard} proposal={proposal} draft={draft} agreementZone={agreementZone} />
        </>
      ) : (
        <Field
          label="The definition"
          hint="A shipped definition: change the time zone, the names of queues and the length of the interval to your own."
        >
          {(control) => (
            <textarea
              {...control}
              className="code"
              rows={24}
              spellCheck={false}
              value={wizard.text ?? ""}
              onChange={(event) => wizard.change({ text: event.target.value })}
            />
          )}
        </Field>
      )}
      <Lacks lacks={lacks} />
      <div className="row end-row">
        <span className="small quiet">Nothing is handed in yet.</span>
        <span className="row">
          <button className="btn" type="button" onClick={() => wizard.go("file")}>
            Back
          </button>
          <button className="btn main" type="button" disabled={lacks.length > 0} onClick={wizard.check}>
            {proposal.sample.isWhole ? `Check ${countWords(proposal.sample.rows.length, "row")}` : "Check the whole file"}
          </button>
        </span>
      </div>
    </section>
  );
}

interface PartProps {
  readonly wizard: Wizard;
  readonly proposal: Proposal;
  readonly draft: Draft;
}

function Kinds({ wizard, proposal, draft }: PartProps): React.JSX.Element {
  return (
    <div className="kinds">
      <Field label="Name of the feed">
        {(control) => (
          <input
            {...control}
            value={wizard.name}
            maxLength={80}
            required
            onChange={(event) => wizard.change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="How it is read" hint={hintOf(proposal)}>
        {(control) => (
          <select
            {...control}
            defaultValue={proposal.sample.preset ?? ""}
            onChange={(event) => wizard.startFrom(event.target.value === "" ? null : event.target.value)}
          >
            <option value="">Column by column</option>
            {SHIPPED.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {wizard.text === null && (
        <Field label="A row is" hint={`Proposed because ${proposal.kindWhy}.`}>
          {(control) => (
            <select
              {...control}
              value={draft.kind}
              onChange={(event) => {
                const kind = DRAFT_KINDS.find((each) => each === event.target.value);
                if (kind !== undefined) wizard.change({ draft: { ...draftOf(proposal, kind), answers: draft.answers } });
              }}
            >
              {DRAFT_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {KIND_WORDS[kind]}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </div>
  );
}

function hintOf({ sample: { preset } }: Proposal): string {
  const known = SHIPPED.find(({ id }) => id === preset);
  return known === undefined ? "No system is known by these columns." : `It looks like ${known.title}.`;
}

function Questions({ wizard, proposal, draft, agreementZone }: PartProps & { readonly agreementZone: string }): React.JSX.Element {
  return (
    <div className="questions" role="group" aria-labelledby="questions-title">
      <h2 id="questions-title">What the file cannot say</h2>
      <div className="question-grid">
        {questionsOf(proposal, draft).map((question) => (
          <QuestionField
            key={question.id}
            question={question}
            answer={draft.answers[question.id] ?? question.proposed ?? ""}
            agreementZone={agreementZone}
            onAnswer={(answer) => wizard.change({ draft: { ...draft, answers: { ...draft.answers, [question.id]: answer } } })}
          />
        ))}
      </div>
    </div>
  );
}

/** What is left to say before the file can be tried. */
function Lacks({ lacks }: { readonly lacks: readonly string[] }): React.JSX.Element | null {
  if (lacks.length === 0) return null;
  return (
    <div className="lacks" role="status">
      <p className="row">
        <Mark kind="risk" />
        <b>{lacks.length === 1 ? "One thing is left to say" : `${lacks.length} things are left to say`}</b>
      </p>
      <ul className="small">
        {lacks.slice(0, 12).map((lack) => (
          <li key={lack}>{lack}</li>
        ))}
      </ul>
    </div>
  );
}
