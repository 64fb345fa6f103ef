import { CalibrationView, type SecondWord } from "../../../shared/drift/calibration.ts";
import { AppError } from "../../../shared/protocol/errors.ts";
import { call } from "../../live/api.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { calibrationsPath } from "./use-calibrations.ts";

const HUNDREDTHS = 100;

function pointsIn(form: FormData, name: string): number {
  return Math.round(Number(formText(form, name)) * HUNDREDTHS);
}

/** @throws AppError where neither points nor a reason were typed. */
function wordIn(form: FormData): SecondWord {
  const leftOut = formText(form, "leftOut").trim();
  if (leftOut !== "") return { leftOut };
  if (formText(form, "earned") === "")
    throw new AppError("bad-request", "No score was typed.", "Type the points, or why it cannot be scored.");
  const critical = form.get("critical") !== null;
  return { score: { earned: pointsIn(form, "earned"), possible: pointsIn(form, "possible"), critical } };
}

interface ScoreFormProps {
  readonly agreementId: string;
  readonly calibrationId: string;
  readonly record: string;
  /** When it was, which tells it from the others. */
  readonly when: string;
  readonly onDone: () => void;
}

/** The second score of one evaluation; sent, it stays. */
export function ScoreForm({ agreementId, calibrationId, record, when, onDone }: ScoreFormProps): React.JSX.Element {
  const operation = useOperation();
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    const said = wordIn(data);
    const path = `${calibrationsPath(agreementId)}/${encodeURIComponent(calibrationId)}/records/${record}`;
    await call({ method: "POST", path, body: { said, operationId: operation([record, said]) }, answer: CalibrationView });
    onDone();
  });
  return (
    <form className="score" aria-label={`Score the evaluation of ${when}`} onSubmit={onSubmit}>
      <Field label="Points">
        {(control) => <input {...control} type="number" name="earned" min={0} step={0.01} inputMode="decimal" />}
      </Field>
      <Field label="Out of">
        {(control) => <input {...control} type="number" name="possible" min={0.01} step={0.01} defaultValue={100} inputMode="decimal" />}
      </Field>
      <label className="check">
        <input type="checkbox" name="critical" /> Critical error
      </label>
      <Field label="Or why it is left out">{(control) => <input {...control} name="leftOut" maxLength={300} autoComplete="off" />}</Field>
      <button className="btn" type="submit" disabled={isBusy}>
        Score
      </button>
      {error !== null && <FieldError>{error}</FieldError>}
    </form>
  );
}
