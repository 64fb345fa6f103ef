import { useNavigate } from "react-router";
import { CalibrationView } from "../../../shared/drift/calibration.ts";
import { call } from "../../live/api.ts";
import { paths } from "../../live/paths.ts";
import { useOperation } from "../../live/use-operation.ts";
import { useSubmit } from "../../live/use-submit.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { calibrationsPath } from "./use-calibrations.ts";

const USUAL_SIZE = 20;

interface DrawFormProps {
  readonly agreementId: string;
  /** Feeds of evaluations. */
  readonly feeds: readonly { readonly feed: string; readonly name: string }[];
  readonly onClose: () => void;
}

/** Has the server draw evaluations; nobody can choose which. */
export function DrawForm({ agreementId, feeds, onClose }: DrawFormProps): React.JSX.Element {
  const operation = useOperation();
  const navigate = useNavigate();
  const { isBusy, error, onSubmit } = useSubmit(async (data) => {
    const span = { from: formText(data, "from"), to: formText(data, "to") };
    const draw = { feed: formText(data, "feed"), ...span, size: Number(formText(data, "size")) };
    const body = { ...draw, operationId: operation(draw) };
    const { id } = await call({ method: "POST", path: calibrationsPath(agreementId), body, answer: CalibrationView });
    await navigate(paths.calibration(agreementId, id));
  });
  return (
    <form className="form boxed draw" aria-label="Draw a sample" onSubmit={onSubmit}>
      <Field label="Feed">
        {(control) => (
          <select {...control} name="feed">
            {feeds.map(({ feed, name }) => (
              <option key={feed} value={feed}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="pair">
        <Field label="First day">{(control) => <input {...control} type="date" name="from" required />}</Field>
        <Field label="Last day">{(control) => <input {...control} type="date" name="to" required />}</Field>
      </div>
      <Field label="How many" hint="Drawn at random by the server; the draw stands in the record and cannot be taken back">
        {(control) => <input {...control} type="number" name="size" min={1} max={200} defaultValue={USUAL_SIZE} required />}
      </Field>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className="row">
        <button className="btn main" type="submit" disabled={isBusy}>
          Draw a sample
        </button>
        <button className="btn bare" type="button" onClick={onClose}>
          Not now
        </button>
      </div>
    </form>
  );
}
