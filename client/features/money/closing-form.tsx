import { useState } from "react";
import type { PeriodView } from "../../../shared/protocol/period.ts";
import { Closing } from "../../../shared/settlement/closing.ts";
import { call } from "../../live/api.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import type { ClosingTurn } from "./closing-words.ts";

interface ClosingFormProps {
  readonly agreementId: string;
  readonly period: PeriodView;
  readonly name: string;
  readonly turn: ClosingTurn;
  readonly onDone: () => void;
}

type Act = "close" | "refuse";

/** Signing the figures of a period for one's own side, or refusing those that the other side has signed. */
export function ClosingForm({ agreementId, period, name, turn, onDone }: ClosingFormProps): React.JSX.Element {
  const [act, setAct] = useState<Act | null>(null);
  const operation = useOperation();
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    const body = { sha256: period.figures.sha256, note: formText(data, "note").trim() };
    const path = `/api/v1/agreements/${encodeURIComponent(agreementId)}/periods/${period.id}/${act ?? "close"}`;
    await call({ method: "POST", path, body: { ...body, operationId: operation([act, body]) }, answer: Closing });
    setAct(null);
    onDone();
  });
  const sign = turn === "countersign" ? "Countersign" : "Sign";
  if (act === null) {
    return (
      <div className="row">
        <button className="btn" type="button" disabled={period.open.receipts > 0} onClick={() => setAct("close")}>
          {sign} {name}
        </button>
        {turn === "countersign" && (
          <button className="btn bare" type="button" onClick={() => setAct("refuse")}>
            Refuse
          </button>
        )}
      </div>
    );
  }
  return (
    <form className="form boxed" aria-label={`${act === "close" ? sign : "Refuse"} ${name}`} onSubmit={onSubmit}>
      <p className="mid">
        {act === "refuse"
          ? "The other side sees your reason. Either side can sign again."
          : "You bind your company to these figures. Once both sides have signed, they stay; later files become adjustments."}
      </p>
      <Field label={act === "refuse" ? "Reason" : "Note"} hint={act === "refuse" ? "Both companies see it" : "May stay blank"}>
        {(control) => <textarea {...control} name="note" maxLength={2000} required={act === "refuse"} />}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className={`btn ${act === "close" ? "main" : "grave"}`} type="submit" disabled={isBusy}>
          {act === "close" ? `${sign} the figures` : "Refuse the figures"}
        </button>
        <button className="btn bare" type="button" onClick={() => setAct(null)}>
          Not now
        </button>
      </div>
    </form>
  );
}
