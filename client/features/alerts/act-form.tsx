import type { MemberView } from "../../../shared/protocol/alert-routes.ts";
import { useLive } from "../../live/live-context.ts";
import { Field } from "../../ui/field.tsx";
import { CauseField, DueField, OwnerField } from "./act-fields.tsx";
import { DEED_WORDS, type FormDeed } from "./act-words.ts";
import { readAct } from "./read-act.ts";
import type { ListedAlert } from "./listed-alert.ts";
import type { Chosen, Doing } from "./predict.ts";
import { SnoozeField } from "./snooze-field.tsx";

/** Where the keys of the inbox lead to. */
export const NOTE_FIELD_ID = "act-note";

interface ActFormProps {
  /** One alert, or all that are selected. */
  readonly targets: readonly ListedAlert[];
  readonly deed: FormDeed;
  /** What its button does, where that is no longer the deed. */
  readonly does?: FormDeed;
  readonly members: readonly MemberView[];
  readonly nowMs: number;
  readonly note: string;
  readonly onNote: (note: string) => void;
  /** What was chosen before it failed. */
  readonly chosen?: Chosen | undefined;
  /** The focus came into the form, or left it. */
  readonly onFocusIn?: (isIn: boolean) => void;
  readonly onSend: (doing: Doing) => void;
  readonly children?: React.ReactNode;
}

function hintOf(deed: FormDeed): string {
  return deed === "release" ? "Why; seen by both companies" : "Seen by both companies";
}

/** One thing to do to alerts, with a note that both companies see. */
export function ActForm(props: ActFormProps): React.JSX.Element {
  const { targets, deed, does = deed, members, nowMs, note, onNote, chosen, onFocusIn, onSend, children } = props;
  const { store } = useLive();
  const { button, means } = DEED_WORDS[does];
  // What the deed would have asked for stays in its place, because somebody may be typing below it.
  const isOff = does !== deed;
  return (
    <form
      className="form"
      aria-label={button}
      onKeyDown={sendByKey}
      onFocus={() => onFocusIn?.(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && onFocusIn?.(false)}
      onSubmit={(event) => {
        event.preventDefault();
        onSend(readAct(does, new FormData(event.currentTarget), members, store.serverNowMs()));
      }}
    >
      <h3>{button}</h3>
      <p className="small mid">{means}</p>
      <fieldset className="asked" disabled={isOff}>
        {(deed === "acknowledge" || deed === "assign") && (
          <OwnerField targets={targets} members={members} isAsked={deed === "assign"} chosen={chosen?.owner} />
        )}
        {(deed === "acknowledge" || deed === "close") && <CauseField targets={targets} isAsked={deed === "close"} chosen={chosen?.cause} />}
      </fieldset>
      <Field id={NOTE_FIELD_ID} label="Note" hint={hintOf(does)}>
        {(control) => (
          <textarea {...control} name="note" value={note} onChange={(event) => onNote(event.target.value)} maxLength={1000} required />
        )}
      </Field>
      <fieldset className="asked" disabled={isOff}>
        {deed === "acknowledge" && <DueField targets={targets} nowMs={nowMs} chosen={chosen?.due} />}
        {deed === "snooze" && <SnoozeField targets={targets} nowMs={nowMs} chosen={chosen?.until} />}
      </fieldset>
      <div className="row">
        <button className="btn main" type="submit" disabled={note.trim() === ""}>
          {targets.length === 1 ? button : `${button} ${targets.length}`}
        </button>
        {children}
      </div>
    </form>
  );
}

/** Enter makes a new line of a note; with the control or command key it sends. */
function sendByKey(event: React.KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const button = event.currentTarget.querySelector<HTMLButtonElement>("button[type=submit]");
  if (button?.disabled === false) event.currentTarget.requestSubmit(button);
  else event.currentTarget.reportValidity();
}
