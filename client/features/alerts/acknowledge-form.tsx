import { useRef, useState } from "react";
import type { Alert } from "../../../shared/alerts/alert.ts";
import { useLive } from "../../live/live-context.ts";
import { Field, FieldError } from "../../ui/field.tsx";

/** Where the key `a` of the list leads to. */
export const NOTE_FIELD_ID = "acknowledge-note";

type Sending =
  | { readonly state: "idle" }
  | { readonly state: "sending" | "saved"; readonly note: string }
  | { readonly state: "failed"; readonly message: string };

/** Sends the acknowledgement; the same note keeps its operation, so that a second attempt counts once. */
function useAcknowledge(alert: Alert): { readonly sending: Sending; readonly send: (note: string) => Promise<void> } {
  const { socket } = useLive();
  const [sending, setSending] = useState<Sending>({ state: "idle" });
  const operation = useRef({ note: "", id: "" });
  const send = async (note: string) => {
    if (operation.current.note !== note) operation.current = { note, id: crypto.randomUUID() };
    setSending({ state: "sending", note });
    const reply = await socket.acknowledge({
      agreementId: alert.agreementId,
      alertId: alert.id,
      expectedSeq: alert.seq,
      note,
      operationId: operation.current.id,
    });
    if (reply.ok) return setSending({ state: "saved", note });
    return setSending({ state: "failed", message: `Not acknowledged: ${reply.error.message} ${reply.error.remedy}` });
  };
  return { sending, send };
}

/** Taking an alert on, with a note that both companies see. Shown as done at once and taken back if the server says otherwise. */
export function AcknowledgeForm({ alert }: { readonly alert: Alert }): React.JSX.Element {
  const { sending, send } = useAcknowledge(alert);
  const [note, setNote] = useState("");
  if (sending.state === "sending" || sending.state === "saved") return <Taken note={sending.note} isSaved={sending.state === "saved"} />;
  return (
    <form
      className="form boxed duty"
      aria-label="Acknowledge"
      onSubmit={(event) => {
        event.preventDefault();
        void send(note.trim());
      }}
    >
      <h3>Acknowledge</h3>
      <p className="small mid">You take this on: your name stands on it until it is resolved.</p>
      <Field id={NOTE_FIELD_ID} label="Note" hint="Seen by both companies">
        {(control) => <textarea {...control} value={note} onChange={(event) => setNote(event.target.value)} maxLength={1000} required />}
      </Field>
      {sending.state === "failed" && <FieldError>{sending.message}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={note.trim() === ""}>
          Acknowledge
        </button>
      </div>
    </form>
  );
}

function Taken({ note, isSaved }: { readonly note: string; readonly isSaved: boolean }): React.JSX.Element {
  const { person } = useLive();
  return (
    <section className="form boxed duty" aria-label="Who has it">
      <h3>{person.name} has it</h3>
      <blockquote>{note}</blockquote>
      <p className="small quiet" role="status">
        {isSaved ? "Saved" : "Saving…"}
      </p>
    </section>
  );
}
