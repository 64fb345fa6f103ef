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

/**
 * Taking an alert on, with a note that both companies see. Shown as done at once and taken back if the server says
 * otherwise; after a timeout the same operation is sent again, so that it counts once.
 */
export function AcknowledgeForm({ alert }: { readonly alert: Alert }): React.JSX.Element {
  const { socket, person } = useLive();
  const [sending, setSending] = useState<Sending>({ state: "idle" });
  const [note, setNote] = useState("");
  const operation = useRef({ note: "", id: "" });
  const send = async () => {
    const text = note.trim();
    if (operation.current.note !== text) operation.current = { note: text, id: crypto.randomUUID() };
    setSending({ state: "sending", note: text });
    const reply = await socket.acknowledge({
      agreementId: alert.agreementId,
      alertId: alert.id,
      expectedSeq: alert.seq,
      note: text,
      operationId: operation.current.id,
    });
    if (reply.ok) return setSending({ state: "saved", note: text });
    return setSending({ state: "failed", message: `Not acknowledged: ${reply.error.message} ${reply.error.remedy}` });
  };
  if (sending.state === "sending" || sending.state === "saved") {
    return (
      <section className="form boxed duty" aria-label="Who has it">
        <h3>{person.name} has it</h3>
        <blockquote>{sending.note}</blockquote>
        <p className="small quiet" role="status">
          {sending.state === "sending" ? "Saving…" : "Saved"}
        </p>
      </section>
    );
  }
  return (
    <form
      className="form boxed duty"
      aria-label="Acknowledge"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3>Acknowledge</h3>
      <p className="small mid">You take this on: your name stands on it until it is resolved.</p>
      <Field id={NOTE_FIELD_ID} label="Note" hint="Seen by both companies">
        {(control) => <textarea {...control} value={note} onChange={(event) => setNote(event.target.value)} maxLength={1000} required />}
      </Field>
      {sending.state === "failed" && <FieldError>{sending.message}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit">
          Acknowledge
        </button>
      </div>
    </form>
  );
}
